"""samples/upload, with the AWS CLI, on the loopback S3 and CloudFront.

The bucket `site` is served, `state` holds what is known about it.
"""
import contextlib
import fnmatch
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess

import pytest

from support import (ROOT, S3Server, Server, edgediff, environment, read_tree,
                     tree)

SCRIPT = ROOT / 'samples/upload'
AWS = '/usr/bin/aws'
RECORDS = 'x/records/site/'
ONE = {'index.html': 'one', 'a/b.html': 'one', 'app.1.js': 'one',
       'old.html': 'one', "it's a -x.css": 'one'}
TWO = {'index.html': 'two', 'a/b.html': 'one', 'app.2.js': 'two',
       '-new * {}.html': 'two', "it's a -x.css": 'two'}


class World:
    def __init__(self, edge, s3):
        self.edge, self.s3 = edge, s3

    def deploy(self, build, *more, status=0, bucket='site', **env):
        """Runs the script; break_at is a word in what aws is not to do."""
        env = {'BREAK': env.pop('break_at', '-'), 'STATE': 's3://state/x/',
               'AWS_ENDPOINT_URL_CLOUDFRONT': self.edge.url, **env}
        done = subprocess.run(
            [str(SCRIPT), build, bucket, 'E', '--collateral-cost', '1000',
             *more], check=False, text=True,
            env=environment(
                os.getcwd(), EDGEDIFF=edgediff(), S3=self.s3.url,
                AWS=os.path.abspath('aws'), AWS_ENDPOINT_URL_S3=self.s3.url,
                AWS_DEFAULT_REGION='us-east-1', **env),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)
        assert done.returncode == status, f'{done.returncode}\n{done.stdout}'
        return done.stdout

    def of_site(self):
        return [e for e in self.s3.log() if e['bucket'] == 'site']

    def asked(self):
        """What the uploader did: it reads nothing, edgediff only looks."""
        return [(e['method'], e['key']) for e in self.of_site()
                if e['method'] not in ('HEAD', 'GET')]

    def looked_at(self):
        return [e['key'] for e in self.of_site() if e['method'] == 'HEAD']

    def holds(self, bucket='site'):
        """The keys in a bucket, each with its content's hash."""
        objects = {}
        for entry in self.s3.log():
            if entry['bucket'] != bucket:
                continue
            if entry['method'] == 'DELETE':
                objects.pop(entry['key'], None)
            elif entry['written']:
                objects[entry['key']] = entry['sha256']
            for key in entry.get('deleted', ()):
                objects.pop(key, None)
        return objects

    def items(self):
        return [entry['items'] for entry in self.edge.created()]


def hashes(files):
    return {name: hashlib.sha256(text.encode()).hexdigest()
            for name, text in files.items()}


@contextlib.contextmanager
def world():
    for program in (AWS, 'bash', 'xargs'):
        if not shutil.which(program):
            pytest.skip(f'{program} is not installed')
    tree('one', ONE)
    tree('two', TWO)
    with Server() as edge, S3Server() as s3:
        # Debian's CLI has no variable for an endpoint
        tree('.', {'aws': f'''#!/bin/sh
case "$* " in *" $BREAK "* | *"/$BREAK "*) exit 1 ;; esac
[ -z "$LOSE" ] || [ "$1 $2" != "s3 cp" ] || set -- "$@" --exclude "$LOSE"
exec {AWS} --endpoint-url "$S3" "$@"
'''})
        os.chmod('aws', 0o755)
        yield World(edge, s3)


@pytest.mark.timeout(180)
def test_only_what_changed_in_order():
    with world() as it:
        it.deploy('one')
        assert it.holds() == hashes(ONE) and it.items() == [['/*']]
        first = it.asked()
        it.deploy('two')
        assert it.holds() == hashes(TWO)
        second = it.asked()[len(first):]
        pages = {('PUT', 'index.html'), ('PUT', '-new * {}.html')}
        assert set(second[:2]) == {('PUT', 'app.2.js'),
                                   ('PUT', "it's a -x.css")}, second
        assert set(second[2:4]) == pages, second
        assert second[4:] == [('POST', '')], second
        assert [e['deleted'] for e in it.of_site() if 'deleted' in e] == [
            ['app.1.js', 'old.html']]
        assert len(it.items()) == 2 and '/*' not in it.items()[1]
        looked = it.looked_at()[len(ONE):]
        assert set(looked) == {'app.1.js', 'app.2.js', 'index.html',
                               'old.html', '-new * {}.html',
                               "it's a -x.css"} and len(looked) == 6
        assert it.of_site()[-1]['method'] == 'HEAD', 'before the upload'
        assert it.deploy('two').count('nothing to do') == 1
        assert it.asked() == first + second and len(it.items()) == 2
        assert len(it.looked_at()) == len(ONE) + 6
        assert set(it.holds('state')) == {
            'x/E.baseline', 'x/E.baseline.probe', RECORDS + 'uploaded'}


