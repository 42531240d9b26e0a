"""--check-upload: nothing is sent before the bucket holds the new bytes."""
import base64
import importlib.machinery
import importlib.util
import json
import subprocess
import time

import pytest

from support import ROOT, deploy, limit, run, start, tree

ONE = {'index.html': 'one', 'x.html': 'one', 'gone.html': 'one',
       'deep/a b+c~.css': 'one'}
TWO = {'index.html': 'two', 'x.html': 'two', 'deep/a b+c~.css': 'two',
       'new.html': 'new'}
CHANGED = {'index.html', 'x.html', 'deep/a b+c~.css', 'new.html'}


@pytest.fixture(autouse=True)
def builds(folder):
    tree(folder / 'one', ONE)
    tree(folder / 'two', TWO)


def check(server, store, build, *more, upload='s3://site', wait='0',
          distribution='E1'):
    return deploy(server, build, '--check-upload', upload, '--check-wait',
                  wait, *more, env={'AWS_ENDPOINT_URL_S3': store.url},
                  distribution=distribution, baseline=f'{distribution}.b')


def begin(server, distribution='E1'):
    """A baseline of the first build."""
    deploy(server, 'one', distribution=distribution,
           baseline=f'{distribution}.b').expect(0)


def heads(store, bucket='site'):
    return [entry['key'] for entry in store.log()
            if entry['method'] == 'HEAD' and entry['bucket'] == bucket]


def test_new_bytes_are_sent(server, store):
    begin(server)
    store.upload('two', 'site')
    said = check(server, store, 'two').expect(
        0, 'the upload: s3://site: 4 keys: 4 new; 1 removed key: 1 gone.')
    assert 'warning' not in said.err
    assert len(server.created()) == 2
    assert set(heads(store)) == CHANGED | {'gone.html'}
    assert all(e['signature'] == 'ok' for e in store.log())
    assert all(e['headers']['x-amz-checksum-mode'] == 'ENABLED'
               for e in store.log() if e['method'] == 'HEAD')
    before = len(store.log())
    check(server, store, 'two').expect(0)
    assert len(store.log()) == before, 'nothing changed: nothing is asked'


def test_old_and_missing_keys_stop_it(server, store):
    """Status 1, nothing sent, the keys named; the next run covers all."""
    begin(server)
    store.upload('one', 'site')
    store.put('site', 'x.html', b'two')
    said = check(server, store, 'two').expect(
        1, 's3://site does not hold this build', '2 old (deep/a b+c~.css, '
        'index.html)', '1 missing (new.html)', '4 keys: 1 new',
        'nothing was sent')
    assert 'gone.html' not in said.err
    assert len(server.created()) == 1
    state = run(['status', '--baseline', 'E1.b', '--output', 'json']
                ).expect(0).json()
    assert state['serial'] == 1 and state['state'] != 'pending'
    store.upload('two', 'site')
    check(server, store, 'two').expect(
        0, '1 removed key: 0 gone, 1 still there', 'warning: s3://site still '
        'has 1 key that this build removed (gone.html)')
    assert len(server.created()) == 2


def test_keys_are_named_up_to_ten(server, store):
    tree('many', {f'{i:02}.html': 'many' for i in range(15)})
    begin(server)
    said = check(server, store, 'many').expect(
        1, '15 missing (00.html, ', '09.html and 5 more)')
    assert '10.html' not in said.err


ALGORITHMS = ('crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256', 'xxhash128')


@pytest.mark.parametrize('algorithm', ALGORITHMS)
def test_every_checksum_proves(server, store, algorithm):
    """Of a folder and of an archive, equal and different."""
    begin(server)
    sums = {'one': {}, 'two': {}}
    for word in sums:
        sums[word] = {f'x_amz_checksum_{algorithm}': checksum(algorithm, word)}
    for key in CHANGED - {'new.html'}:
        store.put('site', key, b'two', **sums['two'])
    store.put('site', 'new.html', b'two', **sums['two'])
    check(server, store, 'two').expect(1, '3 new, 1 old (new.html)')
    store.put('site', 'new.html', b'new', **{
        f'x_amz_checksum_{algorithm}': checksum(algorithm, 'new')})
    store.put('site', 'x.html', b'eno', **{
        f'x_amz_checksum_{algorithm}': checksum(algorithm, 'eno')})
    check(server, store, 'two').expect(1, '3 new, 1 old (x.html)')
    store.put('site', 'x.html', b'two', **sums['two'])
    check(server, store, 'two').expect(0, '4 keys: 4 new;')


