#!/usr/bin/python3
"""Compares where edgediff and botocore find credentials, in random settings.

usage: credentials_order.py [N [SEED [PEER]]]

PEER is tests/unit/credentials_peer.c, built. Each setting is an environment, a
config file and a credentials file, written in the oddest ways both can read:
profiles, roles on top of roles, processes, tokens, containers, instances.
Both must name the same provider and end up with the same keys, or both fail;
tests/sts makes the keys of what was asked for, so that equal keys mean equal
requests.

Where they differ on purpose, the setting is not made: a variable that is set
to nothing, botocore's version 1 of the metadata service, single sign-on.
"""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from support import ROOT, StsServer, limit, whole  # noqa: E402
import loopback  # noqa: E402

PEER = ROOT / 'out/sanitize/tests/credentials_peer'
NAMES = ['default', 'a', 'b', 'c d', 'é', '#x', 'role', 'profile a']
# Errors whose sentence is botocore's, word for word.
SENTENCES = ['PartialCredentialsError', 'ProfileNotFound', 'InvalidConfigError']
LINES = ['\n', '\r\n', '\n', '\n']
BLANKS = ['', ' ', '\t', '  ', ' \t ']

# Run in a process of its own: botocore keeps the environment it starts with.
BOTOCORE = '''
import json, os, sys
import botocore.session, botocore.utils
sts = os.environ.pop('STS')
create = botocore.session.Session.create_client
def at_loopback(self, name, *args, **more):
    if name == 'sts':
        more['endpoint_url'] = sts
        more['region_name'] = 'us-east-1'
    return create(self, name, *args, **more)
botocore.session.Session.create_client = at_loopback
botocore.utils.ContainerMetadataFetcher.SLEEP_TIME = 0
names = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE']
session = botocore.session.Session(
    session_vars={'profile': (None, names, None, None)},
    profile=sys.argv[1] if len(sys.argv) > 1 else None)
try:
    found = session.get_credentials()
    if found is None:
        print(json.dumps({'error': 'none', 'unconfigured': True}))
    else:
        keys = found.get_frozen_credentials()
        print(json.dumps({'provider': found.method,
            'access_key': keys.access_key, 'secret_key': keys.secret_key,
            'token': keys.token}))
except Exception as error:
    print(json.dumps({'error': f'{type(error).__name__}: {error}',
                      'unconfigured': False}))
'''


