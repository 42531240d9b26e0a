"""Sequences of steps that once left a stale URL: each is replayed."""
import pytest

from support import ROOT, run_script

FOLDER = ROOT / 'tests' / 'sweep/sequences'
SEQUENCES = sorted(path.stem for path in FOLDER.glob('*.steps'))


@pytest.mark.parametrize('store', ['file', 's3'])
@pytest.mark.parametrize('name', SEQUENCES)
def test_replay(name, store):
    run_script('sweep/simulate', '--store', store, '--replay',
               FOLDER / f'{name}.steps', EDGEDIFF=None)
