"""The stand-in commands do what the AWS CLI does, on many command lines."""
import pytest

from support import run_script


@pytest.mark.timeout(600)
def test_aws():
    run_script('differential/compare')
