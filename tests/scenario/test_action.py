"""action.yml, step by step as a runner runs it, with a loopback server in the
place of the releases."""
import functools
import hashlib
import http.server
import os
import pathlib
import re
import shutil
import subprocess
import threading

import pytest

from support import BUILDS_WITH, ROOT, edgediff, environment, tree

VERSION = re.search(r'VERSION "(.*)"',
                    (ROOT / 'base/version.h').read_text('utf-8'))[1]
NAME = f'edgediff-{VERSION}-linux-amd64'
ACTION = ROOT / 'action.yml'


def load(path):
    yaml = pytest.importorskip('yaml', reason='python3-yaml is not installed')
    return yaml.safe_load(path.read_text('utf-8'))


def value(expression, contexts):
    """What `a.b || c.d` and `a.b != ''` are."""
    for part in expression.split('||'):
        name, _, compared = part.partition('!=')
        found = contexts[name.strip()]
        if compared:
            return found != compared.strip().strip("'")
        if found:
            return found
    return ''


def expand(text, contexts):
    return re.sub(r'\$\{\{(.*?)\}\}',
                  lambda found: value(found[1], contexts), text)


class Job:
    """The steps of a job share its folder, its PATH and its installed files."""

    def __init__(self, releases):
        self.github = {'github.action_path': str(ROOT),
                       'github.action_repository': 'owner/edgediff',
                       'github.server_url': releases}
        self.runner = {'RUNNER_OS': 'Linux', 'RUNNER_ARCH': 'X64'}
        self.path = []
        self.summary = self.log = ''
        pathlib.Path('runner').mkdir()

    def run(self, check=True, env=(), **inputs):
        """Runs the action in a step; its outputs, or None if it failed."""
        action = load(ACTION)
        contexts = dict(self.github)
        for name, one in action['inputs'].items():
            contexts[f'inputs.{name}'] = inputs.pop(
                name.replace('-', '_'), one['default'])
        assert not inputs
        self.log, good = '', True
        for name in action['outputs']:
            contexts[f'steps.run.outputs.{name}'] = ''
        for step in action['runs']['steps']:
            if good and ('if' not in step or value(step['if'], contexts)):
                good = self.step(step, contexts, dict(env))
        assert good or not check, self.log
        outputs = {name: expand(one['value'], contexts)
                   for name, one in action['outputs'].items()}
        return outputs if good or outputs['status'] else None

    def step(self, step, contexts, env):
        files = {name: os.path.abspath(name)
                 for name in ('GITHUB_OUTPUT', 'GITHUB_PATH',
                              'GITHUB_STEP_SUMMARY')}
        for path in files.values():
            pathlib.Path(path).write_text('', 'utf-8')
        more = {name: os.environ[name] for name in BUILDS_WITH
                if name in os.environ}
        path = ':'.join([*reversed(self.path), os.environ['PATH']])
        assert step['shell'] == 'bash'
        done = subprocess.run(
            ['bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c',
             step['run']], check=False, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment(
                os.getcwd(), RUNNER_TEMP=os.path.abspath('runner'),
                GITHUB_ACTIONS='true', **self.runner, **files, **more, **env,
                **{name: expand(text, contexts)
                   for name, text in step['env'].items()}) | {'PATH': path})
        self.log += done.stdout
        self.path += read('GITHUB_PATH').splitlines()
        self.summary += read('GITHUB_STEP_SUMMARY')
        for line in read('GITHUB_OUTPUT').splitlines():
            name, _, text = line.partition('=')
            contexts[f'steps.{step.get("id")}.outputs.{name}'] = text
        return done.returncode == 0


def read(path):
    return pathlib.Path(path).read_text('utf-8')


@pytest.fixture
def releases(folder):
    """A server with one release, whose program is the one under test."""
    there = folder / f'served/owner/edgediff/releases/download/v{VERSION}'
    there.mkdir(parents=True)
    (folder / NAME / 'bin').mkdir(parents=True)
    shutil.copy(edgediff(), folder / NAME / 'bin/edgediff')
    subprocess.run(['tar', '-czf', there / f'{NAME}.tar.gz', NAME], check=True)
    sums = hashlib.sha256((there / f'{NAME}.tar.gz').read_bytes()).hexdigest()
    (there / 'SHA256SUMS').write_text(
        f'{"0" * 64}  edgediff-{VERSION}-linux-arm64.tar.gz\n'
        f'{sums}  {NAME}.tar.gz\n', 'ascii')

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            requests.append(self.path)
    requests = []
    server = http.server.ThreadingHTTPServer(
        ('127.0.0.1', 0), functools.partial(Handler, directory='served'))
    server.there, server.requests = there, requests
    server.url = f'http://127.0.0.1:{server.server_port}'
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_deployment(releases, server):
    tree('public', {'index.html': 'one', 'a.html': 'a', 'b.html': 'b'})
    job = Job(releases.url)
    common = {'build': 'public', 'distribution_id': 'E1',
              'baseline': 'state/site baseline',
              'args': f'--endpoint-url {server.url}'}
    env = {'AWS_CONFIG_FILE': '/dev/null'}
    job.run(env=env, command='announce', build='public',
            distribution_id='E1', baseline='state/site baseline')
    first = job.run(env=env, **common)
    assert first['result'] == 'accepted' and first['status'] == '0'
    assert first['invalidation-id'] and first['caller-reference']
    tree('public', {'index.html': 'two'})
    job.summary = ''
    second = job.run(env=env, **common)
    assert (second['changed'], second['items']) == ('1', '2'), second
    assert '/index.html' in job.summary
    again = job.run(env=env, **common | {'report': 'false'})
    assert again['result'] == 'nothing to do' and not again['invalidation-id']
    assert len(server.created()) == 2
    # downloaded once for the whole job
    assert len(releases.requests) == 2, releases.requests