def checksum(algorithm, text):
    """Of the loopback server itself, whose values t_checksum.c knows."""
    loader = importlib.machinery.SourceFileLoader(
        'loopback_s3', str(ROOT / 'tests/s3'))
    module = importlib.util.module_from_spec(
        importlib.util.spec_from_loader('loopback_s3', loader))
    loader.exec_module(module)
    return base64.b64encode(
        module.ALGORITHMS[algorithm](text.encode())).decode()


def test_xxhash128_is_the_fingerprint(store):
    """"Hello world", whose value AWS gives as an example."""
    store.put('site', 'k', b'Hello world',
              x_amz_checksum_xxhash128='c1H4mBL5c4K5HQWzHgTdfw==')


def test_a_manifest_has_no_bytes(server, store, folder):
    """It is enough for XXHASH128 and for sizes, not for other checksums."""
    begin(server)
    store.upload('two', 'site')
    (folder / 'm').write_bytes(run(['manifest', 'two']).stdout)
    check(server, store, 'm').expect(
        0, '4 unknown', 'BUILD has no bytes', 'warning: whether s3://site '
        'holds the new bytes of 4 keys is unknown')
    begin(server, distribution='E2')
    store.put('site', 'x.html', b'longer')
    check(server, store, 'm', distribution='E2').expect(1, '1 old (x.html)')


def test_an_archive_is_read_again(server, store):
    begin(server)
    subprocess.run(['tar', 'cf', 'two.tar', '-C', 'two', '.'], check=True)
    store.upload('two', 'site')
    check(server, store, 'two.tar').expect(0, '4 keys: 4 new')
    begin(server, distribution='E2')
    store.put('site', 'x.html', b'owt')
    check(server, store, 'two.tar', distribution='E2').expect(
        1, '1 old (x.html)')


def test_what_is_unknown(server, store):
    """No failure: a warning with the reason."""
    begin(server)
    tree('three', dict(ONE, **{'x.html': 'two'}))
    two = checksum('sha256', 'two')
    rows = (
        ('site', b'two', {'x_loopback_parts': '2',
                          'x_amz_checksum_sha256': two},
         'only the parts have checksums'),
        ('site', b'zip', {'Content_Encoding': 'gzip'}, 'a Content-Encoding'),
        ('site', b'zipped', {'Content_Encoding': 'br'}, 'a Content-Encoding'),
        ('plain', b'two', {'x_amz_server_side_encryption': 'aws:kms'},
         'it is encrypted'),
        ('plainetag', b'two', {}, 'its size is the same'),
        ('noread', b'two', {}, 'S3 refuses to say (403)'),
        ('nolist', None, {}, 'S3 refuses to say (403)'),
    )
    for number, (bucket, body, headers, words) in enumerate(rows):
        name = f'E-{number}'
        begin(server, distribution=name)
        if body is not None:
            store.put(bucket, 'x.html', body, **headers)
        check(server, store, 'three', upload=f's3://{bucket}',
              distribution=name).expect(
            0, '1 key: 0 new, 1 unknown (x.html)', words,
            'warning: whether s3://')
        assert len(server.created(name)) == 2


def test_what_proves_all_the_same(server, store):
    begin(server)
    tree('three', dict(ONE, **{'x.html': 'two'}))
    rows = (
        ('plain', b'two', {}, 'new'),  # by the ETag
        ('plain', b'owt', {}, 'old'),
        ('nolist', b'two', {}, 'new'),
        ('site', b'two', {'Content_Encoding': 'gzip'}, 'new'),
        ('site', b'two', {'x_amz_server_side_encryption': 'aws:kms'}, 'new'),
        ('site', b'two', {'x_loopback_parts': '3'}, 'new'),  # CRC64NVME
        ('site', b'owt', {'x_loopback_parts': '3'}, 'old'),
        ('plainetag', b'twice', {}, 'old'),  # by its size
    )
    for number, (bucket, body, headers, verdict) in enumerate(rows):
        name = f'E-{number}'
        begin(server, distribution=name)
        store.put(bucket, 'x.html', body, **headers)
        result = check(server, store, 'three', upload=f's3://{bucket}',
                       distribution=name)
        result.expect(0 if verdict == 'new' else 1)
        words = '1 key: 1 new' if verdict == 'new' else '1 old (x.html)'
        assert words in result.err, (bucket, body, headers)


def test_prefix_of_keys(server, store):
    begin(server)
    store.upload('two', 'site', 'a/b+c/')
    for upload in ('s3://site/a/b+c', 's3://site/a/b+c/'):
        name = f'E{len(upload)}'
        begin(server, distribution=name)
        check(server, store, 'two', upload=upload,
              distribution=name).expect(0, '4 keys: 4 new')
    check(server, store, 'two').expect(1, '4 missing')


