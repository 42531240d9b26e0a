"""Credentials: every place they can be in, from there to CloudFront's log."""
import os
import pathlib
import sys

import pytest

from support import ROOT, S3Server, Server, StsServer, deploy, run, tree, whole
import loopback

NOTHING = {'AWS_ACCESS_KEY_ID': None, 'AWS_SECRET_ACCESS_KEY': None}
ROLE = 'arn:aws:iam::123456789012:role/'
BASE = loopback.issued('base', prefix='AKIA')


class World:
    """A CloudFront that knows issued keys, what issues them, and one build."""

    def __enter__(self):
        tree('site', {'index.html': 'one'})
        self.server = Server(
            None, '--access-key', 'issued').__enter__()
        self.sts = StsServer().__enter__()
        self.count = 0
        return self

    def __exit__(self, *how):
        self.sts.__exit__(*how)
        self.server.__exit__(*how)

    def deploy(self, *more, config='', shared='', distribution=None, **env):
        """One first deployment, with these files and variables."""
        self.count += 1
        home = pathlib.Path(f'home {self.count}').resolve()
        tree(home, {'.aws/config': config, '.aws/credentials': shared})
        before = len(self.sts.log())
        result = deploy(
            self.server, 'site', *more, baseline=None,
            distribution=distribution or f'E{self.count}',
            env={**NOTHING, 'HOME': str(home),
                 'AWS_ENDPOINT_URL_STS': self.sts.url, **env})
        self.asked = self.sts.log()[before:]
        for entry in self.asked:
            if 'issued' in entry:
                secret = loopback.secret_of(entry['issued'])
                assert secret not in result.out + result.err, result
        for hush in ('hush', loopback.secret_of(BASE)):
            assert hush not in result.out + result.err, result
        return result

    def refused(self, *words, **how):
        """It fails before a byte is sent, and leaves no batch pending.

        All that it may have recorded is that nothing is known.
        """
        result = self.deploy(**how).expect(1, *words)
        assert not self.server.posts(f'E{self.count}'), result
        baseline = pathlib.Path(f'.edgediff/E{self.count}.baseline')
        if baseline.exists():
            text = baseline.read_bytes()
            assert b'\nserial 0\n' in text and b'\nknown nothing\n' in text
            assert b'\npending ' not in text
        return result

    def signed_by(self, access_key):
        """The last POST was signed by this key, with its token if it has."""
        post = self.server.posts()[-1]
        assert post['signature'] == 'ok', post
        assert f'Credential={access_key}/' in \
            post['headers']['authorization'], (access_key, post)
        token = post['headers'].get('x-amz-security-token')
        assert token == (loopback.token_of(access_key)
                         if access_key.startswith('ASIA') else None), post


def static(name, key=BASE, token=False):
    text = f'[{name}]\naws_access_key_id = {key}\n' \
           f'aws_secret_access_key = {loopback.secret_of(key)}\n'
    return text + f'aws_session_token = {loopback.token_of(key)}\n' * token


def in_environment(key):
    return {'AWS_ACCESS_KEY_ID': key,
            'AWS_SECRET_ACCESS_KEY': loopback.secret_of(key),
            **({'AWS_SESSION_TOKEN': loopback.token_of(key)}
               if key.startswith('ASIA') else {})}


def instance(world, name, **more):
    """A service that answers gets more than the usual second for it."""
    return {'AWS_EC2_METADATA_DISABLED': None,
            'AWS_EC2_METADATA_SERVICE_ENDPOINT':
                f'{world.sts.url}/instance/{name}',
            'AWS_METADATA_SERVICE_TIMEOUT': str(min(60, whole(5))), **more}


def container(world, name, **more):
    return {'AWS_CONTAINER_CREDENTIALS_FULL_URI':
            f'{world.sts.url}/container/{name}', **more}


# ------------------------------------------------------------- where they are

def test_keys_that_stand_somewhere():
    other = loopback.issued('other')
    with World() as world:
        world.deploy(**in_environment(BASE)).expect(0)
        world.signed_by(BASE)
        world.deploy(**in_environment(other)).expect(0)
        world.signed_by(other)
        world.deploy(shared=static('default', other, True)).expect(0)
        world.signed_by(other)
        world.deploy(config=static('default')).expect(0)
        world.signed_by(BASE)
        world.deploy('--profile', 'a b', config=static('profile "a b"'),
                     shared=static('default', other, True),
                     **in_environment(other)).expect(0)
        world.signed_by(BASE)
        # named by a variable, the environment's keys go first
        world.deploy(config=static('profile p'), AWS_PROFILE='p',
                     **in_environment(other)).expect(0)
        world.signed_by(other)
        assert not world.sts.log()


