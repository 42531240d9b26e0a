"""The sweep of many runs at once, in a short form, for each store."""
import os
import subprocess

import harness


def race(*args):
    given = {'EDGEDIFF': os.environ.get('EDGEDIFF')}
    done = subprocess.run(
        [str(harness.ROOT / 'tests/sweep' / 'race'), *map(str, args)],
        env=harness.environment(os.getcwd(), TMPDIR=os.getcwd(), **given),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, check=False, text=True)
    if done.returncode == harness.SKIPPED:
        raise harness.Skip(done.stdout.strip())
    assert done.returncode == 0, done.stdout


@harness.limit(120)
def test_file():
    race('--store', 'file', '--processes', 8, '--rounds', 5)


@harness.limit(120)
def test_s3():
    race('--store', 's3', '--processes', 8, '--rounds', 5)


@harness.limit(240)
def test_radosgw():
    race('--store', 'radosgw', '--rounds', 10)
