"""The simulation notices what is taken out; `ninja check-holes` takes out all."""
import pytest

from support import run_script



@pytest.mark.timeout(180)
def test_a_hole_in_the_protocol():
    out = run_script('mutation/holes', 'sets', EDGEDIFF=None)
    assert 'found within' in out
