"""edgediff verify: does the edge serve a build? One fault of the edge at a time."""
import json
import pathlib
import re
import shutil
import socket

import pytest

from support import EdgeServer, deploy, run, start, tree, wait_until
from support.http2 import Front, has_nghttpx

SITE = {'index.html': 'root', 'style.css': 'p {}' * 100,
        **{f'page/{n}.html': f'<p>page {n}</p>' * 20 for n in range(20)},
        'page/index.html': '<p>pages</p>' * 20, "it's~odd*.html": 'odd'}
OLD = {**SITE, 'gone.html': 'was here',
       **{f'page/{n}.html': f'<p>old {n}</p>' * 20 for n in range(20)},
       'page/index.html': '<p>old pages</p>' * 20}
del OLD["it's~odd*.html"]
PAGE = '/page/7.html'


@pytest.fixture
def edge():
    """The edge that serves the new build, which is in site; old has the one
    before."""
    tree('site', SITE)
    tree('old', OLD)
    with EdgeServer() as running:
        yield running


def verify(edge, *more, old=True, build='site', patience='0'):
    return run(['verify', build, *(['--old', 'old'] if old else []),
                '--url', edge.url, '--wait-timeout', patience, *more])


def verdict_of(result, url):
    """The verdict, and the member, of a URL in the JSON."""
    found = {one['url']: one
             for one in result.json()['verification']['results']}
    return found[url]['verdict'], found[url]


def test_all_is_fresh(edge):
    done = verify(edge, '--output', 'json').expect(0)
    verdicts = done.json()['verification']['verdicts']
    assert (verdicts['fresh'], verdicts['gone']) == (24, 1)
    assert sum(verdicts.values()) == 25
    assert done.json()['result'] == 'fresh'
    assert ('fresh 24, gone 1 of 25 asked, of 24 stale URLs and 1 other, at '
            'FRA56-P4; other locations were not asked') in done.err
    asked = [entry['path'] for entry in edge.log()]
    assert "/it's~odd*.html" in asked  # as a browser asks for it
    encodings = [entry['headers'].get('accept-encoding')
                 for entry in edge.log()]
    assert encodings.count('gzip, deflate, br') == 25
    assert encodings.count('identity') == 3  # one in ten, and the first
    assert {entry['encoding'] for entry in edge.log()} >= {'identity', 'br'}


def test_same_build_same_urls(edge):
    verify(edge, '--verify-requests', '10').expect(0)
    first = {entry['path'] for entry in edge.log()}
    verify(edge, '--verify-requests', '10').expect(0)
    assert {entry['path'] for entry in edge.log()} == first
    assert len(edge.log()) == 20
    assert '/' in first


FAULTS = {  # what the edge does; the verdict, its words, the exit status
    'old': ({'folder': 'old'}, 'stale',
            'stale: /page/7.html: the edge serves the bytes of an older '
            'build, with an Age of 0 s (asked for gzip, deflate, br)', 5),
    'old in one encoding': (
        {'folder': 'old', 'encodings': ['br']}, 'stale',
        'asked for gzip, deflate, br', 5),
    'an old Age': ({'headers': {'Age': '7200'}}, 'fresh', '', 0),
    'no number for an Age': ({'headers': {'Age': '-1'}}, 'fresh', '', 0),
    'minifier': ({'body': '<p>page 7'}, 'altered',
                 'warning: altered: /page/7.html: bytes that no known build '
                 'has', 0),
    'old minified': (
        {'body': '<p>old 7', 'headers': {'Age': '90'}}, 'altered',
        'with an Age of 90 s', 0),
    'redirect': ({'status': 302, 'headers': {'Location': '/login?\x1b'}},
                 'unknown', 'a redirect (302) to /login?\\x1b', 0),
    'private': ({'status': 401}, 'private', 'private: /page/7.html', 0),
    'not there': ({'status': 404}, 'unknown', 'status 404', 0),
    'failing': ({'status': 503}, 'unknown', 'status 503', 0),
    'failing twice': ({'status': 503, 'times': 2}, 'fresh', '', 0),
    'cut': ({'cut': 9}, 'unknown', 'the answer is not whole', 0),
    'cut once': ({'cut': 9, 'times': 1}, 'fresh', '', 0),
    'not as encoded': ({'body': 'plain' * 50, 'headers': {
        'Content-Encoding': 'gzip'}, 'encodings': ['identity', 'br']},
        'unknown', 'the answer is not whole', 0),
    'endless': ({'endless': True}, 'altered',
                'more bytes than any known build has', 0),
    'bomb': ({'bomb': 20 * 10**6}, 'altered',
             'more bytes than any known build has', 0),
    'slow': ({'pause': 1.5, 'times': 1}, 'fresh', '', 0),
    'signed': ({'status': 403, 'error': 'MissingKey'}, 'private',
               'only for signed URLs or cookies', 0),
}


