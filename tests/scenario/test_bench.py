"""The benchmarks run, in a short form: what they print is not judged."""
import shutil

import pytest

from support import run_script, sites


def bench(path, *args):
    """With the program that is built for use, whatever is tested."""
    printed = run_script(path, *args, EDGEDIFF=None)
    assert '|' in printed, printed


def test_plan():
    bench('bench/plan', '--quick', '--runs', 1)


@pytest.mark.timeout(240)
def test_sites():
    """Also: no peer's plan that keeps the limits is better than ours."""
    bench('bench/sites', sites('mathjax').parent)


@pytest.mark.timeout(240)
def test_distributions():
    bench('bench/distributions', sites('mathjax').parent, '--site', 'mathjax')


def test_pictures():
    if not shutil.which('chromium'):
        pytest.skip('chromium is not installed')
    run_script('bench/pictures', '.', EDGEDIFF=None,
               EDGEDIFF_SITES=str(sites('monaco-editor').parent))
    for name in ('report-light.png', 'report-dark.png'):
        with open(name, 'rb') as picture:
            assert picture.read(4) == b'\x89PNG'


def test_start():
    bench('bench/start', '--quick')


@pytest.mark.timeout(240)
def test_speed():
    if not shutil.which('hyperfine'):
        pytest.skip('hyperfine is not installed')
    bench('bench/speed', '--scale', 0.001, '--rounds', 1, '--all')


def test_verify():
    """Also: it asks for the same as curl, and all of it is fresh."""
    bench('bench/verify', '--quick', '--rounds', 1)


def test_speed_in_docs():
    """The page shows what was measured last."""
    run_script('bench/speed', '--check')