def test_wrong_values(server, store):
    for upload, words in (('site', 'expected s3://BUCKET or'),
                          ('s3://s', 'expected s3://BUCKET or'),
                          ('s3://site//a', 'expected s3://BUCKET or')):
        check(server, store, 'two', upload=upload).expect(2, words)
    check(server, store, 'two', wait='x').expect(2, '--check-wait')
    assert not server.log() and not store.log()


def test_a_dry_run_does_not_look(server, store):
    begin(server)
    check(server, store, 'two', '--dry-run').expect(
        0, 'a dry run does not check the upload')
    assert not store.log()


def test_many_keys_are_listed_first(server, store):
    """Several pages, other keys between; equal MD5s need no HeadObject."""
    begin(server)
    many = {f'{i % 7}/{i:04}é.html': f'{i}' for i in range(310)}
    tree('many', many)
    store.upload('many', 'site', 'p/')
    tree('others', {f'other-{i:04}': 'other' for i in range(1100)})
    store.upload('others', 'site', 'p/3/')
    store.put('site', 'p/1/0001é.html', b'old')
    assert store.ask('DELETE', 'site', 'p/2/0002é.html') == 204
    before = len(store.log())
    check(server, store, 'many', upload='s3://site/p').expect(
        1, '310 keys: 308 new, 1 old (1/0001é.html), 1 missing')
    asked = store.log()[before:]
    lists = [e for e in asked if e['method'] == 'GET' and not e['key']]
    assert len(lists) <= 5, len(lists)
    assert [e['key'] for e in asked if e['method'] == 'HEAD'] == [
        'p/1/0001é.html']
    # without s3:ListBucket, each is asked for
    begin(server, distribution='E2')
    store.upload('many', 'nolist')
    check(server, store, 'many', upload='s3://nolist',
          distribution='E2').expect(0, '310 keys: 310 new')


def until(condition):
    end = time.monotonic() + limit(40)
    while not condition():
        assert time.monotonic() < end, 'waited too long'
        time.sleep(0.05)


def test_upload_that_ends_in_time(server, store):
    """It is still running: edgediff asks again, for what is not new only."""
    begin(server)
    store.upload('one', 'site')
    store.put('site', 'x.html', b'two')
    running = start(['invalidate', 'two', '--distribution-id', 'E1',
                     '--baseline', 'E1.b', '--endpoint-url', server.url,
                     '--check-upload', 's3://site', '--check-wait', '600'],
                    env={'AWS_ENDPOINT_URL_S3': store.url})
    until(lambda: len(heads(store)) >= 5)
    store.upload('two', 'site')
    _, said = running.communicate(timeout=limit(60))
    assert running.returncode == 0, said
    assert b'4 keys: 4 new' in said and b'; waited ' in said
    assert heads(store).count('x.html') == 1
    assert heads(store).count('new.html') >= 2
    assert len(server.created()) == 2


def test_upload_that_ends_too_late(server, store):
    begin(server)
    store.upload('one', 'site')
    check(server, store, 'two', wait='2').expect(
        1, 'after 2 s (--check-wait)', '3 old', '1 missing (new.html)')
    assert heads(store).count('new.html') >= 2
    assert len(server.created()) == 1


def test_faults_that_heal(server, store):
    for number, bucket in enumerate(('slowhead', 'cuthead', 'region')):
        name = f'E-{number}'
        begin(server, distribution=name)
        store.upload('two', bucket)
        check(server, store, 'two', upload=f's3://{bucket}', wait='40',
              distribution=name).expect(0, '4 keys: 4 new')
    assert {e['status'] for e in store.log() if e['bucket'] == 'slowhead'
            and e['method'] == 'HEAD'} == {200, 404, 503}
    # a wrong clock, of which the answer to a HEAD could not tell
    check(server, store, 'one', upload='s3://skew',
          distribution='E-0').expect(1, '4 missing')


def test_faults_that_stay(server, store):
    for number, (bucket, words) in enumerate((
            ('nosuch', 'NoSuchBucket'), ('down', '503 ServiceUnavailable'),
            ('slowheadalways', 'cannot be asked'),
            ('cutheadalways', 'cannot be asked'),
            ('moved', 'PermanentRedirect'))):
        name = f'E-{number}'
        begin(server, distribution=name)
        store.upload('two', bucket) if 'head' in bucket else None
        check(server, store, 'two', upload=f's3://{bucket}', wait='1',
              distribution=name).expect(1, words, 'nothing was sent')
        assert len(server.created(name)) == 1