@pytest.mark.timeout(180)
def test_names_of_no_characters():
    """Whatever the locale and the shell are set to: all files, or an error."""
    names = [os.fsdecode(b'caf\xe9.css'), os.fsdecode(b'caf\xe9.html')]
    tree('u', {'a.css': 'a', 'b.html': 'b'})
    tree('elsewhere/u', {'a.css': 'wrong', 'b.html': 'wrong'})
    with world() as it:
        env = {'LC_ALL': 'C.UTF-8', 'CDPATH': os.path.abspath('elsewhere')}
        it.deploy('u', **env)
        assert it.holds() == hashes({'a.css': 'a', 'b.html': 'b'})
        tree('u', {'a.css': 'a', 'b.html': 'b', **dict.fromkeys(names, 'x')})
        # the AWS CLI cannot upload them, and says so: nothing is recorded
        for name in names:
            tree('u', {'a.css': 'a', 'b.html': 'b', name: 'x'})
            said = it.deploy('u', status=1, **env)
            assert 'upload failed' in said, said
        assert len(it.items()) == 1


def actions(requests, service):
    """The IAM actions that requests need."""
    names = {('s3', 'GET'): 'GetObject', ('s3', 'PUT'): 'PutObject',
             ('s3', 'HEAD'): 'GetObject',
             ('s3', 'DELETE'): 'DeleteObject',
             ('s3', 'POST'): 'DeleteObject',
             ('cloudfront', 'POST'): 'CreateInvalidation',
             ('cloudfront', 'GET'): 'GetInvalidation'}
    lists = {'s3': lambda entry: entry['method'] == 'GET' and
             not entry['key'] and 'ListBucket',
             'cloudfront': lambda entry: entry['method'] == 'GET' and
             entry['path'].endswith('/invalidation') and 'ListInvalidations'}
    return {f'{service}:' + (lists[service](entry) or
                             names[service, entry['method']])
            for entry in requests}


@pytest.mark.timeout(180)
def test_the_policy_is_the_smallest():
    """samples/ci/iam-policy.json allows what is asked for, and no more."""
    policy = json.loads((ROOT / 'samples/ci/iam-policy.json')
                        .read_text('utf-8'))
    allowed = {}
    for one in policy['Statement']:
        if one['Sid'].endswith('Optional') and one['Sid'] not in (
                'CheckUploadOptional', 'FindMissingOptional'):
            continue  # to read configurations
        assert one['Effect'] == 'Allow' and isinstance(one['Resource'], str)
        where = one['Resource'].split(':', 5)[5].split('/')[0]
        listed = one['Action']
        allowed.setdefault(where, set()).update(
            [listed] if isinstance(listed, str) else listed)
    with world() as it:
        it.deploy('one', status=1, break_at='pages')
        it.deploy('two', '--wait')
        it.deploy('one')
        log = it.s3.log()
        assert actions(it.of_site(), 's3') == allowed['BUCKET']
        assert actions([e for e in log if e['bucket'] == 'state'], 's3') == \
            allowed['STATE_BUCKET']
        assert actions(it.edge.log(), 'cloudfront') == allowed['distribution']


def recipe():
    """Of the page: the first time's lines, each time's, those of a folder."""
    text = (ROOT / 'docs/uploading.md').read_text('utf-8')
    text = text.split('## Lists of what changed\n')[1].split('\n## ')[0]
    blocks = [re.sub(r'^    \$ ', '', block, flags=re.M) for block in
              re.findall(r'(?:^    \$ .*\n)+', text, re.M)]
    assert len(blocks) == 3 and blocks[1].count('rclone') == 3, blocks
    return blocks