@pytest.mark.parametrize('name', FAULTS)
def test_fault(edge, name):
    fault, verdict, words, status = FAULTS[name]
    edge.fault(PAGE, **fault)
    done = verify(edge, '--output', 'json').expect(status, words)
    assert verdict_of(done, PAGE)[0] == verdict
    assert done.json()['result'] == ('stale' if status else 'fresh')
    others = done.json()['verification']['verdicts']
    assert others['fresh'] == 23 + (verdict == 'fresh')


def test_still_there(edge):
    tree('site', {'gone.html': 'was here'})
    shutil.copytree('site', 'build')
    pathlib.Path('build/gone.html').unlink()
    done = verify(edge, build='build').expect(
        0, 'warning: still there: /gone.html: it was removed, but its old '
        'bytes are served')
    assert '\nstill there   /gone.html: ' in done.out


def test_added_but_not_there_yet(edge):
    """An error that the edge keeps; it is asked again until it is gone."""
    edge.fault("/it's~odd*.html", status=403, times=1)
    verify(edge, patience='30').expect(0)
    edge.fault("/it's~odd*.html", status=403)
    verify(edge).expect(
        5, 'stale: /it%27s%7Eodd%2A.html: the edge answers as before it was '
        'added (status 403)')


def test_asked_again_until_fresh(edge):
    edge.fault(PAGE, folder='old', times=2)
    verify(edge, patience='60').expect(0)
    asked = [entry['path'] for entry in edge.log()].count(PAGE)
    assert asked >= 3


def test_removed_url_has_a_page(edge):
    """A page instead of an error, as a single-page app has."""
    edge.fault('/gone.html', body=SITE['index.html'])
    verify(edge).expect(0, 'altered: /gone.html')
    done = verify(edge, '--fallback', 'index.html', '--output', 'json')
    assert verdict_of(done.expect(0), '/gone.html')[0] == 'gone'


def test_compressed_in_the_bucket(edge):
    """The build itself has compressed files, uploaded with an encoding."""
    import gzip  # of few tests
    packed = gzip.compress(b'<p>packed</p>' * 100)
    tree('site', {'packed.html': packed})
    edge.fault('/packed.html', headers={'Content-Encoding': 'gzip'},
               raw=True)
    done = verify(edge, '--output', 'json').expect(0)
    assert verdict_of(done, '/packed.html')[0] == 'fresh'


def test_without_old(edge):
    done = verify(edge, '--output', 'json', old=False).expect(0)
    assert 'fresh 26 of 26 asked, of 26 URLs, at FRA56-P4;' in done.err
    edge.fault(PAGE, folder='old')
    verify(edge, old=False).expect(0, f'altered: {PAGE}')


def test_limits(edge):
    verify(edge, '--verify-bytes', '1K').expect(
        0, 'not asked, as it does not fit into --verify-bytes')
    edge.fault(PAGE)
    verify(edge, '--verify-requests', '1').expect(0, 'fresh 1 of 1 asked')


def test_path_prefix(edge):
    pathlib.Path('deep/er').mkdir(parents=True)
    shutil.move('site', 'deep/er/docs')
    with EdgeServer('deep', 'deep.log') as other:
        run(['verify', 'deep/er/docs', '--old', 'old', '--url',
             f'{other.url}/er/', '--prefix', '/docs/']).expect(0)
        assert all(entry['path'].startswith('/er/docs/')
                   for entry in other.log())


