"""The simulation, in a short form; `ninja check-simulation` runs it whole."""
import pytest

from support import run_script

PROGRAM = 'sweep/simulate'
PARTS = 'sweep/simulation'  # of which it is made


@pytest.mark.timeout(240)
@pytest.mark.parametrize('store', ['file', 's3'])
def test_store(store):
    out = run_script(PROGRAM, '--store', store, '--steps', 500, '--jobs', 1,
                     EDGEDIFF=None)
    assert ' 0 violations' in out


@pytest.mark.timeout(120)
def test_self():
    out = run_script(PROGRAM, '--self-test', '--store', 'file', EDGEDIFF=None)
    assert 'stale' in out
