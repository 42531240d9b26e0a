"""Profiles that sign in through IAM Identity Center (SSO).

`aws sso login` has left a token in the cache; a portal on this machine exchanges
it for a role's credentials, with which the loopback CloudFront is called.
"""
import contextlib
import hashlib
import http.server
import json
import os
import pathlib
import threading
import time
import urllib.parse

import pytest

from support import Server, run
import loopback

TOKEN = 'aoaAAAAAsecret+token/of=sign-in'
URL = 'https://example.awsapps.com/start'
FUTURE, PAST = '2099-01-02T03:04:05Z', '2020-01-02T03:04:05Z'
LEGACY = f'[default]\nsso_start_url = {URL}\nsso_region = eu-west-1\n' \
         'sso_account_id = 123456789012\nsso_role_name = deploy\n'
SESSION = '[default]\nsso_session = my sso\nsso_account_id = 123456789012\n' \
          'sso_role_name = deploy\n[sso-session "my sso"]\n' \
          f'sso_region = eu-west-1\nsso_start_url = {URL}\n'


class Portal(http.server.BaseHTTPRequestHandler):
    """Answers as the role's name says."""

    def log_message(self, *_):
        pass

    def do_GET(self):
        path, _, query = self.path.partition('?')
        asked = dict(urllib.parse.parse_qsl(query), path=path,
                     token=self.headers.get('x-amz-sso_bearer_token'),
                     authorization=self.headers.get('authorization'))
        self.server.asked.append(asked)
        role = asked.get('role_name')
        if asked['token'] != TOKEN or role == 'expired':
            self.send(401, {'message': 'Session token not found or invalid'},
                      'UnauthorizedException')
        elif role == 'denied':
            self.send(403, {'message': 'No access\x1b[2J'},
                      'ForbiddenException:http://internal')
        elif role == 'down' and len(self.server.asked) < 3:
            self.send(500, {})
        elif role == 'garbage':
            self.send(200, {'roleCredentials': {'accessKeyId': 1}})
        else:
            key = loopback.issued('sso', role)
            self.send(200, {'roleCredentials': {
                'accessKeyId': key, 'secretAccessKey': loopback.secret_of(key),
                'sessionToken': loopback.token_of(key),
                'expiration': int(time.time() + 3600) * 1000}})

    def send(self, status, document, kind=None):
        body = json.dumps(document).encode()
        self.send_response(status)
        if kind:
            self.send_header('x-amzn-ErrorType', kind)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextlib.contextmanager
def portal():
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Portal)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, args=(0.02,),
                              daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(name='world')
def fixture_world():
    with Server(None, '--access-key', 'issued') as cloudfront, \
            portal() as server:
        def invalidate(config, *more, **env):
            pathlib.Path('.aws').mkdir(exist_ok=True)
            pathlib.Path('.aws/config').write_text(config)
            before = cached()
            result = run(
                ['create-invalidation', '--distribution-id', 'E1', '--paths',
                 '/a', '--endpoint-url', cloudfront.url, *more],
                env={'HOME': os.getcwd(), 'AWS_ACCESS_KEY_ID': None,
                     'AWS_SECRET_ACCESS_KEY': None, 'AWS_ENDPOINT_URL_SSO':
                     f'http://127.0.0.1:{server.server_address[1]}', **env})
            assert cached() == before, 'the cache was written'
            assert TOKEN not in result.out + result.err
            return result
        invalidate.asked = server.asked
        invalidate.cloudfront = cloudfront
        yield invalidate


def cached():
    return {path.name: path.read_bytes() for path in pathlib.Path(
        '.aws/sso/cache').glob('*') if path.is_file()}


def cache(name, text=None, **more):
    """The file in which the AWS CLI keeps the token for this name."""
    path = pathlib.Path('.aws/sso/cache', hashlib.sha1(
        name.encode()).hexdigest() + '.json')
    path.parent.mkdir(parents=True, exist_ok=True)
    if text is None:
        text = json.dumps({'startUrl': URL, 'region': 'eu-west-1',
                           'accessToken': TOKEN, 'expiresAt': FUTURE, **more})
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize('config, name', [(LEGACY, URL), (SESSION, 'my sso')])
def test_a_token_is_exchanged(world, config, name):
    cache(name)
    world(config).expect(0)
    assert world.asked == [{
        'path': '/federation/credentials', 'role_name': 'deploy',
        'account_id': '123456789012', 'token': TOKEN, 'authorization': None}]
    post = world.cloudfront.posts()[-1]
    assert post['signature'] == 'ok'
    assert f'Credential={loopback.issued("sso", "deploy")}/' in \
        post['headers']['authorization']
    # it comes before keys of the profile
    world(config.replace('[default]\n', '[default]\naws_access_key_id = A\n'
                         'aws_secret_access_key = hush\n')).expect(0)
    assert len(world.asked) == 2