def test_an_upload_that_is_not_complete(releases, server, store):
    """Nothing is sent, unless the workflow says that nobody is to look."""
    tree('public', {'index.html': 'one'})
    job = Job(releases.url)
    env = {'AWS_ENDPOINT_URL_S3': store.url}
    common = {'build': 'public', 'distribution_id': 'E1-S3REST',
              'baseline': 'b', 'env': env, 'args':
              f'--endpoint-url {server.url} --check-wait 0'}
    assert job.run(check=False, **common)['status'] == '1'
    assert 's3://rest-site does not hold this build' in job.log
    assert '::error' in job.log and not server.created()
    assert job.run(check_upload='s3://other', **common,
                   check=False)['status'] == '1'
    assert 's3://other does not hold' in job.log
    store.upload('public', 'rest-site')
    assert job.run(**common)['result'] == 'accepted'
    tree('public', {'index.html': 'two'})
    before = len(store.log())
    assert job.run(check_upload='', **common)['result'] == 'accepted'
    tree('public', {'index.html': 'three'})
    assert job.run(check_upload='off', **common)['result'] == 'accepted'
    tree('public', {'index.html': 'four'})
    common['args'] += ' --check-upload off'  # counts before the input
    assert job.run(**common)['result'] == 'accepted'
    assert len(store.log()) == before and len(server.created()) == 4


def test_words_of_args(releases, server):
    tree('public', {'index.html': 'one', 'a b.html': 'a', "it's.html": 'b'})
    job = Job(releases.url)
    done = job.run(
        build='public', distribution_id='E1', args='--dry-run\n'
        '--exclude "a b.html"\n  --exclude "it\'s*" --baseline $HOME/x\\ y\n'
        f'--endpoint-url {server.url}\n')
    assert done['result'] == 'dry run' and done['added'] == '1', job.log
    assert not server.created()
    assert job.run(build='public', args='"', check=False) is None
    assert 'a quote is not closed' in job.log
    # an input is never read as shell
    assert job.run(build='$(touch bad)', args='`touch bad` ; touch bad',
                   check=False)['status'] == '2'
    assert not os.path.exists('bad')


def test_a_failure_is_the_steps(releases):
    tree('public', {'index.html': 'one'})
    job = Job(releases.url)
    done = job.run(build='missing', distribution_id='E1',
                   check=False)
    assert done['status'] == '1' and '::error title=edgediff::' in job.log
    assert not done['result']


def test_only_installed(releases):
    job = Job(releases.url)
    assert job.run()['status'] == ''
    program, = job.path
    assert os.access(f'{program}/edgediff', os.X_OK)
    assert f'edgediff {VERSION}' in job.log


def test_what_cannot_be_installed(releases):
    def refused(*words, **inputs):
        job.path = []
        shutil.rmtree('runner')
        os.mkdir('runner')
        assert job.run(check=False, **inputs) is None
        assert all(word in job.log for word in words), job.log
        assert not job.path
    job = Job(releases.url)
    refused('cannot download', '9.9.9', version='9.9.9')
    refused('version', version='../../x')
    refused("neither release nor build", install='brew')
    refused("the action's own version", install='build', version='9.9.9')
    job.github['github.action_repository'] = ''
    refused('repository:')
    job.github['github.action_repository'] = 'owner/edgediff'
    job.runner['RUNNER_OS'] = 'macOS'
    refused('no release for macOS', 'install: build')
    job.runner['RUNNER_OS'] = 'Linux'
    archive = releases.there / f'{NAME}.tar.gz'
    archive.write_bytes(archive.read_bytes() + b'\0')
    refused('is not the file of which SHA256SUMS speaks')
    (releases.there / 'SHA256SUMS').write_text('', 'ascii')
    refused('is not the file of which SHA256SUMS speaks')


def test_built_from_its_own_checkout(releases):
    tree('public', {'index.html': 'one'})
    job = Job(releases.url)
    job.run(install='build', command='manifest', build='public',
            repository='')
    assert 'index.html' in job.log and not releases.requests
