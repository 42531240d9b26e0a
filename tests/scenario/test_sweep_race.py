"""The sweep of many runs at once, in a short form, for each store."""
import pytest

from support import run_script


@pytest.mark.timeout(120)
@pytest.mark.parametrize('store', ['file', 's3'])
def test_store(store):
    run_script('sweep/race', '--store', store, '--processes', 8, '--rounds', 5)


@pytest.mark.timeout(240)
def test_radosgw():
    run_script('sweep/race', '--store', 'radosgw', '--rounds', 10)
