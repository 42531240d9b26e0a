"""The tests notice mistakes that are made on purpose: a part of
`ninja check-holes`, and what `ninja check-mutants` would try."""
import re

import pytest

from support import run_script


@pytest.mark.timeout(180)
def test_a_hole_in_the_protocol():
    out = run_script('mutation/holes', 'sets', EDGEDIFF=None)
    assert 'found within' in out


def test_mutations():
    one, other, third = (
        run_script('mutation/mutants', '--list', '--count', 50, '--seed', seed)
        for seed in (1, 1, 2))
    assert one == other != third
    for line in one.splitlines():
        assert re.match(r'(deploy|diff|manifest)/\w+\.c:\d+: .+ -> ', line)