def test_resolve_and_header(edge):
    port = edge.url.rpartition(':')[2]
    pathlib.Path('gate').write_text('X-Gate: open sesame\r\nX-Two:  2\n')
    done = run(['verify', 'site', '--url', f'http://www.example.com:{port}',
                '--resolve', f'www.example.com:{port}:127.0.0.1',
                '--header', '@gate', '--header', 'X-Three: sesame 3',
                '--verbose', '--report', 'report.json',
                '--report', 'report.html']).expect(0)
    headers = edge.log()[0]['headers']
    assert headers['host'] == f'www.example.com:{port}'
    assert [headers[name] for name in ('x-gate', 'x-two', 'x-three')] == [
        'open sesame', '2', 'sesame 3']
    said = done.out + done.err + ''.join(
        pathlib.Path(f'report.{end}').read_text() for end in ('json', 'html'))
    assert 'sesame' not in said
    assert 'fresh 26 of 26 asked' in said


@pytest.mark.skipif(not has_nghttpx(), reason='nghttp2-proxy is missing')
def test_http2(edge):
    """A real server: one connection for all, verdicts as over HTTP/1.1."""
    with Front(edge) as front:
        def ask(*more, **how):
            return run(['verify', 'site', '--old', 'old', '--url', front.url,
                        '--wait-timeout', '0', '--output', 'json', *more],
                       **how)
        done = ask('--ca-bundle', front.certificate).expect(0)
        assert done.json()['verification']['verdicts']['fresh'] == 24
        assert {entry['headers']['x-forwarded-proto'] for entry in
                edge.log()} == {'https'}
        protocols = front.protocols()
        assert len(protocols) == 28 and set(protocols) == {'h2'}
        assert front.connections() == 1
        # faults look the same behind it
        edge.faults({PAGE: {'folder': 'old'}, '/style.css': {'body': 'p{}'},
                     '/page/8.html': {'cut': 9}, '/page/9.html': {
                         'endless': True}})
        done = ask('--ca-bundle', front.certificate).expect(5)
        found = {one['url']: one['verdict'] for one in
                 done.json()['verification']['results']}
        assert [found[url] for url in (
            PAGE, '/page/8.html', '/page/9.html', '/page/1.html')] == [
                'stale', 'unknown', 'altered', 'fresh']
        # and a site that nobody vouches for is not asked
        before = len(edge.log())
        done = ask().expect(4, 'cannot be reached', 'certificate')
        assert done.json()['result'] == 'unreachable'
        assert len(edge.log()) == before


def closed_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def test_unreachable(edge):
    url = f'http://127.0.0.1:{closed_port()}'
    done = run(['verify', 'site', '--url', url, '--wait-timeout', '0',
                '--output', 'json']).expect(
        4, f'{url} cannot be reached, so it was not verified: ')
    assert done.json()['result'] == 'unreachable'


@pytest.mark.parametrize('args, words', [
    ([], '--url is missing'),
    (['--url', 'www.example.com'], 'neither https:// nor http://'),
    (['--url', 'https://'], 'no host'),
    (['--url', 'https://a.example/?x'], 'a query or a fragment'),
    (['--url', 'https://user:secret@a.example'], 'no user and no password'),
    (['--url', 'http://a.example', '--resolve', 'a.example:80'],
     'expected HOST:PORT:ADDRESS'),
    (['--url', 'http://a.example', '--header', 'secret'],
     'expected NAME: VALUE'),
    (['--url', 'http://a.example', '--header', 'X: secret\n'],
     '--header X: its value has a control character'),
    (['--url', 'http://a.example', '--header', 'accept-Encoding: secret'],
     "Accept-Encoding is edgediff's own"),
    (['--url', 'http://a.example', '--verify-bytes', '64X'],
     'expected a number of bytes from 1024 on'),
    (['--url', 'http://a.example', '--verify-requests', '0'],
     'expected a whole number from 1 to 10000'),
])
def test_usage(args, words):
    tree('site', SITE)
    done = run(['verify', 'site', *args]).expect(2, words)
    assert 'secret' not in done.err


def test_header_file_that_is_missing():
    tree('site', SITE)
    run(['verify', 'site', '--url', 'http://a.example', '--header',
         '@nowhere']).expect(1, '--header @FILE: cannot open nowhere')


