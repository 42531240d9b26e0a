"""Real published sites."""
import os
import pathlib
import shutil
import subprocess
import unittest

from support.environment import CALLER, ROOT


def sites(name):
    """The folder with the versions of a real published site.

    $EDGEDIFF_SITES names a folder that has them; otherwise npm fetches them.
    """
    given = os.environ.get('EDGEDIFF_SITES')
    if given:
        folder = pathlib.Path(given) / name
        if folder.is_dir():
            return folder
    script = ROOT / '../shared/real-sites/fetch'
    if not script.exists():
        raise unittest.SkipTest('real sites: set EDGEDIFF_SITES to a folder that has them')
    if not shutil.which('npm'):
        raise unittest.SkipTest('real sites: npm is not installed')
    folder = ROOT / 'out/sites'
    done = subprocess.run([str(script), str(folder), name],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False, env=CALLER)
    if done.returncode != 0:
        raise unittest.SkipTest(f'real sites: npm could not fetch {name}')
    return folder / name