@pytest.mark.timeout(180)
def test_rclone_as_the_page_has_it(store):
    first, each, folder = recipe()
    for program in ('rclone', 'tr'):
        if not shutil.which(program):
            pytest.skip(f'{program} is not installed')
    tree('site', ONE)
    def call(commands, status=0):
        before = len(store.log())
        done = subprocess.run(
            ['sh', '-ec', 'edgediff() { "$PROGRAM" "$@"; }\n' + commands],
            env=environment(
                os.getcwd(), PROGRAM=edgediff(),
                RCLONE_CONFIG='rclone.conf'), check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True)
        assert done.returncode == status, done.stdout
        return [(e['method'], e['key']) for e in store.log()[before:]
                if e['method'] in ('PUT', 'DELETE')]

    def bucket_holds(files):
        assert World(None, store).holds('BUCKET') == hashes(files)

    pathlib.Path('rclone.conf').write_text(
        '[remote]\ntype = s3\nprovider = Other\nenv_auth = true\n'
        f'no_check_bucket = true\nendpoint = {store.url}\n')
    # an error ends it, and nothing is recorded
    assert not call(each, status=1)
    assert not pathlib.Path('last.manifest').exists()
    call(first)
    assert len(call(each)) == len(ONE)
    bucket_holds(ONE)
    known = pathlib.Path('last.manifest').read_bytes()

    # a name that no line can be ends it before anything is uploaded
    shutil.rmtree('site')
    tree('site', {**TWO, 'old.html': 'one', 'b\nold.html': 'odd'})
    assert not call(each, status=1)
    assert pathlib.Path('last.manifest').read_bytes() == known
    shutil.rmtree('site')
    tree('site', TWO)
    changes = call(each)
    bucket_holds(TWO)
    assert {*changes[:2]} == {('PUT', 'app.2.js'), ('PUT', "it's a -x.css")}
    assert {*changes[2:4]} == {('PUT', 'index.html'),
                               ('PUT', '-new * {}.html')}, changes
    assert {*changes[4:]} == {('DELETE', 'app.1.js'),
                              ('DELETE', 'old.html')}, changes

    # a folder holds what changed, and nothing of the last time
    tree('new', {'app.0.js': 'zero'})
    call(folder)
    assert read_tree('new') == {
        name: text.encode() for name, text in TWO.items()
        if ONE.get(name) != text}
    # nothing to delete is not everything to delete
    assert not call(each)
    bucket_holds(TWO)


@pytest.mark.timeout(180)
def test_an_upload_that_failed_half_way():
    """The next run knows what the bucket and the edge may hold."""
    with world() as it:
        it.deploy('one', status=1, break_at='pages')
        assert set(it.holds()) == {'app.1.js', "it's a -x.css"}
        assert not it.items()
        it.deploy('one')
        assert it.holds() == hashes(ONE)
        for at in ('pages', 'delete-objects'):
            before = len(it.items())
            it.deploy('two', status=1, break_at=at)
            assert len(it.items()) == before
            it.deploy('one')
            assert it.holds() == hashes(ONE), at
            dropped = sum(it.items()[before:], [])
            for url in ('/app.2.js', '/index.html', '/', '/old.html'):
                assert any(url == item or item.endswith('*') and
                           url.startswith(item[:-1]) for item in dropped), url
        assert RECORDS + 'uploaded' in it.holds('state')
        assert len(it.holds('state')) == 3, it.holds('state')


@pytest.mark.timeout(180)
def test_a_file_that_is_lost_on_the_way():
    """The uploader says that all is well; the bucket says otherwise."""
    late = ['--check-wait', '1']
    with world() as it:
        it.deploy('one')
        said = it.deploy('two', *late, status=1, LOSE='index.html')
        assert 's3://site does not hold this build' in said, said
        assert '1 old (index.html)' in said and len(it.items()) == 1
        # it is uploaded again, with all that has changed since
        said = it.deploy('two', *late)
        assert it.holds() == hashes(TWO) and len(it.items()) == 2
        assert '4 keys: 4 new; 2 removed keys: 2 gone' in said, said
        # who knows better is believed
        before = len(it.looked_at())
        it.deploy('one', '--check-upload', 'off', LOSE='index.html')
        assert len(it.looked_at()) == before and len(it.items()) == 3


