"""Sequences of steps that once left a stale URL: each is replayed."""
import pytest

from support import ROOT, run_script, skip_under_thread_sanitizer

FOLDER = ROOT / 'tests' / 'sweep/sequences'
SEQUENCES = sorted(path.stem for path in FOLDER.glob('*.steps'))
# Those that the program still fails.
FAILING = {
    'added_after_absent', 'failed_early', 'lost_answer', 'refused_for_good',
    'refused_then_none', 'replayed', 'restored_baseline', 'restored_twice',
    'settled_then_refused', 'two_baselines', 'two_copies', 'two_prefixes',
    'within_a_minute'}


@pytest.mark.parametrize('store', ['file', 's3'])
@pytest.mark.parametrize('name', [
    pytest.param(name, marks=pytest.mark.xfail(strict=True))
    if name in FAILING else name for name in SEQUENCES])
def test_replay(name, store):
    skip_under_thread_sanitizer()
    run_script('sweep/simulate', '--store', store, '--replay',
               FOLDER / f'{name}.steps', EDGEDIFF=None)