def test_process():
    key = loopback.issued('process')
    tree('.', {'keys': '{"Version": 1, "AccessKeyId": "%s", '
               '"SecretAccessKey": "%s", "SessionToken": "%s", '
               '"Expiration": "2099-01-01T00:00:00Z"}' % (
                   key, loopback.secret_of(key), loopback.token_of(key))})
    with World() as world:
        world.deploy(config='[default]\r\ncredential_process\t=  '
                            "'cat'  \"keys\" \r\n").expect(0)
        world.signed_by(key)
        world.refused(
            'Error when retrieving credentials from custom-process: no\\x0ayes',
            config="[default]\ncredential_process = sh -c "
                   "'echo no >&2; echo yes >&2; echo hush; exit 1'\n")
        world.refused('not JSON',
                      config='[default]\ncredential_process = echo hush\n')
        world.refused('prints more than',
                      config='[default]\ncredential_process = yes hush\n')


def test_role():
    """Keys, a role, and a role on top of it; each call signed by the last."""
    config = ('[default]\nregion = eu-west-1\n'
              f'[profile one]\nrole_arn = {ROLE}one\nsource_profile = base\n'
              f'[profile two]\nrole_arn = {ROLE}two\nsource_profile = one\n'
              'external_id = a b&c=é\nduration_seconds = 900\n'
              'role_session_name = me@here\nregion = ap-south-1\n')
    with World() as world:
        world.deploy('--profile', 'two', config=config,
                     shared=static('base')).expect(0)
        first, second = world.asked
        assert first['signature'] == second['signature'] == 'ok'
        world.signed_by(second['issued'])
        assert f'Credential={BASE}/' in first['headers']['authorization']
        assert f'Credential={first["issued"]}/' in \
            second['headers']['authorization']
        assert '/ap-south-1/sts/' in second['headers']['authorization']
        form = second['form']
        assert form == {
            'Action': 'AssumeRole', 'Version': '2011-06-15',
            'RoleArn': ROLE + 'two', 'RoleSessionName': 'me@here',
            'ExternalId': 'a b&c=é', 'DurationSeconds': '900'}, form
        assert first['form']['RoleSessionName'].startswith('edgediff-')
        post = world.server.posts()[-1]
        assert '/ap-south-1/cloudfront/' in post['headers']['authorization']


def test_role_with_credential_source():
    def config(source):
        return f'[default]\nrole_arn = {ROLE}r\ncredential_source = {source}\n'

    with World() as world:
        # by --profile, so that the environment's keys are only the source
        world.deploy('--profile', 'default', config=config('Environment'),
                     **in_environment(BASE)).expect(0)
        assert [e['kind'] for e in world.asked] == ['sts']
        world.signed_by(world.asked[-1]['issued'])
        world.deploy(config=config('EcsContainer'),
                     **container(world, 'c')).expect(0)
        assert [e['kind'] for e in world.asked] == ['container', 'sts']
        assert world.asked[0]['issued'] in \
            world.asked[1]['headers']['authorization']
        world.signed_by(world.asked[-1]['issued'])
        world.deploy(config=config('Ec2InstanceMetadata'),
                     **instance(world, 'i')).expect(0)
        assert [e['kind'] for e in world.asked] == ['instance'] * 3 + ['sts']
        world.signed_by(world.asked[-1]['issued'])
        world.refused('No credentials found in credential_source',
                      config=config('Ec2InstanceMetadata'))


def test_web_identity():
    tree('.', {'token': 'a.b-c_d\n', 'empty': '\n', 'long': 'x' * 20001})
    path = os.path.abspath('token')
    with World() as world:
        world.deploy(shared=static('default'), AWS_ROLE_ARN=ROLE + 'w',
                     AWS_WEB_IDENTITY_TOKEN_FILE=path,
                     AWS_ROLE_SESSION_NAME='s').expect(0)
        asked, = world.asked
        assert 'authorization' not in asked['headers']
        assert asked['form'] == {
            'Action': 'AssumeRoleWithWebIdentity', 'Version': '2011-06-15',
            'RoleArn': ROLE + 'w', 'RoleSessionName': 's',
            'WebIdentityToken': 'a.b-c_d'}, asked
        world.signed_by(asked['issued'])
        config = f'[default]\nrole_arn = {ROLE}p\n' \
                 f'web_identity_token_file = {path}\n'
        world.deploy(config=config).expect(0)
        world.signed_by(world.asked[0]['issued'])
        for name, word in (('empty', 'is empty'), ('long', 'more than'),
                           ('none', 'No such file')):
            world.refused(word, AWS_ROLE_ARN=ROLE + 'w',
                          AWS_WEB_IDENTITY_TOKEN_FILE=name)
        world.refused('no role ARN', AWS_WEB_IDENTITY_TOKEN_FILE=path)


