"""The loopback edge over the loopback S3: what it caches, and what it forgets."""
import gzip
import hashlib
import http.client
import json
import pathlib
import subprocess
import urllib.parse

import pytest
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

import support
from support import (ACCESS_KEY, SECRET_KEY, EdgeOfStore, deploy, run, tree)
from support.http2 import Front, has_nghttpx

BROWSER = 'gzip, deflate, br'
LONG = b'<p>one and the same</p>\n' * 100


def put(store, key, body, method='PUT', **headers):
    """Uploads an object."""
    path = '/site/' + urllib.parse.quote(key)
    body = body.encode() if isinstance(body, str) else body
    request = AWSRequest(method, store.url + path, data=body, headers={
        'X-Amz-Content-SHA256': hashlib.sha256(body).hexdigest(),
        'Content-Type': 'text/html', **headers})
    S3SigV4Auth(Credentials(ACCESS_KEY, SECRET_KEY), 's3',
                'us-east-1').add_auth(request)
    connection = http.client.HTTPConnection(
        urllib.parse.urlsplit(store.url).netloc, timeout=support.limit(10))
    connection.request(method, path, body, dict(request.headers))
    assert connection.getresponse().status in (200, 204)
    connection.close()


def ask(edge, path, accept='', location=None):
    """A viewer's request: status, headers, decoded body."""
    connection = http.client.HTTPConnection(
        urllib.parse.urlsplit(edge.url).netloc, timeout=support.limit(10))
    more = {'X-Edge-Location': location} if location else {}
    connection.request('GET', path, headers={
        'Accept-Encoding': accept, **more})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.headers['Content-Encoding'] == 'gzip':
        body = gzip.decompress(body)
    return answer.status, answer.headers, body


def hit(edge, path, *how):
    return ask(edge, path, *how)[1]['X-Cache'].partition(' ')[0]


def send(server, *items, distribution='E1-S3REST'):
    """CreateInvalidation, by what replaces the AWS CLI; its id."""
    result = run(['create-invalidation', '--distribution-id', distribution,
                  '--paths', *items, '--endpoint-url', server.url],
                 env={'AWS_REGION': 'us-east-1'})
    assert result.status == 0, result.err
    return json.loads(result.out)['Invalidation']['Id']


@pytest.fixture
def edge(store, server):
    with EdgeOfStore(store, server, 'site', 's3-rest') as running:
        yield running


def test_a_copy_per_encoding_and_location(edge, store):
    put(store, 'a.html', LONG)
    for how in (('gzip',), ('',), (BROWSER,), ('', 'IAD12-P1')):
        first = ask(edge, '/a.html', *how)
        assert first[0] == 200
        assert hit(edge, '/a.html', *how) == 'Hit'
    assert ask(edge, '/a.html', 'gzip')[1]['Content-Encoding'] == 'gzip'
    assert ask(edge, '/a.html')[1]['Content-Encoding'] is None
    assert ask(edge, '/a.html', '', 'IAD12-P1')[1]['X-Amz-Cf-Pop'] == \
        'IAD12-P1'
    put(store, 'a.html', 'new')
    assert ask(edge, '/a.html', 'gzip')[2] == LONG


def test_time_passes(edge, store):
    put(store, 'a.html', LONG)
    ask(edge, '/a.html')
    edge.advance(3600)
    assert 3600 <= int(ask(edge, '/a.html')[1]['Age']) < 3700
    edge.advance(86400)
    assert hit(edge, '/a.html') == 'RefreshHit'
    edge.advance(2 * 86400)
    put(store, 'a.html', 'new')
    assert ask(edge, '/a.html')[2] == b'new'


def test_invalidations(edge, store, server):
    for key in ('a/b.html', 'a/c.html', 'a b.html', 'A/b.html'):
        put(store, key, 'old')
    paths = ('/a/b.html', '/a/c.html', '/a%20b.html', '/A/b.html')
    for path in paths:
        for accept in ('', 'gzip', BROWSER):
            for location in ('FRA56-P4', 'IAD12-P1'):
                ask(edge, path, accept, location)
    send(server, '/a/b.html')
    assert [hit(edge, path) for path in paths] == ['Miss', 'Hit', 'Hit', 'Hit']
    assert hit(edge, '/a/b.html', BROWSER) == 'Miss'
    assert hit(edge, '/a/b.html', 'gzip', 'IAD12-P1') == 'Miss'
    send(server, '/a*')
    assert [hit(edge, path) for path in paths] == ['Miss'] * 3 + ['Hit']