@pytest.mark.timeout(180)
def test_deletes_in_batches():
    """Of a thousand; whatever the names, none is missed."""
    odd = ['b\nold.html', 'tab\t.html', 'two  spaces ', 'q"u\\o\'te.css',
           '<&>%41+.html', '日本.html', '-x', '{}']
    tree('large', {**{f'd/{i}': '' for i in range(1200)},
                   **dict.fromkeys(odd, ''), os.fsdecode(b'\xff'): ''})
    wanted = {path for path in read_tree('large')} - {os.fsdecode(b'\xff')}
    with world() as it:
        for bucket, inside in (('site', ''), ('site/a%b', 'a%b/')):
            # as if it had been uploaded
            record = pathlib.Path('.edgediff', bucket.replace(
                '%', '%25').replace('/', '%2F'), 'uploaded')
            record.parent.mkdir(parents=True)
            with open(record, 'wb') as file:
                subprocess.run([edgediff(), 'manifest', 'large'], stdout=file,
                               check=True)
            before = len(it.s3.log())
            it.deploy('one', bucket=bucket, STATE='')
            log = it.s3.log()[before:]
            batches = [e['deleted'] for e in log if e['method'] == 'POST']
            assert sorted(map(len, batches)) == [206, 1000]
            single = [e['key'] for e in log if e['method'] == 'DELETE']
            assert len(single) == 2
            assert sorted(sum(batches, single)) == sorted(
                inside + key for key in wanted)


@pytest.mark.timeout(180)
def test_a_key_that_is_not_deleted():
    """S3 answers 200, and says of a key that it is still there."""
    with world() as it:
        it.deploy('one', bucket='keeps', STATE='')
        said = it.deploy('two', bucket='keeps', STATE='', status=1)
        assert 'not deleted:\napp.1.js\tAccessDenied' in said, said
        assert len(it.items()) == 1
        assert it.holds('keeps').keys() > hashes(TWO).keys()


def headers(entries, name):
    return {e['key']: {key.lower(): value for key, value in
                       e['headers'].items()}.get(name)
            for e in entries if e['method'] == 'PUT'}


@pytest.mark.timeout(180)
def test_headers_by_rules():
    tree('one', {'assets/x/a b.css': 'x', 'feed': '<rss/>'})
    with world() as it:
        it.deploy('one', '--cache-control',
                  'assets/*=public, max-age=31536000, immutable',
                  '--cache-control=*.html=no-cache', '--cache-control',
                  'assets/x/*=never', '--content-type',
                  'feed=application/rss+xml; charset=utf-8')
        assert it.holds() == hashes({**ONE, 'assets/x/a b.css': 'x',
                                     'feed': '<rss/>'})
        caching = headers(it.of_site(), 'cache-control')
        assert caching == {
            **dict.fromkeys(it.holds()), 'index.html': 'no-cache',
            'a/b.html': 'no-cache', 'old.html': 'no-cache',
            'assets/x/a b.css': 'public, max-age=31536000, immutable'}
        types = headers(it.of_site(), 'content-type')
        assert types['feed'] == 'application/rss+xml; charset=utf-8'
        assert types['index.html'] == 'text/html'
        order = [key.endswith('.html') for _, key in it.asked()]
        assert order == sorted(order)  # pages last
        for rule in ('no-cache', '=x', '*='):
            said = it.deploy('one', '--cache-control', rule, status=2)
            assert f"'{rule}': expected GLOB=VALUE" in said, said
        it.deploy('one', '--content-type', status=2)


NEWER = f'''#!/bin/sh
case $1 in --version) echo "aws-cli/$VERSION Python/3"; exit ;; esac
case " $* " in *" XXHASH128 "*)
	[ "$VERSION" != 2.9.19 ] || exit 252
	case " $* " in *" --dryrun "*) exit ;; esac
	echo x >>checksums
	for word; do
		shift
		case $word in --checksum-algorithm | XXHASH128) ;;
		*) set -- "$@" "$word" ;; esac
	done ;;
esac
exec {AWS} --endpoint-url "$S3" "$@"
'''