def test_web_identity_that_cannot_be_checked():
    """STS could not get the provider's key, which passes: it is asked again."""
    tree('.', {'token': 'a.b-c_d'})
    with World() as world:
        for name, tries in (('key', 2), ('forged', 1)):
            how = {'AWS_ROLE_ARN': ROLE + name,
                   'AWS_WEB_IDENTITY_TOKEN_FILE': 'token'}
            if tries == 2:
                world.deploy(**how).expect(0)
                world.signed_by(world.asked[-1]['issued'])
            else:
                world.refused('InvalidIdentityToken', **how)
            assert len(world.asked) == tries, world.asked


def test_container():
    tree('.', {'token': 'Bearer auth\n', 'lines': 'a\nb'})
    with World() as world:
        world.deploy(**container(world, 'c')).expect(0)
        world.signed_by(world.asked[0]['issued'])
        assert 'authorization' not in world.asked[0]['headers']
        world.deploy(**container(
            world, 'auth', AWS_CONTAINER_AUTHORIZATION_TOKEN='Bearer auth'
        )).expect(0)
        world.signed_by(world.asked[0]['issued'])
        # the file wins
        world.deploy(**container(
            world, 'auth', AWS_CONTAINER_AUTHORIZATION_TOKEN='hush',
            AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE='token')).expect(0)
        world.signed_by(world.asked[0]['issued'])
        world.refused('status 401', **container(world, 'auth'))
        world.refused('control character', **container(
            world, 'auth', AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE='lines'))
        world.refused("Unsupported host 'example.com'",
                      AWS_CONTAINER_CREDENTIALS_FULL_URI='http://example.com/')


def test_instance():
    with World() as world:
        world.deploy(**instance(world, 'i')).expect(0)
        world.signed_by(world.asked[-1]['issued'])
        assert [e['method'] for e in world.asked] == ['PUT', 'GET', 'GET']
        # without a role or tokens there are none to be found
        for name, *words in (
                ('norole', 'status 404', 'attach one'),
                ('noaccess', 'is not usable'), ('garbage', 'is not usable'),
                ('v1', 'PUT ', 'status 403'), ('badtoken', 'PUT ', 'usable'),
                ('down', 'GET ', 'status 500'), ('empty', 'is not usable'),
                ('huge', 'larger than'), ('reset', 'Outside EC2')):
            world.refused('Unable to locate credentials. You can configure '
                          'credentials by running "aws login". The '
                          'metadata service of EC2 instances was asked',
                          f'{world.sts.url}/instance/{name}/latest/', *words,
                          **instance(world, name))
            assert all('issued' not in entry for entry in world.asked)
        for mode in ('AWS_EC2_METADATA_SERVICE_ENDPOINT',
                     'AWS_METADATA_SERVICE_TIMEOUT',
                     'AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE'):
            world.refused(mode, AWS_EC2_METADATA_DISABLED=None,
                          **{mode: 'hu-sh'})


def test_instance_that_does_not_answer():
    """It is given up: the service would hold the connection for minutes."""
    with World() as world:
        for name, *words in (('silent', '--http-put-response-hop-limit 2'),
                             ('slow', 'the%2Brole')):
            world.refused('Unable to locate credentials',
                          f'{world.sts.url}/instance/{name}/latest/',
                          'no answer within 1 s', *words,
                          **instance(world, name,
                                     AWS_METADATA_SERVICE_TIMEOUT=None))
            # and not asked again
            assert [entry['status'] for entry in world.asked].count(
                'stall') <= 1, world.asked
        world.refused('Unable to locate credentials',
                      AWS_EC2_METADATA_DISABLED=None,
                      AWS_EC2_METADATA_SERVICE_ENDPOINT='http://127.0.0.1:1')
        # a role's source says the same; the AWS CLI's messages stay
        world.refused('No credentials found in credential_source', 'hop-limit',
                      config=f'[default]\nrole_arn = {ROLE}r\n'
                      'credential_source = Ec2InstanceMetadata\n',
                      **instance(world, 'silent',
                                 AWS_METADATA_SERVICE_TIMEOUT=None))
        said = run(['create-invalidation', '--distribution-id', 'E',
                    '--paths', '/*'], env={**NOTHING, **instance(
                        world, 'silent', AWS_METADATA_SERVICE_TIMEOUT=None)})
        assert said.err == (
            '\naws: [ERROR]: An error occurred (NoCredentials): Unable to '
            'locate credentials. You can configure credentials by running '
            '"aws login".\n'), said