def test_report_shows_the_edge(edge):
    edge.fault(PAGE, folder='old')
    verify(edge, '--report', 'report.md').expect(5)
    text = pathlib.Path('report.md').read_text()
    assert '**Edge**: failed' in text
    assert 'stale 1 of 25 asked' in text


# ------------------------------------------------------- after an invalidation

def invalidate(both, *more, patience='0', **how):
    edge, server = both
    return deploy(server, 'site', '--verify', '--url', edge.url,
                  '--wait-timeout', patience, *more,
                  **{'distribution': 'EQUICK', **how})


@pytest.fixture
def quick(edge, server):
    """The old build is deployed, by a CloudFront that completes invalidations
    at once; the edge serves the new one."""
    deploy(server, 'old', '--first-run', 'none',
           distribution='EQUICK').expect(0)
    return edge, server


def items(result):
    return result.json()['plan']['items']


def test_invalidate_fresh(quick):
    done = invalidate(quick, '--output', 'json', patience='60').expect(
        0, 'fresh 24, gone 1 of 25 asked, of 24 stale URLs and 1 other, at '
        'FRA56-P4; other locations: CloudFront reports the invalidation as '
        'completed')
    assert done.json()['verification']['verdicts']['fresh'] == 24


def test_invalidate_stale_is_covered_once_more(quick):
    """Then only reported: a cache that never drops it is not billed again."""
    edge, server = quick
    edge.fault(PAGE, folder='old')
    stamp = ['--stamp', 'stamp']
    done = invalidate(quick, *stamp).expect(
        5, f'stale: {PAGE}: the edge serves the bytes of an older build',
        'the next run of the same command invalidates what is stale again')
    assert f'\nstale         {PAGE}: ' in done.out
    assert not pathlib.Path('stamp').exists()

    again = invalidate(quick, '--output', 'json').expect(
        5, 'was invalidated again already')
    assert items(again) == [PAGE]
    assert [one['url'] for one in again.json()['verification']['results']
            if one['verdict'] == 'stale'] == [PAGE]

    last = invalidate(quick, '--output', 'json').expect(5)
    assert last.json()['result'] == 'nothing to do'
    assert len(server.created('EQUICK')) == 2

    edge.fault()
    invalidate(quick, *stamp).expect(0, 'other locations: CloudFront reports')
    assert pathlib.Path('stamp').exists()
    assert len(server.created('EQUICK')) == 2


def test_another_value_is_covered_again(quick):
    """After the first one: that of another build, which the edge also keeps."""
    edge, server = quick
    edge.fault(PAGE, folder='old')
    invalidate(quick).expect(5)
    invalidate(quick).expect(5)
    shutil.copytree('site', 'third')
    pathlib.Path(f'third{PAGE}').write_text('third')
    with EdgeServer('third', 'third.log') as third:
        third.fault(PAGE, folder='site')
        deploy(server, 'third', '--verify', '--url', third.url,
               '--wait-timeout', '0', distribution='EQUICK').expect(
            5, 'the next run')
        done = deploy(server, 'third', '--output', 'json', '--verify',
                      '--url', third.url, '--wait-timeout', '0',
                      distribution='EQUICK').expect(5)
        assert items(done) == [PAGE]


def test_removed_but_served(edge, server, store):
    """The bucket tells a cache that kept it from an upload that did not delete
    it."""
    looking = ['--check-upload', 's3://site', '--check-wait', '0']
    env = {'AWS_ENDPOINT_URL_S3': store.url}
    for name in 'EQUICK-1', 'EQUICK-2':
        deploy(server, 'old', '--first-run', 'none', distribution=name,
               baseline=name).expect(0)
    store.upload('site', 'site')
    edge.fault('/gone.html', body='was here')
    one = {'distribution': 'EQUICK-1', 'baseline': 'EQUICK-1', 'env': env}
    invalidate((edge, server), *looking, **one).expect(
        5, 'stale: /gone.html: it is gone from the bucket, but its old bytes '
        'are served', 'the next run')
    again = invalidate((edge, server), *looking, '--output', 'json', **one)
    assert items(again.expect(5, 'invalidated again already')) == [
        '/gone.html']
    invalidate((edge, server), *looking, **one).expect(0)
    assert len(server.created('EQUICK-1')) == 2
    store.put('site', 'gone.html', b'was here')
    two = one | {'distribution': 'EQUICK-2', 'baseline': 'EQUICK-2'}
    invalidate((edge, server), *looking, **two).expect(
        0, 'warning: still there: /gone.html: it was removed, but is still '
        'in the bucket')
    assert len(server.created('EQUICK-2')) == 1


