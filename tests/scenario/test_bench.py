"""The benchmarks run, in a short form: what they print is not judged."""
import os
import shutil
import subprocess

import harness


def bench(name, *args):
    done = subprocess.run(
        [str(harness.ROOT / 'tests/bench' / name), *map(str, args)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, check=False, text=True,
        env=dict(harness.environment(os.getcwd()), TMPDIR=os.getcwd()))
    assert done.returncode == 0, done.stdout
    assert '|' in done.stdout, done.stdout


def test_plan():
    bench('plan', '--quick', '--runs', 1)


@harness.limit(240)
def test_sites():
    """Also: no peer's plan that keeps the limits is better than ours."""
    bench('sites', harness.sites('mathjax').parent)


def test_start():
    bench('start', '--quick')


@harness.limit(240)
def test_speed():
    if not shutil.which('hyperfine'):
        raise harness.Skip('hyperfine is not installed')
    bench('speed', '--scale', 0.001, '--rounds', 1, '--all')


def test_speed_in_readme():
    """The README shows what was measured last."""
    subprocess.run([str(harness.ROOT / 'tests/bench/speed'), '--check'],
                   check=True)
