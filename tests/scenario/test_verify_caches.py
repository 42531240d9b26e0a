"""invalidate --verify, where caches do something wrong: what it finds, what it
says, how it ends, and what the next run does. The caches are the model's."""
import http.client
import urllib.parse

import pytest

from support import EdgeOfStore, deploy, limit, tree

OLD = {'index.html': 'root', 'a.html': '<p>old</p>\n' * 40, 'b.html': 'b' * 200}
NEW = {**OLD, 'a.html': '<p>new</p>\n' * 40}
PAGE = '/a.html'
BROWSER = 'gzip, deflate, br'


def view(edge, path, accept=BROWSER):
    """A viewer fills the cache."""
    connection = http.client.HTTPConnection(
        urllib.parse.urlsplit(edge.url).netloc, timeout=limit(10))
    connection.request('GET', path, headers={'Accept-Encoding': accept})
    connection.getresponse().read()
    connection.close()


class Site:
    """The old build is deployed, and is in caches; the new one is uploaded."""

    def __init__(self, edge, store, server):
        self.edge, self.store, self.server = edge, store, server
        edge.configure('s3-rest', 'EQUICK')
        tree('old', OLD)
        tree('new', NEW)
        store.upload('old', 'site')
        deploy(server, 'old', '--first-run', 'none', '--inspect', 'off',
               distribution='EQUICK').expect(0)
        for path in ('/', *(f'/{key}' for key in OLD)):
            for accept in (BROWSER, 'gzip', 'identity'):
                view(edge, path, accept)
        edge.advance(1000)
        store.upload('new', 'site')

    def run(self, *more, status, words=(), again=None, build='new',
            patience='0', **env):
        """A deployment; `again` is what it invalidates."""
        before = len(self.server.created('EQUICK'))
        done = deploy(self.server, build, '--verify', '--url', self.edge.url,
                      '--wait-timeout', patience, '--inspect', 'off',
                      '--output', 'json', *more, env=env,
                      distribution='EQUICK').expect(status, *words)
        sent = [entry['items'] for entry in
                self.server.created('EQUICK')[before:]]
        assert sent == ([again] if again else []), sent
        return done.json()

    def verdict(self, result):
        found, = [one for one in result['verification']['results']
                  if one['url'] == PAGE]
        return found['verdict']


@pytest.fixture
def site(store, server):
    with EdgeOfStore(store, server, 'site', 's3-rest') as edge:
        yield Site(edge, store, server)


def test_all_is_well(site):
    result = site.run(status=0, again=[PAGE])
    assert site.verdict(result) == 'fresh'
    site.run(status=0)


STALE = {  # a fault of the invalidation; its words
    'forgets': ({'forgets': True}, 'with an Age of 1000 s, which is older '
                'than the invalidation (asked for gzip, deflate, br)'),
    'forgets one encoding': ({'forgets': True, 'encodings': ['br']},
                             'asked for gzip, deflate, br'),
    'a fill in flight': ({'in flight': True}, 'bytes of an older build, with '
                         'an Age of '),
    'an origin that is late': ({'late': True}, 'bytes of an older build'),
}


@pytest.mark.parametrize('name', STALE)
def test_stale(site, name):
    """Status 5; the next run invalidates it once more, and that is the end."""
    fault, words = STALE[name]
    site.edge.fault(PAGE, **fault)
    result = site.run(status=5, again=[PAGE], words=(
        f'stale: {PAGE}: the edge serves the bytes of an older build', words,
        'the next run of the same command invalidates what is stale again'))
    assert site.verdict(result) == 'stale'
    # it happens again
    result = site.run(status=5, again=[PAGE], words=(
        'was invalidated again already',))
    assert site.verdict(result) == 'stale'
    site.run(status=5, words=('was invalidated again already',))
    # what is in caches by then has to leave them otherwise
    site.edge.fault()
    site.edge.advance(3 * 86400)
    result = site.run(status=0)
    assert site.verdict(result) == 'fresh'


@pytest.mark.parametrize('name', STALE)
def test_stale_once(site, name):
    """The second invalidation is the cure."""
    site.edge.fault(PAGE, **STALE[name][0])
    site.run(status=5, again=[PAGE])
    site.edge.fault()
    assert site.verdict(site.run(status=0, again=[PAGE])) == 'fresh'
    site.run(status=0)