def test_invalidate_without_a_site(quick):
    url = f'http://127.0.0.1:{closed_port()}'
    deploy(quick[1], 'site', '--verify', '--url', url, '--wait-timeout', '0',
           distribution='EQUICK').expect(4, 'cannot be reached')
    invalidate(quick).expect(0)


def test_wait_times_out_and_it_is_verified(edge, server):
    deploy(server, 'old', '--first-run', 'none',
           distribution='ENEVER').expect(0)
    both = edge, server
    done = invalidate(both, distribution='ENEVER').expect(
        4, 'is still InProgress', 'fresh 24, gone 1 of 25 asked',
        'CloudFront has not reported the invalidation as completed')
    assert '\nedge          fresh 24' in done.out
    edge.fault(PAGE, folder='old')
    invalidate(both, distribution='ENEVER').expect(4)  # nothing is stale


def test_worst_of_several(edge, server):
    """5 before 4, and each has its own status."""
    edge.fault(PAGE, folder='old')
    pathlib.Path('edgediff.conf').write_text(
        'verify = true\nwait-timeout = 0\n'
        f'[stale]\ndistribution-id = EQUICK-1\nurl = {edge.url}\n'
        '[down]\ndistribution-id = EQUICK-2\n'
        f'url = http://127.0.0.1:{closed_port()}\n')
    args = ['invalidate', '--distribution', 'stale', '--distribution', 'down',
            '--endpoint-url', server.url, '--output', 'json']
    run([*args, 'old', '--first-run', 'none'])
    done = run([*args, 'site']).expect(5)
    assert [one['status'] for one in done.json()] == [5, 4]
    assert done.json()[0]['error'] == \
        'the edge still serves old bytes at 1 URL'


REPORTS = ['--report', 'r.json', '--report', 'r.md', '--report', 'r.html']


def page_data(html):
    return json.loads(re.search(
        r'<script type="application/json" id="data">(.*?)<', html,
        re.S)[1])


def edge_check(name='r.json'):
    """What the reports of a run say of the edge: they agree."""
    check, = [one for one in json.loads(pathlib.Path(name).read_text())[
        'checks'] if one['title'] == 'Edge']
    marked = pathlib.Path('r.md').read_text()
    assert marked.count('**Edge**') == 1
    assert f'**Edge**: {check["verdict"]}\n' in marked
    data = page_data(pathlib.Path('r.html').read_text())
    title, verdict, *lines = data['checks'][-1]
    assert (title, ['passed', 'failed', 'unknown'][verdict]) == (
        'Edge', check['verdict'])
    assert '\n'.join(lines) == check['text']
    assert all(line in marked for line in lines)
    return check['verdict'], check['text']


def test_reports_of_invalidate(quick):
    """The outcome comes after them, and is in them all the same."""
    edge, _ = quick
    edge.fault(PAGE, folder='old')
    invalidate(quick, *REPORTS).expect(5)
    verdict, text = edge_check()
    assert verdict == 'failed' and text.splitlines()[1:] == [
        f'stale: {PAGE}: the edge serves the bytes of an older build, with '
        'an Age of 0 s (asked for gzip, deflate, br)']
    assert ': fresh 23, gone 1, stale 1 of 25 asked, of 24 stale URLs' in text
    edge.fault(PAGE, body='<p>page 7')
    invalidate(quick, *REPORTS).expect(0)
    verdict, text = edge_check()
    assert verdict == 'unknown' and 'altered: /page/7.html' in text
    edge.fault()
    invalidate(quick, *REPORTS).expect(0)
    assert edge_check()[0] == 'passed'
    # and what else is in them is as without it
    plain = json.loads(pathlib.Path('r.json').read_text())
    invalidate(quick, *REPORTS).expect(0)
    again = json.loads(pathlib.Path('r.json').read_text())
    assert plain == again and plain.keys() >= {'changes', 'objects'}