def test_no_proxy_in_between():
    """What is near is asked directly, whatever the environment says."""
    with World() as world:
        proxy = {'http_proxy': 'http://127.0.0.1:1', 'no_proxy': 'localhost'}
        far = world.server.url.replace('127.0.0.1', 'localhost')
        for near in (instance(world, 'i'), container(world, 'c')):
            world.deploy('--endpoint-url', far, **near, **proxy).expect(0)


# ------------------------------------------------------------- what goes wrong

def assuming(name):
    return {'config': f'[default]\nrole_arn = {ROLE}{name}\n'
                      'source_profile = base\n', 'shared': static('base')}


def test_sts_faults():
    with World() as world:
        for name, tries, words in (
                ('denied', 1, ('AccessDenied', 'role/denied')),
                ('down', 3, ('500 InternalFailure',)),
                ('garbage', 3, ('not well-formed XML',)),
                ('dtd', 3, ('without a DTD',)),
                ('empty', 3, ('found nothing',)),
                ('huge', 3, ('larger than',)),
                ('reset', 3, ('Error when retrieving',)),
                ('noaccess', 3, ('XML',))):
            world.refused('retrieving credentials from assume-role', *words,
                          **assuming(name))
            assert len(world.asked) == tries, (name, world.asked)
        for name in ('down1', 'idp'):
            world.deploy(**assuming(name)).expect(0)
            assert len(world.asked) == 2, world.asked
        # they say that they have expired, and work
        world.deploy(**assuming('past')).expect(0)


def test_sts_that_does_not_answer():
    with World() as world:
        world.refused('retrieving credentials from assume-role',
                      AWS_MAX_ATTEMPTS='1', **assuming('slow'))
        assert len(world.asked) == 1, world.asked


def test_container_faults():
    with World() as world:
        for name, tries, word in (
                ('denied', 1, 'status 403'), ('down', 3, 'status 500'),
                ('garbage', 1, 'not JSON'), ('empty', 1, 'not JSON'),
                ('noaccess', 1, "'AccessKeyId'"), ('huge', 3, 'larger than'),
                ('reset', 3, 'container-role'), ('slow', 3, 'timed out')):
            world.refused(word, 'retrieving credentials from container-role',
                          **container(world, name))
            assert len(world.asked) == tries, (name, world.asked)


def test_nothing_to_do_needs_no_credentials():
    with World() as world:
        world.deploy(distribution='E', **in_environment(BASE)).expect(0)
        said = world.deploy(distribution='E').expect(0)
        assert 'nothing to do' in said.out
        tree('site', {'index.html': 'two'})
        world.deploy(distribution='E').expect(
            1, 'Unable to locate', 'set AWS_ACCESS_KEY_ID and')
        assert len(world.server.posts('E')) == 1


def test_pending_without_credentials():
    """What may have been sent is not given up for want of credentials."""
    with World() as world:
        world.deploy(distribution='EDOWN', **in_environment(BASE)).expect(3)
        world.deploy(distribution='EDOWN').expect(3, 'Unable to locate')


def test_settings_that_are_wrong():
    with World() as world:
        world.refused('The config profile (nope) could not be found',
                      AWS_PROFILE='nope', **in_environment(BASE))
        world.refused('Partial credentials found in env, missing: '
                      'AWS_SECRET_ACCESS_KEY', AWS_ACCESS_KEY_ID=BASE)
        world.refused('missing required configuration: sso_region',
                      config='[default]\nsso_account_id = 1\n'
                      'sso_role_name = r\n')
        world.refused('mfa_serial', config=assuming('r')['config']
                      + 'mfa_serial = m\n', shared=static('base'))
        world.refused('Infinite loop', config=f'[default]\nrole_arn = {ROLE}a\n'
                      'source_profile = b\n[profile b]\n'
                      f'role_arn = {ROLE}b\nsource_profile = default\n')
        world.refused('.aws/config, line 2', config='[default]\nhush\n')
        world.refused('AWS_MAX_ATTEMPTS', AWS_MAX_ATTEMPTS='0',
                      **in_environment(BASE))
        assert not world.sts.log()


# ------------------------------------------------------------- expiry