@pytest.mark.timeout(180)
def test_the_checksum_is_asked_for():
    """Of a CLI that knows it; version 1 says so, but may fail with it."""
    counts = []
    with world() as it:
        pathlib.Path('aws').write_text(NEWER)
        for build, version, more in (
                ('one', '2.9.19', {}), ('two', '1.45.11', {}),
                ('one', '2.34.1', {'CHECKSUM': ''}), ('two', '2.34.1', {}),
                ('one', '1.45.11', {'CHECKSUM': 'XXHASH128'})):
            pathlib.Path('checksums').write_text('')
            it.deploy(build, STATE='', VERSION=version, **more)
            counts.append(len(pathlib.Path('checksums').read_text()) // 2)
        assert it.holds() == hashes(ONE)
        assert counts == [0, 0, 0, 2, 2]  # files and pages
        assert len(it.looked_at()) > len(ONE)


@pytest.mark.timeout(180)
def test_records_of_two_places_are_two():
    """The name of a folder may be what / is written as."""
    with world() as it:
        for bucket in ('site/a/b', 'site/a%2Fb', 'site/a%b', 'site/a%25b'):
            it.deploy('one', bucket=bucket)
            assert len({key for key in it.holds() if key.startswith(
                bucket.removeprefix('site/') + '/')}) == len(ONE)
        records = {key for key in it.holds('state') if 'records' in key}
        assert records == {f'x/records/site%2F{place}/uploaded' for place in (
            'a%2Fb', 'a%252Fb', 'a%25b', 'a%2525b')}


@pytest.mark.timeout(180)
def test_two_buckets_with_one_state():
    """What one of them holds says nothing of the other."""
    tree('both', {'index.html': 'x', 'js/lib.js': 'lib'})
    wanted = hashes({'index.html': 'x', 'js/lib.js': 'lib'})
    with world() as it:
        it.deploy('both')
        it.deploy('both', '--prefix', '/docs/', bucket='other')
        assert it.holds() == wanted and it.holds('other') == wanted
        it.deploy('both', '--prefix=/docs/api/', bucket='site/api')
        assert it.holds() == {**wanted, **{f'api/{key}': value
                                           for key, value in wanted.items()}}
        assert it.items() == [['/*'], ['/docs/*'], ['/docs/api/*']]
        assert {key for key in it.holds('state') if 'probe' not in key} == {
            'x/E.baseline', 'x/E.docs.baseline', 'x/E.docs%2Fapi.baseline',
            RECORDS + 'uploaded', 'x/records/other/uploaded',
            'x/records/site%2Fapi/uploaded'}
        # a file that one of them lost by hand is not missed in the other
        tree('both', {'index.html': 'y'})
        it.deploy('both', '--prefix', '/docs/', bucket='other')
        assert it.holds()['index.html'] == wanted['index.html']


@pytest.mark.timeout(180)
def test_announced_before_the_first_file():
    """If the upload stops at once, the baseline knows of it all the same."""
    with world() as it:
        it.deploy('one', '--allow', 'lfs', '--lock-timeout=5', status=1,
                  break_at='files')
        assert not it.of_site() and not it.edge.log()
        assert 'x/E.baseline' in it.holds('state')
        assert any('uploading.' in key for key in it.holds('state'))
        before = len(it.s3.log())
        it.deploy('one', '--prefix', '/docs/', '--baseline',
                  's3://state/x/E.baseline', status=1)
        assert not [e for e in it.s3.log()[before:] if e['bucket'] == 'site']


@pytest.mark.timeout(180)
def test_without_state_and_under_a_prefix():
    with world() as it:
        for build, files in (('one', ONE), ('two', TWO)):
            it.deploy(build, '--prefix', '/pre/', bucket='site/pre', STATE='')
            assert it.holds() == {
                f'pre/{key}': value for key, value in hashes(files).items()}
        assert not it.holds('state')
        assert os.listdir('.edgediff/site%2Fpre') == ['uploaded']
        # what could not be invalidated is when it can be
        before = len(it.items())
        it.deploy('one', bucket='site/pre', STATE='', status=1,
                  AWS_SECRET_ACCESS_KEY='another')
        it.deploy('one', '--prefix', '/pre/', bucket='site/pre', STATE='',
                  status=1, AWS_ENDPOINT_URL_CLOUDFRONT='http://127.0.0.1:9')
        assert len(it.items()) == before
        it.deploy('one', '--prefix', '/pre/', bucket='site/pre', STATE='')
        assert len(it.items()) == before + 1
        assert os.listdir('.edgediff/site%2Fpre') == ['uploaded']


def test_what_is_refused():
    with world() as it:
        os.mkdir('empty')
        for build, status, why in (('empty', 1, 'the build is empty'),
                                   ('aws', 2, 'is not a folder'),
                                   ('missing', 2, 'is not a folder')):
            assert why in it.deploy(build, status=status)
        for option in ('--dry-run', '--reviewed', '--reviewed=batch.json',
                       '--distribution-id', '--distribution', '--config=x',
                       '--stamp', '--depfile', '--help', '-h'):
            said = it.deploy('one', option, '--verbose', status=2)
            assert f'{option.split("=")[0]} cannot be used here' in said, said
        for more, why in ((['--bogus'], 'unknown option --bogus'),
                          (['another'], "too many: 'another'"),
                          (['--', '-x'], "too many: '-x'"),
                          (['--prefix'], '--prefix needs a value'),
                          (['--exclude'], '--exclude needs a value'),
                          (['--no-cache=1'], '--no-cache=1: expected true or false'),
                          (['--shard', '1/2'], 'no option --shard'),
                          (['--root', '../one'], '--root'),
                          (['--index-urls', 'all'], '--index-urls all')):
            for state in ('s3://state/x/', ''):
                said = it.deploy('one', *more, status=2, STATE=state)
                assert said.count(why) == 1, said
        it.deploy('one', '--first-run', 'fail', status=1, STATE='')
        assert not it.s3.log() and not pathlib.Path('.edgediff').exists()
        assert not it.edge.log()


@pytest.mark.timeout(180)
def test_what_is_read_is_uploaded():
    """And invalidated: the options about reading are for both."""
    drafts = {'drafts/a.html': 'a', 'a/drafts/b.html': 'b'}
    tree('one', drafts)
    tree('out/www', TWO)
    tree('out', {'index.html': 'of no site', 'www/drafts/a.html': 'a'})
    with world() as it:
        it.deploy('one', '--exclude', 'drafts/', '--exclude=*.css')
        held = {key: text for key, text in ONE.items() if '.css' not in key}
        assert it.holds() == hashes(held)
        it.deploy('one', '--exclude', 'drafts/')
        assert it.holds() == hashes(ONE)
        assert it.items() == [['/*'], ['/it*']], it.items()
        it.deploy('out', '--root', 'www', '--exclude', 'drafts/', '--jobs',
                  '2', '--cache', 'cache')
        assert it.holds() == hashes(TWO)
        assert os.path.getsize('cache') > 0
        assert not any('draft' in item for item in sum(it.items(), []))
        it.deploy('out', '--root=www/', '--no-cache')
        assert it.holds() == hashes({**TWO, 'drafts/a.html': 'a'})
        # what an upload that failed may have left goes with the next one
        it.deploy('one', '--exclude=drafts/', status=1, break_at='pages')
        it.deploy('out', '--root', 'www', '--exclude', 'app.*',
                  '--exclude', 'drafts/')
        assert it.holds() == hashes({
            key: text for key, text in TWO.items() if 'app' not in key})
        assert any(fnmatch.fnmatchcase('/app.1.js', item)
                   for item in it.items()[-1]), it.items()


@pytest.mark.timeout(180)
def test_outputs_of_a_step():
    """Of the last invalidation, as the sample for GitHub Actions reads them."""
    wanted = re.findall(
        r'steps\.deploy\.outputs\.([\w-]+)',
        (ROOT / 'samples/ci/github-actions.yml').read_text('utf-8'))
    output = pathlib.Path('output')
    step = {'GITHUB_OUTPUT': str(output.absolute())}
    with world() as it:
        it.deploy('one', status=1, break_at='pages', **step)
        it.deploy('one', '--bogus', status=2, **step)
        assert not output.exists()
        it.deploy('two', **step)
        assert len(it.items()) == 1  # of what had failed, too
        given = dict(line.split('=') for line in
                     output.read_text('utf-8').splitlines())
        assert len(given) == len(output.read_text('utf-8').splitlines())
        assert given['result'] == 'accepted' and len(wanted) == 2
        assert given.keys() >= {*wanted}, given