class Setting:
    """One environment with its files; the same seed makes the same one."""

    def __init__(self, seed, folder, url):
        self.r = random.Random(seed)
        self.folder, self.url = folder, url
        self.serial = 0
        self.names = self.r.sample(NAMES, self.r.randint(2, 5))
        if 'default' not in self.names and self.r.random() < .7:
            self.names.append('default')
        self.places = {name: self.r.choice(['config', 'shared', 'both'])
                       for name in self.names}
        self.env = {'HOME': str(folder), 'STS': url,
                    'AWS_ENDPOINT_URL_STS': url,
                    'AWS_EC2_METADATA_DISABLED': 'true'}
        self.profile = None
        self.make()

    def some(self, chance):
        return self.r.random() < chance

    def key(self):
        self.serial += 1
        return loopback.issued(str(self.serial), str(self.r.random()),
                               prefix='AKIA')

    def file(self, name, text, mode=0o600):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        path.chmod(mode)
        return path

    # ------------------------------------------------------- profiles

    def static(self):
        key = self.key()
        pairs = [('aws_access_key_id', key),
                 ('aws_secret_access_key', loopback.secret_of(key))]
        if self.some(.3):
            name = self.r.choice(['aws_session_token', 'aws_security_token'])
            pairs.append((name, loopback.token_of(key)))
        if self.some(.06):
            pairs.pop(self.r.randrange(2))
        return pairs

    def process(self):
        key = self.key()
        answer = {'Version': 1, 'AccessKeyId': key,
                  'SecretAccessKey': loopback.secret_of(key)}
        if self.some(.5):
            answer['SessionToken'] = loopback.token_of(key)
        if self.some(.5):
            answer['Expiration'] = self.r.choice(
                ['2099-01-02T03:04:05Z', '2099-01-02T03:04:05.678Z',
                 '2099-01-02T03:04:05+00:00', '2099-01-02T03:04:05-0800'])
        if self.some(.15):
            answer[self.r.choice(list(answer))] = self.r.choice([None, 2, '1'])
        if self.some(.05):
            answer = ['not', 'this']
        name = f'keys {self.serial}'
        self.file(name, json.dumps(answer, indent=self.r.choice([None, 1])))
        path = self.folder / name
        quoted = self.r.choice([f'"{path}"', f"'{path}'",
                                str(path).replace(' ', '\\ ')])
        command = self.r.choice(['cat', "'cat'", 'c"a"t', '/bin/cat', 'c\\at'])
        if self.some(.05):
            command = self.r.choice(['false', '/no/such/program', '"cat'])
        return [('credential_process',
                 command + self.r.choice([' ', '  ', '\t']) + quoted)]

    def arn(self):
        return f'arn:aws:iam::123456789012:role/r{self.r.randrange(9)}'

    def role(self):
        pairs = [('role_arn', self.arn())]
        if self.some(.7):
            pairs.append(('source_profile', self.r.choice(
                self.names + (['nope'] if self.some(.1) else []))))
        if len(pairs) == 1 or self.some(.05):
            pairs.append(('credential_source', self.r.choice(
                ['Environment', 'EcsContainer', 'Ec2InstanceMetadata',
                 *(['environment', 'x'] if self.some(.2) else [])])))
        for name, value in (('external_id', 'x=1 &2'),
                            ('duration_seconds', '900'),
                            ('duration_seconds', '15m'),
                            ('role_session_name', 'me@here')):
            if self.some(.25) and name not in dict(pairs):
                pairs.append((name, value))
        if self.some(.15):
            pairs += self.static()
        return pairs

    def web(self):
        token = f'token {self.key()}'
        self.file(f'web {self.serial}', token)
        pairs = [('web_identity_token_file',
                  str(self.folder / f'web {self.serial}'))]
        if self.some(.9):
            pairs.append(('role_arn', self.arn()))
        if self.some(.3):
            pairs.append(('role_session_name', 'web.session'))
        return pairs

    def plain(self):
        return self.r.sample([('region', 'eu-west-1'), ('output', 'json'),
                              ('s3', '\n  addressing_style = path\n  a=b'),
                              ('cli_pager', '')], 2)

    def pairs(self):
        kinds = [self.static, self.static, self.process, self.role, self.role,
                 self.web, self.plain]
        pairs = []
        for kind in self.r.sample(kinds, self.r.choice([1, 1, 1, 2, 3])):
            pairs += kind()
        return list(dict(pairs).items())

    # ------------------------------------------------------- their text

    def text(self, sections):
        end = self.r.choice(LINES)
        lines = []
        for name, pairs in sections:
            if self.some(.3):
                lines.append(self.r.choice(['# c = d', '; [x]', '', '\t']))
            lines.append(f'[{name}]' + self.r.choice(['', ' ', ' tail']))
            for key, value in pairs:
                if self.some(.2):
                    lines.append(self.r.choice(
                        ['', '  # indented comment', '#x', '  ', '; y = z']))
                key = self.r.choice([key, key.upper(), key.title()])
                lines.append(key + self.r.choice(BLANKS)
                             + self.r.choice(['=', '=', ':'])
                             + self.r.choice(BLANKS)
                             + value.replace('\n', end)
                             + self.r.choice(BLANKS))
            if self.some(.015):
                lines.append(self.r.choice(
                    ['junk', 'nested =' + end + '  junk', ' = x', '[]',
                     'long = ' + 'x' * 70000, 'k = \x0b v']))
        return end.join(lines) + self.r.choice(['', end])

    def section(self, name):
        if name == 'default' and self.some(.7):
            return name
        if "'" in name or ' ' in name or self.some(.3):
            return self.r.choice([f'profile "{name}"', f"profile '{name}'",
                                  f'profile  "{name}" '])
        return self.r.choice([f'profile {name}', f'profile\t{name}'])

    def make(self):
        config = [(self.section(n), self.pairs())
                  for n in self.names if self.places[n] != 'shared']
        shared = [(n, self.pairs()) for n in self.names
                  if self.places[n] != 'config']
        if self.some(.3):
            config.append(('sso-session x', [('sso_region', 'us-east-1')]))
        if self.some(.2):
            config.append(('preview', [('cloudfront', 'true')]))
        if self.some(.1):
            config.insert(0, ('DEFAULT', [('region', 'eu-west-2')]))
        if self.some(.02) and config:
            config.append(config[0])
        place = self.folder / '.aws'
        if self.some(.2):
            place = self.folder / 'else where'
            self.env['AWS_CONFIG_FILE'] = self.r.choice(
                [str(place / 'config'), '~/else where/config'])
            self.env['AWS_SHARED_CREDENTIALS_FILE'] = str(
                place / 'credentials')
        if self.some(.95):
            self.file(place / 'config', self.text(config))
        if self.some(.95):
            self.file(place / 'credentials', self.text(shared))
        if self.some(.05):
            self.env['AWS_CONFIG_FILE'] = '/dev/null'
        self.make_environment()

    def make_environment(self):
        if self.some(.15):
            key = self.key()
            self.env['AWS_ACCESS_KEY_ID'] = key
            if self.some(.9):
                self.env['AWS_SECRET_ACCESS_KEY'] = loopback.secret_of(key)
            if self.some(.4):
                self.env[self.r.choice(['AWS_SESSION_TOKEN',
                                        'AWS_SECURITY_TOKEN'])] = \
                    loopback.token_of(key)
        if self.some(.15):
            pairs = dict(self.web())
            self.env['AWS_WEB_IDENTITY_TOKEN_FILE'] = \
                pairs['web_identity_token_file']
            if self.some(.8):
                self.env['AWS_ROLE_ARN'] = self.arn()
            if self.some(.3):
                self.env['AWS_ROLE_SESSION_NAME'] = 'of.environment'
        if self.some(.3):
            name = self.r.choice(['c1', 'auth', 'garbage', 'denied'])
            self.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] = \
                f'{self.url}/container/{name}?x=y'
            if name == 'auth' or self.some(.3):
                self.env['AWS_CONTAINER_AUTHORIZATION_TOKEN'] = 'Bearer auth'
        if self.some(.05):
            self.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] = \
                'http://example.com/keys'
        if self.some(.4):
            name = self.r.choice(['i1', 'i2', 'norole', 'noaccess', 'garbage'])
            del self.env['AWS_EC2_METADATA_DISABLED']
            self.env['AWS_EC2_METADATA_SERVICE_ENDPOINT'] = \
                f'{self.url}/instance/{name}' + self.r.choice(['', '/'])
            # a second, as usual, is short on a busy machine
            self.env['AWS_METADATA_SERVICE_TIMEOUT'] = str(
                min(60, whole(5)))
        how = self.r.randrange(5)
        name = self.r.choice(self.names + (['nope'] if self.some(.1) else []))
        if how == 0:
            self.profile = name
        elif how == 1:
            self.env['AWS_PROFILE'] = name
            if self.some(.5):
                self.env['AWS_DEFAULT_PROFILE'] = self.r.choice(self.names)
        elif how == 2:
            self.env['AWS_DEFAULT_PROFILE'] = name