def test_it_takes_a_while(store, server):
    put(store, 'a.html', 'old')
    with EdgeOfStore(store, server, 'site', 's3-rest', None, '--delay',
                     'completed') as edge:
        ask(edge, '/a.html')
        name = send(server, '/a.html')
        for expected in ('Hit', 'Hit', 'Miss'):
            assert hit(edge, '/a.html') == expected
            run(['get-invalidation', '--distribution-id', 'E1-S3REST', '--id',
                 name, '--endpoint-url', server.url],
                env={'AWS_REGION': 'us-east-1'})


@pytest.mark.parametrize('name, found', [
    ('forgets', ['old', 'old']), ('in flight', ['old', 'old']),
    ('late', ['old', 'old'])])
def test_faults_of_caches(edge, store, server, name, found):
    put(store, 'a.html', 'old')
    ask(edge, '/a.html')
    ask(edge, '/a.html', BROWSER)
    edge.advance(100)
    put(store, 'a.html', 'new')
    edge.fault('/a.html', **{name: True})
    send(server, '/a.html')
    got = [ask(edge, '/a.html', accept) for accept in ('', BROWSER)]
    assert [body.decode() for _, _, body in got] == found
    age = int(got[0][1]['Age'] or 0)
    assert age >= 100 if name == 'forgets' else age < 100
    edge.fault()
    send(server, '/a.html')
    assert ask(edge, '/a.html')[2] == b'new'


def test_one_encoding_is_forgotten(edge, store, server):
    put(store, 'a.html', 'old')
    for accept in ('', 'gzip', BROWSER):
        ask(edge, '/a.html', accept)
    put(store, 'a.html', 'new')
    edge.fault('/a.html', forgets=True, encodings=['br'])
    send(server, '/a.html')
    assert [ask(edge, '/a.html', accept)[2].decode() for accept in
            ('', 'gzip', BROWSER)] == ['new', 'new', 'old']


def test_faults_of_answers(edge, store):
    put(store, 'a.html', LONG)
    edge.fault('/a.html', status=302, headers={'Location': '/login'})
    assert ask(edge, '/a.html')[:1] == (302,)
    edge.fault('/a.html', headers={'Age': '999999999'})
    assert ask(edge, '/a.html')[1]['Age'] == '999999999'
    edge.fault('/a.html', minified=True)
    assert ask(edge, '/a.html', BROWSER)[2] == b' '.join(LONG.split())
    edge.fault('/a.html', bomb=1 << 24)
    assert len(ask(edge, '/a.html', BROWSER)[2]) == 1 << 24
    edge.fault('/a.html', cut=10)
    with pytest.raises(http.client.IncompleteRead):
        ask(edge, '/a.html')
    edge.fault()
    assert ask(edge, '/a.html')[2] == LONG


def test_error_pages_stay_at_the_url_that_was_asked(store, server):
    put(store, 'index.html', 'app')
    with EdgeOfStore(store, server, 'site', 'spa-300', None,
                     '--unlisted') as edge:
        assert ask(edge, '/route')[::2] == (200, b'app')
        put(store, 'index.html', 'new')
        send(server, '/index.html', distribution='E1-SPA300')
        assert ask(edge, '/index.html')[2] == b'new'
        assert ask(edge, '/route')[2] == b'app'
        edge.advance(301)
        assert ask(edge, '/route')[2] == b'new'


def test_a_configuration_changes(edge, store):
    put(store, 'a/index.html', 'page')
    assert ask(edge, '/a/')[0] == 404
    edge.configure('website')
    edge.advance(11)
    assert ask(edge, '/a')[0] == 302
    assert ask(edge, '/a/')[::2] == (200, b'page')


def test_edgediff_and_the_edge(edge, store, server):
    """A deployment that the edge serves, and one that it forgets."""
    old, new = {'a.html': 'old', 'b.html': 'b'}, {'a.html': 'new',
                                                  'b.html': 'b'}
    for build in (old, new):
        for key, text in build.items():
            put(store, key, text)
        done = deploy(server, tree('site', build), distribution='E1-S3REST')
        assert done.status == 0, done.err
        assert ask(edge, '/a.html')[2].decode() == build['a.html']
    put(store, 'a.html', 'newer')
    assert ask(edge, '/a.html')[2] == b'new'


@pytest.mark.skipif(not has_nghttpx(), reason='nghttp2-proxy is missing')
def test_http2(edge, store):
    put(store, 'a.html', LONG)
    with Front(edge, 'IAD12-P1') as front:
        version = subprocess.check_output(
            ['curl', '-sS', '--http2', '--compressed', '--cacert',
             front.certificate, '-D', 'headers', '-o', 'body', '-w',
             '%{http_version}', front.url + '/a.html'])
        assert version == b'2'
    assert pathlib.Path('body').read_bytes() == LONG
    assert 'x-amz-cf-pop: IAD12-P1' in pathlib.Path('headers').read_text()
