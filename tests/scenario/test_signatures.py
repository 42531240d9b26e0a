"""Signatures are those of botocore, on random requests."""
import pytest

from support import ROOT, run_script

CASES = 3000


@pytest.mark.timeout(120)
def test_random_requests():
    """In Python and, if it is built, by the code of edgediff."""
    peer = ROOT / 'out/sanitize/tests/sign_peer'
    run_script('signatures.py', CASES, *([peer] if peer.exists() else []))
