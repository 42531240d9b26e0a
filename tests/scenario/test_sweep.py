"""The sweeps run, each in a sample; `ninja check-sweeps` runs them whole."""
import os
import shutil
import subprocess

import harness


def sweep(name, *args):
    given = {key: os.environ[key] for key in ('EDGEDIFF',)
             if key in os.environ}
    done = subprocess.run(
        [str(harness.ROOT / 'tests/sweep' / name), *map(str, args)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, check=False, text=True,
        env=dict(harness.environment(os.getcwd()), TMPDIR=os.getcwd(),
                 **given))
    assert done.returncode == 0, done.stdout


def need_strace():
    if not shutil.which('strace'):
        raise harness.Skip('strace is not installed')
    done = subprocess.run(
        ['strace', '-f', '-o', '/dev/null', 'true'], check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or ['it fails']
        raise harness.Skip(f'strace cannot trace here: {said[-1]}')


@harness.limit(180)
def test_crash():
    need_strace()
    sweep('crash', '--sample', 10, '--jobs', 1)


@harness.limit(180)
def test_errors():
    harness.skip_under_thread_sanitizer()
    need_strace()
    sweep('errors', '--sample', 60, '--jobs', 1)


@harness.limit(180)
def test_cut():
    sweep('cut', '--sample', 40, '--jobs', 1)
