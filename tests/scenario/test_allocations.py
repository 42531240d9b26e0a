"""Too little memory, too small a stack: an error that says so, and no crash."""
import os
import pathlib
import re
import resource
import shlex
import subprocess
import zipfile

import pytest

from support import ROOT, Server, tree
from support.environment import environment

PROGRAM = ROOT / 'out/release/edgediff'  # sanitizers have a malloc of their own

# each kind of node, and each function that allocates
QUERIES = (
    "InvalidationList.Items[?Status=='Completed' && !Nope || `[1.5]`].{a: Id, "
    "\"b\": [*.x, @[0], @[::-1], `{\"c\": null}`, `bare`]} | [] | [*].a",
    "[map(&[@], `[1]`), sort(`[2, 10]`), sort_by(`[{\"a\": 1}]`, &a), "
    "max_by(`[{\"a\": 1}]`, &a), reverse('ab'), reverse(`[1, 2]`), "
    "merge(`{\"a\": 1}`, `[\"bc\"]`), keys(@), values(@), to_array('a')]",
    "[join('-', `[\"a\", \"b\"]`), to_string(@), to_number('1.5'), type(@), "
    "sum(`[9, 99999999999999999999, 0.5]`), avg(`[1]`), ceil(`1.5`), "
    "length('é'), contains('a', 'b'), 'a' < 'b']",
)


@pytest.fixture(name='library', scope='module')
def compile_library(tmp_path_factory):
    path = tmp_path_factory.mktemp('malloc') / 'failing_malloc.so'
    subprocess.run([*shlex.split(os.environ.get('CC', 'cc')), '-shared',
                    '-fPIC', '-O1', '-o', path,
                    ROOT / 'tests' / 'sweep/failing_malloc.c'], check=True)
    return path


def call(args, limit=None, **env):
    return subprocess.run(
        [PROGRAM, *args], env=environment(os.getcwd(), **env),
        capture_output=True, text=True, timeout=60, check=False,
        preexec_fn=limit)


def lines(args, text):
    """Without the times, IDs and random numbers of a deployment."""
    if args[0] not in ('plan', 'manifest'):
        text = re.sub(r'[0-9a-f]{8,}|\d+', '0', text)
    return text.split('\n')


def same_output(args, got, whole):
    got, whole = lines(args, got), lines(args, whole)
    return len(got) == len(whole) and all(
        one == other or '(name)' in one for one, other in zip(got, whole))


def without_code(text):
    """A message in one form: without the settings, the newer one isn't known."""
    return re.sub(r'An error occurred \(\w+\): ', '', text)


def sweep(library, args, same):
    """Fail each allocation in turn; `same` are statuses that mean success."""
    whole = call(args)
    call(args, LD_PRELOAD=str(library), FAIL_COUNT='count')
    count = int(pathlib.Path('count').read_text())
    assert count > 3
    for number in range(1, count + 1):
        pathlib.Path('baseline').unlink(missing_ok=True)
        done = call(args, LD_PRELOAD=str(library), FAIL_AT=str(number),
                    MALLOC_PERTURB_='85')
        about = (args, number, done)
        assert done.returncode >= 0, about
        if done.returncode in same:
            assert same_output(args, done.stdout, whole.stdout), about
        else:
            assert 'memory' in done.stderr or \
                (whole.returncode and without_code(done.stderr) ==
                 without_code(whole.stderr)), about


def known(url):
    """A baseline that knows of other values, since a batch was refused."""
    for build, more, status in (('a', ['--first-run', 'none'], 0),
                                ('b', [], 1)):
        done = call(['invalidate', build, '--distribution-id', 'EDENIED1',
                     '--endpoint-url', url, '--baseline', 'known', *more])
        assert done.returncode == status, done
    assert '\nvalues 2\n' in pathlib.Path('known').read_text('utf-8')


def test_allocations_that_fail(library):
    tree('.', {'a/é.html': '1', 'b/é.html': '2', 'b/x.html': '1'})
    subprocess.run(['tar', '-czf', 'b.tgz', '-C', 'b', '.'], check=True)
    with Server() as server:
        far = ('--distribution-id', 'E', '--endpoint-url', server.url)
        sweep(library, ['plan', 'a', 'b', '--explain', '/é.html'], {0})
        sweep(library, ['plan', 'a', 'b', '--explain', '/index.html',
                        '--fallback', 'b/x.html'], {0})
        sweep(library, ['plan', 'a', 'b'], {0})
        sweep(library, ['plan', 'a', 'b', '--report', 'report.html'], {0})
        sweep(library, ['plan', 'a', 'b', '--report', 'report.md'], {0})
        sweep(library, ['manifest', 'b.tgz', '--jobs', '1'], {0})
        sweep(library, ['create-invalidation', '--endpoint-url', server.url],
              set())
        sweep(library, ['create-invalidation', *far, '--paths', '/a'], {0})
        sweep(library, ['list-invalidations', *far], {0})
        for query in QUERIES:
            sweep(library, ['list-invalidations', *far, '--query', query,
                            '--output', 'text'], {0})
        for output in 'table', 'yaml', 'yaml-stream':
            sweep(library, ['list-invalidations', *far, '--output', output,
                            '--query', '[[@, {a: `1`, "É": `[[1.5]]`}]]'], {0})
            sweep(library, ['list-invalidations', *far, '--output', output],
                  {0})
        sweep(library, ['list-invalidations', *far, '--query', 'a `"x" b'],
              set())
        sweep(library, ['list-invalidations', *far, '--max-items', '1',
                        '--starting-token', 'x___1'], {0})
        sweep(library, ['create-invalidation', *far, '--paths', 'file://path'],
              set())
        sweep(library, ['invalidate', 'b', *far, '--baseline', 'baseline'],
              {0})
        known(server.url)
        sweep(library, ['status', '--baseline', 'known'], {0})
        sweep(library, ['invalidate', 'a', '--dry-run', '--distribution-id',
                        'EDENIED1', '--baseline', 'known'], {0})


def test_small_stack():
    def limit():
        resource.setrlimit(resource.RLIMIT_STACK, (64 * 1024, 64 * 1024))

    tree('.', {'a/x': '1', 'b/x': '2', 'b/' + 'é' * 120: '1'})
    subprocess.run(['tar', '-czf', 'b.tgz', 'b'], check=True)
    with zipfile.ZipFile('a.zip', 'w', zipfile.ZIP_DEFLATED) as file:
        file.write('a/x')
    for args in (['plan', 'a', 'b'], ['manifest', 'a', '--jobs', '4'],
                 ['manifest', 'b.tgz'], ['diff', 'a', 'b.tgz'],
                 ['plan', 'a.zip', 'b.tgz']):
        done = call(args, limit)
        assert done.returncode == 0 and done.stdout == call(args).stdout, done