def test_credentials_that_expire():
    """Refused as expired: new ones, once, and the same bytes again."""
    with World() as world:
        world.deploy(**assuming('rotating')).expect(0, 'new ones')
        old, new = world.asked
        assert old['issued'].startswith(loopback.EXPIRED)
        world.signed_by(new['issued'])
        # the loopback CloudFront refuses before it reads the batch
        first, second = world.server.posts()
        assert first['code'] == 'ExpiredToken', first
        assert f'Credential={old["issued"]}/' in \
            first['headers']['authorization']
        assert first['headers']['content-length'] == \
            second['headers']['content-length']
        # the last of the usual tries is not used up by it
        world.deploy(AWS_MAX_ATTEMPTS='1', **assuming('rotating-2')).expect(0)
        world.deploy(AWS_MAX_ATTEMPTS='2', distribution='E503',
                     **assuming('rotating-3')).expect(0)


def test_credentials_that_stay_expired():
    """The same again are not sent again, and nothing is left pending."""
    with World() as world:
        result = world.deploy(**assuming('expired')).expect(
            1, 'ExpiredToken', 'the session token has expired')
        assert len(world.asked) == 2, world.asked
        assert len(world.server.posts()) == 1, result
        key = loopback.issued('x', prefix=loopback.EXPIRED)
        world.deploy(**in_environment(key)).expect(1, 'ExpiredToken')
        assert len(world.server.posts()) == 2
        # others, which have expired as well: once is enough
        world.deploy(**assuming('stale')).expect(1, 'ExpiredToken')
        assert len(world.asked) == 2, world.asked
        assert len(world.server.posts()) == 4


def test_credentials_that_expire_soon():
    """New ones before a call, not in the middle of it."""
    with World() as world:
        world.deploy('--wait', **assuming('soon')).expect(0)
        keys = [entry['headers']['authorization'].split('/')[0]
                for entry in world.server.log()]
        assert len(keys) > 1 and len(set(keys)) == len(keys), keys
        assert all(e['signature'] == 'ok' for e in world.server.log())


def test_process_is_run_again():
    old = loopback.issued('old', prefix=loopback.EXPIRED)
    new = loopback.issued('new')
    command = "sh -c 'cat first; mv second first'\n"
    with World() as world:
        tree('.', {'first': as_json(old), 'second': as_json(new)})
        config = '[default]\ncredential_process = ' + command
        world.deploy(config=config).expect(
            1, 'ExpiredToken', 'loading them again failed', 'second')
        tree('.', {'first': as_json(old), 'second': as_json(new)})
        world.deploy(config=config.replace('first\'', 'first || :\'')).expect(
            0, 'new ones')
        world.signed_by(new)


def as_json(key):
    return '{"Version": 1, "AccessKeyId": "%s", "SecretAccessKey": "%s", ' \
           '"SessionToken": "%s"}' % (key, loopback.secret_of(key),
                                      loopback.token_of(key))


# ------------------------------------------------------------- and the rest

def test_baseline_in_s3():
    with World() as world, S3Server(
            None, '--access-key', 'issued') as store:
        config = assuming('r')['config'] + 's3 =\n  addressing_style = path\n'
        world.deploy('--baseline', 's3://site/b', config=config,
                     shared=static('base'),
                     AWS_ENDPOINT_URL_S3=store.url).expect(0)
        assert len(world.asked) == 1, 'one set of credentials for both'
        assert store.log() and all(
            entry['signature'] == 'ok' for entry in store.log())


def test_endpoint_of_the_profile():
    with World() as world:
        config = (f'[default]\nregion = eu-west-3\nservices = here\n'
                  f'[services here]\ncloudfront =\n'
                  f'  endpoint_url = {world.server.url}\n')
        tree('home', {'.aws/config': config})
        env = {'HOME': os.path.abspath('home'), **in_environment(BASE)}
        run(['invalidate', 'site', '--distribution-id', 'E'],
            env=env).expect(0)
        post, = world.server.posts('E')
        assert '/eu-west-3/cloudfront/' in post['headers']['authorization']
        run(['invalidate', 'site', '--distribution-id', 'E2', '--region',
             'ap-south-1'], env=env).expect(0)
        post, = world.server.posts('E2')
        assert '/ap-south-1/cloudfront/' in post['headers']['authorization']
        run(['invalidate', 'site', '--distribution-id', 'EDOWN'],
            env={**env, 'AWS_MAX_ATTEMPTS': '2'}).expect(3)
        assert len(world.server.posts('EDOWN')) == 2


@pytest.mark.timeout(240)
def test_order():
    """As botocore finds them, in random settings."""
    import credentials_order
    peer = ROOT / 'out/sanitize/tests/credentials_peer'
    if 'EDGEDIFF' in os.environ and not peer.exists():
        pytest.skip('credentials_peer is not built')
    sys.stdout.flush()
    assert credentials_order.main(['60', '1', str(peer)]) == 0