def test_an_upload_that_finishes_late(site):
    """After the invalidation, caches have fetched the old object again."""
    site.store.upload('old', 'site')
    result = site.run(status=5, again=[PAGE], words=(
        'the edge serves the bytes of an older build',))
    assert site.verdict(result) == 'stale'
    site.store.upload('new', 'site')
    assert site.verdict(site.run(status=0, again=[PAGE])) == 'fresh'


def test_an_upload_that_is_waited_for(site):
    """With --check-upload nothing is sent too early."""
    looking = ['--check-upload', 's3://site', '--check-wait', '0']
    env = {'AWS_ENDPOINT_URL_S3': site.store.url}
    site.store.upload('old', 'site')
    before = len(site.server.created('EQUICK'))
    deploy(site.server, 'new', '--verify', '--url', site.edge.url, *looking,
           '--inspect', 'off', env=env, distribution='EQUICK').expect(
        1, 's3://site does not hold this build', '1 old (a.html)')
    assert len(site.server.created('EQUICK')) == before
    site.store.upload('new', 'site')
    result = site.run(*looking, status=0, again=[PAGE], **env)
    assert site.verdict(result) == 'fresh'


ANSWERS = {  # a fault of an answer; the verdict, its words
    'minifier': ({'minified': True}, 'altered', 'bytes that no known build'),
    'a wrong Age': ({'headers': {'Age': '999999'}}, 'fresh', ''),
    'a minifier and an old Age': (
        {'minified': True, 'headers': {'Age': '999999'}}, 'altered',
        'with an Age of 999999 s, which is older than the invalidation'),
    '401': ({'status': 401}, 'private', 'only for whom may see it'),
    '302': ({'status': 302, 'headers': {'Location': '/login'}}, 'unknown',
            'a redirect (302) to /login'),
    '500': ({'status': 500}, 'unknown', 'status 500'),
    '503 for a while': ({'status': 503, 'times': 2}, 'fresh', ''),
    'cut': ({'cut': 20}, 'unknown', 'the answer is not whole'),
    'endless': ({'endless': True}, 'altered', 'more bytes than any known'),
    'a bomb': ({'bomb': 1 << 24}, 'altered', 'more bytes than any known'),
}


@pytest.mark.parametrize('name', ANSWERS)
def test_answers(site, name):
    """Nothing is known to be stale, so nothing is sent again."""
    fault, verdict, words = ANSWERS[name]
    site.edge.fault(PAGE, **fault)
    result = site.run(status=0, again=[PAGE], words=(words,))
    assert site.verdict(result) == verdict
    site.edge.fault()
    assert site.verdict(site.run(status=0)) == 'fresh'


def test_old_bytes_with_a_wrong_age(site):
    """Bytes count, whatever the Age says."""
    site.edge.fault(PAGE, forgets=True, headers={'Age': '0'})
    result = site.run(status=5, again=[PAGE], words=('with an Age of 0 s',))
    assert site.verdict(result) == 'stale'


def test_a_configuration_that_changes_meanwhile(store, server):
    """Its new error page answers instead of an object that was removed: it is
    not taken for that."""
    with EdgeOfStore(store, server, 'site', 's3-rest', None,
                     '--unlisted') as edge:
        change_configuration(Site(edge, store, server))


def change_configuration(site):
    tree('third', {**NEW, 'c.html': '<p>c</p>' * 30})
    site.store.upload('third', 'site')
    site.run(status=0, again=['/a.html', '/c.html'], build='third')
    view(site.edge, '/c.html')
    assert site.store.ask('DELETE', 'site', 'c.html') == 204
    site.edge.configure('spa-300', 'EQUICK')
    done = site.run(status=0, again=['/c.html'], words=(
        'altered: /c.html: bytes that no known build has',))
    assert done['verification']['verdicts']['altered'] == 1
    site.run(status=0)


def test_patience(store, server):
    """An edge that needs a moment longer than CloudFront says."""
    with EdgeOfStore(store, server, 'site', 's3-rest', None, '--delay',
                     '4') as edge:
        site = Site(edge, store, server)
        result = site.run(status=0, again=[PAGE], patience='60')
    assert site.verdict(result) == 'fresh'
    asked = [entry['path'] for entry in edge.log()].count(PAGE)
    assert asked >= 5, asked  # three by viewers
