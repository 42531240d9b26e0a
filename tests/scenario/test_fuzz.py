"""Fuzz targets, without libFuzzer: the seeds, and every input that once failed."""
import os
import subprocess

import pytest

from support import ROOT
from support.environment import environment
from support.patience import limit

FUZZ = ROOT / 'tests/fuzz'
TARGETS = sorted(path.stem for path in FUZZ.glob('*.c')
                 if path.stem != 'driver')


def inputs(name):
    return [folder / name for folder in (FUZZ / 'seeds', FUZZ / 'found')
            if (folder / name).is_dir()]


def run(name, *paths):
    return subprocess.run(
        [ROOT / 'out/sanitize/tests/fuzz' / name, *paths],
        env=environment(os.getcwd()), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors='backslashreplace', timeout=limit(50), check=False)


@pytest.mark.parametrize('name', TARGETS)
def test_seeds_and_what_once_failed(name):
    folders = inputs(name)
    count = sum(len(list(folder.iterdir())) for folder in folders)
    done = run(name, *folders)
    assert done.returncode == 0, done.stdout
    assert count >= 2 and len(done.stdout.splitlines()) == count, done.stdout


def test_every_target_has_seeds_and_a_dictionary():
    for folder in 'seeds', 'dictionaries':
        assert sorted(path.name for path in (FUZZ / folder).iterdir()) == \
            TARGETS, folder
    assert {path.name for path in (FUZZ / 'found').iterdir()} <= set(TARGETS)


def test_a_file_that_cannot_be_read_fails():
    assert run('glob', 'missing').returncode != 0