def test_without_a_server(server):
    begin(server)
    deploy(server, 'two', '--check-upload', 's3://site', '--check-wait', '0',
           baseline='E1.b',
           env={'AWS_ENDPOINT_URL_S3': 'http://127.0.0.1:1'}).expect(
        1, 'nothing was sent')
    assert len(server.created()) == 1


def test_connections_are_used_again(server, store):
    """At most 16, each for several requests: the port tells them apart."""
    begin(server)
    tree('some', {f'{i:03}.html': f'{i}' for i in range(60)})
    store.upload('some', 'site')
    before = len(store.log())
    check(server, store, 'some').expect(0, '60 keys: 60 new')
    asked = [e for e in store.log()[before:] if e['method'] == 'HEAD']
    assert len({e['port'] for e in asked}) <= 16


def test_auto_is_the_origins_bucket(server, store):
    """With its region, and --prefix as the prefix of the keys."""
    name = 'E1-S3REST'
    begin(server, distribution=name)
    store.upload('two', 'rest-site')
    check(server, store, 'two', upload='auto', distribution=name).expect(
        0, 'the upload: s3://rest-site: 4 keys: 4 new')
    asked = [e for e in store.log() if e['method'] == 'HEAD']
    assert all('/eu-west-1/s3/' in e['headers']['authorization']
               for e in asked)
    deploy(server, 'two', '--check-upload', 'auto', '--check-wait', '0',
           '--prefix', '/docs/', env={'AWS_ENDPOINT_URL_S3': store.url},
           distribution=name, baseline='docs.b').expect(
        1, 's3://rest-site/docs/ does not hold this build', '4 missing')


def test_auto_without_a_bucket(server, store):
    """A warning: what cannot be found out holds up nobody."""
    tree('api', dict(ONE, **{'api/x.json': '{}'}))
    for number, (name, more, words) in enumerate((
            ('E1', [], 'how the distribution fetches was not read'),
            ('E1-S3REST', ['--inspect', 'off'],
             'how the distribution fetches was not read'),
            ('E1-TWOORIGINS', [],
             "the build's URLs lead to several origins"))):
        deploy(server, 'api', '--check-upload', 'auto', *more,
               env={'AWS_ENDPOINT_URL_S3': store.url}, distribution=name,
               baseline=f'{number}.b').expect(
            0, 'warning: the upload is not checked: ' + words)
    assert not store.log()


def test_reports_tell_of_it(server, store):
    """Even of a check that has failed."""
    begin(server)
    store.upload('two', 'site')
    check(server, store, 'two', '--report', 'r.json', '--report', 'r.md',
          '--report', 'r.html', '--output', 'json').expect(0)
    report = json.loads(open('r.json', encoding='utf-8').read())
    assert report['checks'][-1:] == [{
        'title': 'Upload', 'verdict': 'passed',
        'text': 's3://site: 4 keys: 4 new; 1 removed key: 1 gone.'}]
    assert '**Upload**: passed' in open('r.md', encoding='utf-8').read()
    check(server, store, 'one', '--report', 'r.json').expect(1)
    report = json.loads(open('r.json', encoding='utf-8').read())
    assert report['checks'][-1]['verdict'] == 'failed'
    assert '3 old' in report['checks'][-1]['text']


def test_result_in_json(server, store):
    begin(server)
    store.upload('two', 'site')
    made = check(server, store, 'two', '--output', 'json').expect(0).json()
    assert made['upload'] == {
        'bucket': 's3://site', 'keys': 4, 'new': 4, 'unknown': 0,
        'removed': 1, 'gone': 1, 'there': 0}
    text = check(server, store, 'one', upload='off').expect(0).out
    assert 'upload' not in text


def test_several_distributions(server, store, folder):
    """Each has its own bucket; one that waits in vain is status 1 for all."""
    (folder / 'edgediff.conf').write_text(
        '[a]\ndistribution-id = E1-A\nbaseline = a.b\n'
        'check-upload = s3://site\ncheck-wait = 0\n'
        '[b]\ndistribution-id = E1-B\nbaseline = b.b\n'
        'check-upload = s3://other\ncheck-wait = 0\n')
    store.upload('one', 'site')
    result = run(['invalidate', 'one', '--distribution', 'a', '--distribution',
                  'b', '--endpoint-url', server.url, '--output', 'json'],
                 env={'AWS_ENDPOINT_URL_S3': store.url}).expect(1)
    first, second = result.json()
    assert first['status'] == 0 and first['upload']['new'] == 4
    assert second['status'] == 1 and '4 missing' in second['error']
    assert [e['distribution'] for e in server.created()] == ['E1-A']
