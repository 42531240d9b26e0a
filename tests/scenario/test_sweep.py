"""The sweeps run, each in a sample; `ninja check-sweeps` runs them whole."""
import shutil
import subprocess

import pytest

from support import run_script, skip_under_thread_sanitizer

LIMITED = 'sweep/limited'  # what sweep/limits is made of


def need_strace():
    if not shutil.which('strace'):
        pytest.skip('strace is not installed')
    done = subprocess.run(
        ['strace', '-f', '-o', '/dev/null', 'true'], check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or ['it fails']
        pytest.skip(f'strace cannot trace here: {said[-1]}')


@pytest.mark.timeout(360)
def test_crash():
    need_strace()
    run_script('sweep/crash', '--sample', 20, '--jobs', 1)


@pytest.mark.timeout(180)
def test_errors():
    skip_under_thread_sanitizer()
    need_strace()
    run_script('sweep/errors', '--sample', 60, '--jobs', 1)


@pytest.mark.timeout(180)
def test_cut():
    run_script('sweep/cut', '--sample', 40, '--jobs', 1)


@pytest.mark.timeout(180)
def test_failed_allocations():
    skip_under_thread_sanitizer()
    run_script('sweep/allocations', '--sample', 4, '--jobs', 1,
               'manifest-zip-3', 'plan', 'diff', 'next')


@pytest.mark.timeout(180)
def test_limits():
    skip_under_thread_sanitizer()
    run_script('sweep/limits', '--sample', 3, '--jobs', 1,
               'manifest', 'plan', 'next')
