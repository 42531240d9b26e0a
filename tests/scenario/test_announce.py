"""edgediff announce: a build is recorded before it is uploaded."""
import os
import pathlib
import signal

from support import limit, run, start, tree

OPTIONS = ['--distribution-id', 'E1']
ONE = {'index.html': '1', 'a.html': 'a1'}
TWO = {'index.html': '2', 'a.html': 'a1', 'b.html': 'b'}


def announce(build, *options, **how):
    return run(['announce', build, *OPTIONS, *options], **how)


def invalidate(server, build, *options):
    return run(['invalidate', build, *OPTIONS, '--endpoint-url', server.url,
                *options])


def baseline():
    return pathlib.Path('.edgediff/E1.baseline').read_bytes()


def test_upload_that_no_run_saw(server):
    """Two was uploaded and replaced: what caches took of it is covered."""
    tree('one', ONE)
    tree('two', TWO)
    invalidate(server, 'one').expect(0)
    said = announce('two').expect(0)
    assert said.out.startswith('result        announced\n'
                               'distribution  E1\n'
                               'baseline      .edgediff/E1.baseline\n'
                               'serial        1\nmanifest      '), said.out
    assert len(server.log()) == 1  # it asks CloudFront nothing
    invalidate(server, 'one', '--max-wildcards', '0').expect(0)
    assert sorted(server.created()[-1]['items']) == \
        ['/', '/b.html', '/index.html']
    assert 'nothing to do' in invalidate(server, 'one').expect(0).out


def test_it_costs_nothing_if_all_goes_well(server):
    """The items are those without an announcement; the second is no news."""
    tree('one', ONE)
    tree('two', TWO)
    invalidate(server, 'one').expect(0)
    plain = invalidate(server, 'two', '--dry-run').expect(0).json()
    announce('two').expect(0)
    before = baseline()
    said = announce('two', '--output', 'json').expect(0).json()
    assert said['result'] == 'already known' and said['serial'] == 1
    assert said['distribution_id'] == 'E1'
    assert said['baseline'] == '.edgediff/E1.baseline'
    assert said['manifest_hash'] == run(
        ['manifest', 'two', '--output', 'json']).expect(0).json()[
            'manifest_hash']
    assert baseline() == before
    announced = invalidate(server, 'two', '--dry-run').expect(0).json()
    assert announced['InvalidationBatch']['Paths'] == \
        plain['InvalidationBatch']['Paths']
    invalidate(server, 'two').expect(0)
    assert 'nothing to do' in invalidate(server, 'two').expect(0).out
    assert 'already known' in announce('two').expect(0).out


def test_before_the_first_run(server):
    """A baseline of serial 0, which is no lost one: everything is stale."""
    tree('one', ONE)
    assert 'serial        0\n' in announce('one').expect(0).out
    said = run(['status', *OPTIONS, '--output', 'json']).expect(0).json()
    assert said['state'] == 'settled' and said['serial'] == 0
    assert 'already known' in announce('one').expect(0).out
    for choice in ('fail', 'none'):  # they are for a run without a baseline
        invalidate(server, 'one', '--first-run', choice).expect(0)
        assert [one['items'] for one in server.created()] == [['/*']]


def test_what_a_guard_refuses():
    """It is not recorded, unless it is allowed."""
    os.mkdir('empty')
    announce('empty').expect(1, '--allow-empty')
    assert not os.path.exists('.edgediff/E1.baseline')
    announce('empty', '--allow', 'empty').expect(0)
    before = baseline()
    tree('site', {'public/index.html': 'x'})
    announce('site').expect(1, '--root public')
    assert baseline() == before
    announce('site', '--root', 'public').expect(0)


def test_another_distribution(server):
    tree('one', ONE)
    announce('one', '--baseline', 'b').expect(0)
    run(['announce', 'one', '--distribution-id', 'E2', '--baseline',
         'b']).expect(1, 'this is the baseline of distribution E1')
    announce('one', '--baseline', 'b', '--prefix', '/docs/').expect(
        1, 'this is the baseline of --prefix /')
    run(['announce', 'one']).expect(2, '--distribution-id')
    announce('no').expect(1, 'no')
    announce('one', '--baseline', 'one/b').expect(2, 'inside the build')
    announce('one', '--wait').expect(2, '--wait')
    assert not server.log()


def test_pending_batch(server):
    """It stays pending; the next run settles it and covers both builds."""
    tree('one', ONE)
    options = ['--distribution-id', 'ERESET3', '--baseline', 'b']
    run(['invalidate', 'one', *options, '--endpoint-url',
         server.url]).expect(3)
    before = run(['status', '--baseline', 'b', '--output', 'json']).expect(0)
    tree('three', {'index.html': '3', 'a.html': 'a3'})
    said = run(['announce', 'three', *options]).expect(0)
    assert 'result        announced\n' in said.out
    after = run(['status', '--baseline', 'b', '--output', 'json']).expect(0)
    assert after.json() == before.json()
    assert after.json()['state'] == 'pending'
    assert 'already known' in run(['announce', 'one', *options]).expect(0).out


def test_sections():
    """All are announced, even if one fails."""
    tree('one', ONE)
    pathlib.Path('edgediff.conf').write_text(
        '[a]\ndistribution-id = EA\n[b]\ndistribution-id = EB\n'
        'baseline = one\n[c]\ndistribution-id = EC\nwait = true\n',
        encoding='utf-8')
    names = ['--distribution', 'a', '--distribution', 'b', '--distribution',
             'c']
    said = run(['announce', 'one', *names, '--output', 'json']).expect(1)
    assert [(one['section'], one['result']) for one in said.json()] == \
        [('a', 'announced'), ('c', 'announced')]
    text = run(['announce', 'one', *names[:2], *names[4:]]).expect(0).out
    assert text.startswith('section       a\nresult        already known\n')
    assert '\n\nsection       c\n' in text
    run(['announce', '-', *names]).expect(2, 'can be read only once')


def test_baseline_in_s3(server, store):
    """Only then are credentials needed."""
    tree('one', ONE)
    where = ['--baseline', 's3://records/site']
    env = {'AWS_ENDPOINT_URL_S3': store.url}
    announce('one', *where, env=env).expect(0)
    assert 'already known' in announce('one', *where, env=env).expect(0).out
    assert len([put for put in store.puts() if put['key'] == 'site']) == 1
    none = {**env, 'AWS_ACCESS_KEY_ID': '', 'AWS_SECRET_ACCESS_KEY': '',
            'AWS_EC2_METADATA_DISABLED': 'true'}
    announce('one', *where, env=none).expect(1, 'credentials')
    announce('one', env=none).expect(0)
    assert not server.log()


def test_lock(server):
    """It waits for a run on the same file, at most --lock-timeout."""
    tree('one', ONE)
    first = start(['invalidate', 'one', '--distribution-id', 'ESTALL',
                   '--endpoint-url', server.url, '--baseline', 'b'])
    try:
        while not server.posts():
            assert first.poll() is None
        run(['announce', 'one', '--distribution-id', 'ESTALL', '--baseline',
             'b', '--lock-timeout', '0']).expect(1, 'another process holds it')
    finally:
        first.send_signal(signal.SIGKILL)
        first.communicate(timeout=limit(20))
    run(['announce', 'one', '--distribution-id', 'ESTALL', '--baseline',
         'b']).expect(0)
