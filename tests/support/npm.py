"""What tests take from npm, once: it stays in out/npm."""
import contextlib
import fcntl
import functools
import os
import shutil
import subprocess
import tarfile

import pytest

from support.environment import CALLER, ROOT
from support.patience import limit


def npm_package(package, part=''):
    """The folder with the files of one package, without what it depends on:
    those whose path contains `part`."""
    with folder_of(package) as folder:
        if not (folder / 'package').is_dir():
            npm('pack', '--pack-destination', str(folder), package)
            for archive in folder.glob('*.tgz'):
                with tarfile.open(archive) as tar:
                    tar.extractall(f'{folder}/new', [
                        member for member in tar if part in member.name])
                archive.unlink()
            os.rename(folder / 'new/package', folder / 'package')
    return folder / 'package'


def npm_modules(package, *more):
    """The node_modules of a package and more of them, with what they depend
    on."""
    with folder_of(package) as folder:
        installed, packages = folder / 'installed', ' '.join([package, *more])
        if not installed.exists() or installed.read_text() != packages:
            npm('install', '--no-audit', '--no-fund', '--prefix', str(folder),
                package, *more)
            installed.write_text(packages)
    return folder / 'node_modules'


@contextlib.contextmanager
def folder_of(package):
    """Its folder, which no other test fills in the meantime."""
    folder = ROOT / 'out/npm' / package.replace('/', '-')
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / 'lock', 'w', encoding='ascii') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def npm(*args):
    """Runs it, or skips the test."""
    for program in ('npm', 'node'):
        if not shutil.which(program):
            pytest.skip(f'{program} is not installed')
    reason = failure_of(args)
    if reason:
        pytest.skip(f'npm {reason}: {args[-1]}')


@functools.cache  # what has failed is not tried again
def failure_of(args):
    """What became of it, or None. It has its settings from the caller's HOME."""
    try:
        done = subprocess.run(
            ['npm', *args, '--silent', '--fetch-retries=0'], env=CALLER,
            timeout=limit(90), check=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return 'does not answer'
    return 'could not fetch it' if done.returncode != 0 else None
