"""The sweep of losses of power, in a short form."""
import os
import subprocess

import harness


@harness.limit(180)
def test_power():
    """It proves by itself that it would see a loss."""
    given = {'EDGEDIFF': os.environ.get('EDGEDIFF')}
    done = subprocess.run(
        [str(harness.ROOT / 'tests/sweep' / 'power'), '--sample', '4'],
        env=harness.environment(os.getcwd(), TMPDIR=os.getcwd(), **given),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, check=False, text=True)
    if done.returncode == harness.SKIPPED:
        raise harness.Skip(done.stdout.strip())
    assert done.returncode == 0, done.stdout
