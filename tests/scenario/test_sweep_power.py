"""The sweep of losses of power, in a short form."""
import pytest

from support import run_script


@pytest.mark.timeout(180)
def test_power():
    """It proves by itself that it would see a loss."""
    run_script('sweep/power', '--sample', 4)
