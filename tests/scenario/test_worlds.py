"""The oracle, in a short form; `ninja check-worlds` runs it whole."""
import re

import pytest

from support import ROOT, run_script

PROGRAM = 'sweep/worlds'
PARTS = 'sweep/oracle'  # of which it is made
KEPT = sorted((ROOT / 'tests/sweep/oracle/kept').glob('*.json'))


@pytest.mark.timeout(240)
def test_no_world_has_old_bytes():
    out = run_script(PROGRAM, '--worlds', 300, '--jobs', 1, EDGEDIFF=None)
    assert '; 0 worlds failed' in out


@pytest.mark.timeout(240)
def test_a_lost_item_is_noticed():
    out = run_script(PROGRAM, '--drop', '--worlds', 60, '--jobs', 1,
                     EDGEDIFF=None)
    found, needed, missed = map(int, re.search(
        r'found in (\d+) worlds.* in (\d+), of which (\d+)', out).groups())
    assert found > 10 and needed > 5 and not missed


@pytest.mark.parametrize('path', KEPT, ids=lambda path: path.stem)
def test_what_was_wrong_once(path):
    run_script(PROGRAM, '--replay', path, EDGEDIFF=None)
