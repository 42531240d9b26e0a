"""32-bit systems are refused when compiling, with the reason."""
import os
import shlex
import subprocess

from support import ROOT

CC = shlex.split(os.environ.get('CC', 'cc'))


def compiled(*options):
    return subprocess.run(
        [*CC, *options, '-std=c11', '-fsyntax-only', '-xc',
         ROOT / 'manifest/platform.h'], stderr=subprocess.PIPE, text=True,
        check=False)


def test_32_bit_systems_are_refused():
    refused = compiled('-m32')
    assert refused.returncode != 0
    assert 'edgediff needs a 64-bit system' in refused.stderr
    assert compiled().returncode == 0


def test_every_object_and_cache_is_checked():
    for name in ('object.h', 'cache_file.h'):
        assert '#include "manifest/platform.h"' in (
            ROOT / 'manifest' / name).read_text()


def test_the_package_names_64_bit_systems():
    control = (ROOT / 'debian/control').read_text()
    line = next(line for line in control.splitlines()
                if line.startswith('Architecture:'))
    names = line.split()[1:]
    assert {'amd64', 'arm64', 's390x'} <= set(names)
    assert not {'any', 'i386', 'armhf', 'armel', 'mipsel'} & set(names)
    assert '64-bit' in (ROOT / 'docs/install.md').read_text()
