"""The stand-in commands do what the AWS CLI does, on many command lines.

A third of them; `ninja differential` compares all.
"""
import pytest

from support import run_script


@pytest.mark.timeout(600)
def test_aws():
    run_script('differential/compare', '--part', '1/3')


@pytest.mark.timeout(600)
def test_errors_of_a_newer_aws():
    """In each form, as that aws has them which 'differential/newer' unpacks."""
    run_script('differential/compare', '--newer', 'error json', 'error text')