def test_odd_names_and_times(world):
    cache(URL, expiresAt=FUTURE.replace('Z', 'UTC'))
    world(LEGACY.replace('deploy', "a b&account_id=1/ä")).expect(0)
    assert world.asked[-1]['role_name'] == "a b&account_id=1/ä"
    assert world.asked[-1]['account_id'] == '123456789012'


@pytest.mark.parametrize('config, name', [(LEGACY, URL), (SESSION, 'my sso')])
def test_somebody_has_to_sign_in(world, config, name):
    """No token, an expired one, and one that the portal takes no longer."""
    words = 'aws sso login --profile default'
    world(config).expect(255, f'Token for {name} does not exist', words)
    cache(name, expiresAt=PAST)
    world(config).expect(255, 'has expired', words)
    assert not world.asked
    cache(name)
    world(config.replace('deploy', 'expired')).expect(255, 'has expired', words)
    assert len(world.asked) == 1
    assert not world.cloudfront.posts()


def test_what_the_portal_says(world):
    cache(URL)
    result = world(LEGACY.replace('deploy', 'denied')).expect(
        255, 'the role denied in the account 123456789012', '403 '
        'ForbiddenException: No access')
    assert '\x1b' not in result.err and 'internal' not in result.err
    world(LEGACY.replace('deploy', 'garbage')).expect(255, 'accessKeyId')
    world.asked.clear()
    world(LEGACY.replace('deploy', 'down')).expect(0)
    assert len(world.asked) == 3
    world.asked.clear()
    world(LEGACY.replace('deploy', 'down'), AWS_MAX_ATTEMPTS='1').expect(
        255, 'status 500')
    assert len(world.asked) == 1


@pytest.mark.parametrize('text, words', [
    ('', 'not JSON'), ('{', 'not JSON'), ('[]', 'expected a JSON object'),
    ('null', 'expected a JSON object'), ('[' * 5000, 'not JSON'),
    (b'{"accessToken": "hush\0"}', 'not text'),
    ('{"accessToken": "hush\\u0000"}', 'not JSON'),
    ('{"accessToken": "hush"}', 'it has no expiresAt'),
    ('{"expiresAt": "2099-01-02T03:04:05Z"}', 'it has no accessToken'),
    ('{"accessToken": 1, "expiresAt": "x"}', 'accessToken is not a string'),
    ('{"accessToken": "hush", "expiresAt": "soon"}', 'expiresAt is not a time'),
    ('{"accessToken": "hush", "expiresAt": "%s"}' % ('9' * 900),
     'expiresAt is not a time'),
    ('{"accessToken": "hush\\r\\nx: y", "expiresAt": "%s"}' % FUTURE,
     "can't be sent in a header"),
    ('{"accessToken": "%s", "expiresAt": "%s"}' % ('h' * 20000, FUTURE),
     "can't be sent in a header"),
    (' ' * 70000 + '{}', 'sso/cache')])
def test_hostile_caches(world, text, words):
    path = cache(URL, text)
    result = world(LEGACY).expect(255, 'Error loading SSO Token', str(path),
                                  words)
    assert 'hush' not in result.err and not world.asked


def test_caches_that_are_no_files(world):
    path = cache(URL)
    path.unlink()
    os.mkfifo(path)
    world(LEGACY).expect(255, 'Error loading SSO Token', str(path))
    path.unlink()
    path.mkdir()
    world(LEGACY).expect(255, 'Error loading SSO Token', str(path))
    if os.geteuid() != 0:
        path.rmdir()
        cache(URL).chmod(0)
        world(LEGACY).expect(255, 'Permission denied')


@pytest.mark.parametrize('config, words', [
    (LEGACY.replace('sso_region', 'region'), 'sso_region'),
    (LEGACY.replace('sso_start_url', 'url'), 'sso_start_url'),
    (LEGACY.replace('sso_role_name', 'role'), 'sso_role_name'),
    (LEGACY.replace('sso_account_id', 'account'), 'sso_account_id'),
    (SESSION.replace('[sso-session', '[other'), 'sso_region'),
    (LEGACY.replace('eu-west-1', 'evil.example/'), 'is not an AWS region')])
def test_settings_that_are_wrong(world, config, words):
    cache(URL)
    cache('my sso')
    world(config).expect(255, words)
    assert not world.asked


def test_no_token_without_tls(world):
    """A configured endpoint elsewhere must be https."""
    cache(URL)
    for url in ('http://portal.example.com', 'http://127.0.0.1.example.com',
                'http://localhost@example.com', 'http://127.0.0.1x/'):
        world(LEGACY, AWS_ENDPOINT_URL_SSO=url).expect(
            255, 'no token of aws sso login without TLS')