def ask(command, setting):
    keep = {name: os.environ[name] for name in (
        'PATH', 'ASAN_OPTIONS', 'UBSAN_OPTIONS', 'LSAN_OPTIONS')
        if name in os.environ}
    done = subprocess.run(
        [*command, *([setting.profile] if setting.profile else [])],
        env={**keep, 'LC_ALL': 'C.UTF-8', 'PYTHONDONTWRITEBYTECODE': '1',
             **setting.env},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=limit(60),
        check=False)
    try:
        return json.loads(done.stdout)
    except ValueError:
        return {'error': f'status {done.returncode}: '
                         + done.stderr.decode('utf-8', 'replace'),
                'broken': True}


def same(ours, theirs):
    """Equal keys from the same provider, or a failure on both sides."""
    if ours.get('broken') or theirs.get('broken'):
        return False
    if 'error' in ours or 'error' in theirs:
        if 'error' not in ours or 'error' not in theirs or \
                ours['unconfigured'] != theirs['unconfigured']:
            return False
        kind, _, text = theirs['error'].partition(': ')
        text = text.replace('role_arnconfiguration', 'role_arn configuration')
        return kind not in SENTENCES or ours['error'] == text
    return all((ours.get(name) or None) == (theirs.get(name) or None)
               for name in ('provider', 'access_key', 'secret_key', 'token'))


def compare(seed, peer, url, seen):
    with tempfile.TemporaryDirectory(prefix='edgediff-order.') as folder:
        setting = Setting(seed, pathlib.Path(folder), url)
        theirs = ask(['/usr/bin/python3', '-c', BOTOCORE], setting)
        ours = ask([str(peer)], setting)
        word = ours.get('provider', 'error')
        seen[word] = seen.get(word, 0) + 1
        if not all(isinstance(value, str) for value in theirs.values()
                   if value not in (None, True, False)) or \
                theirs.get('access_key', '') is None or \
                theirs.get('secret_key', '') is None:
            theirs = {'error': 'keys that are no text', 'unconfigured': False}
        if same(ours, theirs):
            return True
        print(f'seed {seed}, profile {setting.profile}\n  botocore {theirs}\n'
              f'  edgediff {ours}\n  {setting.env}')
        for path in sorted(pathlib.Path(folder).rglob('*')):
            if path.is_file():
                print(f'  {path}: {path.read_bytes()[:2000]!r}')
        return False


def main(arguments):
    count = int(arguments[0]) if arguments else 200
    first = int(arguments[1]) if len(arguments) > 1 else 1
    peer = pathlib.Path(arguments[2]) if len(arguments) > 2 else PEER
    seen = {}
    with tempfile.TemporaryDirectory(prefix='edgediff-order.') as folder:
        with StsServer(os.path.join(folder, 'log')) as server:
            good = sum(compare(seed, peer, server.url, seen)
                       for seed in range(first, first + count))
    print(f'{count} settings from {first} on: {good} alike; edgediff found '
          + ', '.join(f'{word} {n}' for word, n in sorted(seen.items())))
    return 0 if count > 0 and good == count else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