def test_reports_if_it_was_not_asked(edge, server):
    """Why, in them; or that it was not known yet."""
    url = f'http://127.0.0.1:{closed_port()}'
    deploy(server, 'old', '--first-run', 'none',
           distribution='EQUICK').expect(0)
    deploy(server, 'site', '--verify', '--url', url, '--wait-timeout', '0',
           *REPORTS, distribution='EQUICK').expect(4)
    verdict, text = edge_check()
    assert verdict == 'unknown' and 'cannot be reached' in text
    # one that ends before
    deploy(server, 'old', '--verify', '--url', url, *REPORTS,
           '--check-upload', 's3://site', '--check-wait', '0',
           env={'AWS_ENDPOINT_URL_S3': url}, distribution='EQUICK').expect(1)
    verdict, text = edge_check()
    assert verdict == 'unknown' and 'was not known yet' in text
    deploy(server, 'old', '--verify', '--url', url, *REPORTS, '--dry-run',
           distribution='EQUICK').expect(0)
    assert 'checks' not in json.loads(pathlib.Path('r.json').read_text())
    deploy(server, 'old', '--wait', '--dry-run',
           distribution='EQUICK').expect(0)


def test_report_that_was_changed_meanwhile(quick):
    """It is left as it is; the run was recorded, and says so."""
    edge, server = quick
    edge.fault('*', pause=1)
    running = start(['invalidate', 'site', '--distribution-id', 'EQUICK',
                     '--endpoint-url', server.url, '--baseline', 'baseline',
                     '--verify', '--url', edge.url, '--report', 'r.md'])
    wait_until(edge.arrived)
    pathlib.Path('r.md').write_text('### edgediff was here')
    edge.fault()
    _, said = running.communicate()
    assert running.returncode == 4, said
    assert b'--report r.md: the file is not as this run wrote it' in said
    assert pathlib.Path('r.md').read_text() == '### edgediff was here'


def annotations(result):
    return [line for line in result.err.splitlines()
            if line.startswith('::')]


def test_one_annotation(quick):
    """With all that was found; GitHub shows ten of a step."""
    step = {'GITHUB_ACTIONS': 'true'}
    edge, _ = quick
    edge.faults({'/page/15.html': {'body': 'p{}'}, **{
        f'/page/{number}.html': {'folder': 'old'} for number in range(15)}})
    said = invalidate(quick, env=step).expect(5)
    one, = annotations(said)
    assert one.startswith('::error title=edgediff::http://127.0.0.1')
    sums, *urls = one.split('%0A')
    assert 'fresh 8, gone 1, altered 1, stale 15 of 25 asked' in sums
    assert [line.split(':')[0] for line in urls] == [
        *['stale'] * 11, 'altered'] and urls[10] == 'stale: 5 more URLs'
    assert said.err.count('edgediff: stale: /page/') == 10
    edge.fault()
    edge.fault(PAGE, body='%0A##[group]')
    one, = annotations(run(['verify', 'site', '--url', edge.url], env=step
                           ).expect(0))
    assert one.startswith('::warning title=edgediff::http')
    edge.fault()
    one, = annotations(run(['verify', 'site', '--url', edge.url], env=step
                           ).expect(0))
    assert one.startswith('::notice title=edgediff::http') and \
        'fresh 26 of 26 asked' in one
    assert not annotations(run(['verify', 'site', '--url', edge.url,
                                '--quiet'], env=step).expect(0))


def test_killed_while_it_asks(quick):
    """The invalidation was recorded before; nothing is sent twice."""
    edge, server = quick
    edge.fault('*', pause=30)
    args = ['invalidate', 'site', '--distribution-id', 'EQUICK',
            '--endpoint-url', server.url, '--baseline', 'baseline',
            '--verify', '--url', edge.url]
    killed = start(args)
    wait_until(edge.arrived)
    killed.kill()
    killed.wait()
    edge.fault()
    done = invalidate(quick, '--output', 'json').expect(0)
    assert done.json()['result'] == 'nothing to do'
    assert len(server.created('EQUICK')) == 1


def test_verify_needs_a_url(edge, server):
    deploy(server, 'site', '--verify').expect(2, '--url is missing')
