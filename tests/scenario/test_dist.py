"""What a release consists of: `ninja dist` makes it, and tests are skipped for what
is not built. `ninja check-dist` builds it and runs them all."""
import ast
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import tarfile

import pytest

from support import ROOT, Server, environment, run, tar, tree, zip_archive

DIST = ROOT / 'out/dist'
VERSION = re.search(r'VERSION "(.*)"', (
    ROOT / 'base/version.h').read_text('ascii'))[1]
# Debian's and QEMU's names of architectures, and what `file` calls them.
QEMU = {'arm64': 'aarch64', 's390x': 's390x'}


def static(arch):
    program = ROOT / 'out/static' / arch / 'edgediff'
    if not program.exists():
        pytest.skip(f'not built: cmd/static/build {arch}')
    return program


def need(*programs):
    for program in programs:
        if not shutil.which(program):
            pytest.skip(f'{program} is not installed')


def shell(*args, cwd='.', **env):
    done = subprocess.run(
        args, cwd=cwd, env=environment(os.getcwd(), **env), text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, check=False)
    assert done.returncode == 0, f'{args}\n{done.stdout}'
    return done.stdout


# ------------------------------------------------------------- the archives

def stand_in(folder):
    """A tree with all that cmd/static/pack reads, but with another program."""
    for name in ('cmd', 'debian', 'docs', 'samples'):
        shutil.copytree(ROOT / name, folder / name)
    for name in ('README.md', 'SECURITY.md', 'LICENSE', 'CHANGELOG.md',
                 'base/version.h'):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    for name in ('man', 'completions'):
        shutil.copytree(ROOT / 'out' / name, folder / 'out' / name,
                        symlinks=True)
    made = folder / 'out/static/amd64'
    tree(made, {'edgediff': 'program', 'libraries/packages': 'curl 1\n',
                'libraries/licenses/curl': 'licence\n'})
    return folder


def test_archives_are_reproducible():
    need('dpkg-parsechangelog')
    one = stand_in(pathlib.Path('one'))
    other = stand_in(pathlib.Path('another/folder'))
    for path in other.rglob('*'):
        if not path.is_symlink():
            os.utime(path, (1, 1))
            path.chmod(path.stat().st_mode & 0o700)
    name = f'edgediff-{VERSION}-linux-amd64.tar.gz'

    def pack(folder, umask, **env):
        shell('sh', '-c', f'umask {umask}; exec cmd/static/pack amd64 dist',
              cwd=folder, **env)
        return (folder / 'dist' / name).read_bytes()

    first = pack(one, '022')
    assert first == pack(other, '077', TZ='Asia/Tokyo', USER='other')
    later = pack(one, '022', SOURCE_DATE_EPOCH='1700000000')
    assert first != later
    with tarfile.open(one / 'dist' / name) as archive:
        assert {member.mtime for member in archive} == {1700000000}
        modes = {member.mode for member in archive if not member.issym()}
        assert modes == {0o755, 0o644}
        assert {(member.uid, member.gid, member.uname)
                for member in archive} == {(0, 0, '')}
        for inside in ('bin/edgediff', 'share/man/man1/edgediff.1',
                       'share/zsh/site-functions/_edgediff',
                       'share/doc/edgediff/LICENSE',
                       'share/doc/edgediff/licenses/curl',
                       'share/doc/edgediff/examples/upload',
                       'share/doc/edgediff/licenses/PACKAGES'):
            assert f'{name[:-7]}/{inside}' in archive.getnames(), inside


def test_static_has_every_folder():
    def folders(name):
        return set(re.findall('^include (.*)/edges.ninja$', (
            ROOT / name).read_text('ascii'), re.M))
    assert folders('cmd/static/static.ninja') == folders(
        'cmd/release.ninja') - {'tests'}


def test_no_mirror_is_named():
    for script in (ROOT / 'cmd/static').iterdir():
        assert '://' not in script.read_text('ascii'), script


@pytest.mark.parametrize('arch', ['amd64', 'arm64'])
def test_release(arch):
    if not (DIST / 'SHA256SUMS').exists():
        pytest.skip('not built: ninja dist')
    need('readelf')
    sums = dict(reversed(line.split()) for line in (
        DIST / 'SHA256SUMS').read_text('ascii').splitlines())
    assert set(sums) == {path.name for path in DIST.iterdir()} - {'SHA256SUMS'}
    name = f'edgediff-{VERSION}-linux-{arch}'
    archive = DIST / f'{name}.tar.gz'
    assert sums[archive.name] == hashlib.sha256(
        archive.read_bytes()).hexdigest()
    shutil.unpack_archive(archive, '.')
    program = f'{name}/bin/edgediff'
    assert 'NEEDED' not in shell('readelf', '-dW', program)
    assert 'INTERP' not in shell('readelf', '-lW', program)
    assert 'GNU_RELRO' in shell('readelf', '-lW', program)
    assert 'BIND_NOW' in shell('readelf', '-dW', program)
    machine = {'amd64': 'X86-64', 'arm64': 'AArch64'}[arch]
    assert machine in shell('readelf', '-hW', program)
    assert str(ROOT).encode() not in pathlib.Path(program).read_bytes()
    folder = pathlib.Path(name, 'share/doc/edgediff/licenses')
    packages = {line.split()[0] for line in (
        folder / 'PACKAGES').read_text('ascii').splitlines()}
    licenses = {path.name for path in folder.iterdir()}
    assert {'libc6-dev', 'libssl-dev', 'curl', 'libxml2'} <= packages
    assert packages | {'libgcc', 'ca-certificates', 'LGPL-2.1',
                       'Apache-2.0'} <= licenses


def test_the_lines_that_install_a_release():
    if not (DIST / 'SHA256SUMS').exists():
        pytest.skip('not built: ninja dist')
    page = (ROOT / 'docs/install.md').read_text('utf-8')
    lines = re.search(r'^    (sha256sum .*)\n    sudo (tar .*)', page, re.M)
    os.mkdir('local')
    for line in lines.groups():
        assert 'edgediff' not in line or f'-{VERSION}-' in line
        shell('sh', '-c', line.replace('/usr/local', f'{os.getcwd()}/local'),
              cwd=DIST)
    assert (pathlib.Path('local/share/man/man1/edgediff.1')).exists()
    if os.uname().machine == 'x86_64':
        assert shell('local/bin/edgediff', '--version').startswith(
            f'edgediff {VERSION}\n')


# ------------------------------------------------------ other architectures

def emulated(arch):
    """edgediff for another architecture, as a program that runs here."""
    program = static(arch)
    need(f'qemu-{QEMU[arch]}-static')
    pathlib.Path('emulated').write_text(
        f'#!/bin/sh\nexec qemu-{QEMU[arch]}-static {program} "$@"\n', 'ascii')
    os.chmod('emulated', 0o755)
    return os.path.abspath('emulated')


def builds():
    """Folders and archives, a few hundred objects, names that are hard."""
    objects = {f'{i % 7}/{i % 13}/page-{i}.html': f'page {i}' * i
               for i in range(400)}
    objects.update({'index.html': 'home', 'a b/ü&~.html': 'a', 'empty': '',
                    'big.bin': 'x' * 3_000_000})
    tree('one', objects)
    changed = {**objects, 'index.html': 'new', 'added/x.html': 'x'}
    changed.update({name: f'{text}!' for name, text in objects.items()
                    if name.startswith(('3/', '5/1/'))})
    del changed['empty']
    tree('two', changed)
    members = [(name, text.encode()) for name, text in changed.items()]
    tar('two.tar', members)
    zip_archive('two.zip', members)
    shell('gzip', '-k', 'two.tar')


COMMANDS = [
    *(['manifest', build] for build in (
        'one', 'two', 'two.tar', 'two.tar.gz', 'two.zip', 'missing')),
    ['manifest', 'two', '--jobs', '1'], ['manifest', 'two', '--shard', '1/3'],
    ['diff', 'one', 'two'], ['diff', 'one', 'two.tar', '--output', 'json'],
    ['plan', 'one', 'two'], ['plan', 'one', 'two', '--output', 'json'],
    ['plan', 'one', 'two', '--output', 'paths'],
    ['plan', 'one', 'two', '--explain', '/3/3/page-3.html'],
    ['plan', 'one', 'two', '--max-paths', '2'],
    ['plan', 'one', 'two', '--clean-urls', '--prefix', 'docs/'],
    ['plan', 'one', 'two', '--max-paths', 'x'], ['plan', 'one'], ['help'],
    ['version'], ['status'],
]
# Faults that end, and those that do not: with these, no baseline comes about, and
# the reference holds a random number.
PASSING = ['E1', 'ETHROTTLE', 'ERESET', 'ECUT', 'EGARBAGE', 'E500AFTER', 'EWIRE']
LASTING = ['EDENIED', 'ENOSUCH', 'EEXPIRED']


def sent(server, name, baseline):
    """What a deployment prints before it sends, and what it sends."""
    before = len(server.posts())
    args = ['invalidate', 'two', '--distribution-id', name, '--endpoint-url',
            server.url, '--baseline', baseline]
    dry = run([*args, '--dry-run', '--output', 'json'])
    done = run(args)
    posts = [(entry['items'], entry['body'])
             for entry in server.posts()[before:]]
    return [dry.status, dry.out, dry.err, done.status, posts]


def results(server, folder):
    """What each command prints and how it ends, and what each deployment sends:
    all of it is the same on every machine."""
    found = {}
    for command in COMMANDS:
        done = run(command)
        out = done.out
        if command == ['version']:  # Debian's libraries may be another revision
            out = re.sub(' .*', '', out)
        found[' '.join(command)] = [done.status, out, done.err]
    pathlib.Path(folder).mkdir()
    for name in PASSING:
        shutil.copy(f'first.{name}', f'{folder}/baseline')
        found[name] = sent(server, name, f'{folder}/baseline')
    for name in LASTING:
        status, *_, ended, posts = sent(server, name, f'{folder}/{name}')
        found[name] = [status, ended, [items for items, _ in posts]]
    return found


@pytest.mark.timeout(300)
@pytest.mark.parametrize('arch', QEMU)
def test_another_architecture_does_the_same(monkeypatch, arch):
    """Under QEMU: manifests, plans, batches, messages and statuses are equal."""
    program = emulated(arch)
    builds()
    monkeypatch.setenv('EDGEDIFF', str(static('amd64')))
    with Server('first.log') as server:
        for name in PASSING:
            run(['invalidate', 'one', '--distribution-id', name,
                 '--endpoint-url', server.url, '--baseline',
                 f'first.{name}']).expect(0)
    found = {}
    for name, binary in (('amd64', static('amd64')), (arch, program)):
        monkeypatch.setenv('EDGEDIFF', str(binary))
        with Server(f'{name}.log') as server:
            found[name] = str(results(server, name)).replace(
                server.url, 'URL').replace(f'{name}/', 'folder/')
    expected = ast.literal_eval(found['amd64'])
    for what, is_ in ast.literal_eval(found[arch]).items():
        assert is_ == expected[what], what
    assert expected['E1'][3] == 0 and len(expected['E1'][4]) == 1
    assert expected['EDENIED'][1] == 1 and expected['manifest missing'][0] != 0
    print(f'{len(expected)} runs are equal')


# ----------------------------------------------------------------- the image

class Images:
    """buildah, with a store of its own."""

    def __init__(self, folder):
        self.options = ['buildah', '--root', f'{folder}/store', '--runroot',
                        f'{folder}/run', '--storage-driver', 'vfs']

    def __call__(self, *args):
        return shell(*self.options, *args, BUILDAH_ISOLATION='chroot')

    def run(self, container, volumes, *args):
        """As the image says: its user, its entry point."""
        shown = [f'--volume={place}:{name}' for name, place in volumes.items()]
        given = [f'--env={name}={value}' for name, value in environment(
            '/').items() if name.startswith('AWS_')]
        return subprocess.run(
            [*self.options, 'run', *shown, *given, container,
            '/usr/local/bin/edgediff', *args], check=False, text=True,
            env=environment(os.getcwd(), BUILDAH_ISOLATION='chroot'),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)


@pytest.fixture(name='images')
def fixture_images(folder):
    need('buildah')
    if not (DIST / 'SHA256SUMS').exists():
        pytest.skip('not built: ninja dist')
    images = Images(folder / 'images')
    try:
        images('from', '--name', 'probe', 'scratch')
    except AssertionError as error:
        pytest.skip(f'buildah does not work here: {error}')
    return images


@pytest.mark.timeout(120)
def test_image(images):
    shutil.copytree(DIST, 'context/out/dist')
    for name in ('Containerfile', '.containerignore'):
        shutil.copy(ROOT / name, 'context')
    images('build', '--tag', 'edgediff', 'context')
    # arm64's is made in the same way
    images('build', '--platform', 'linux/arm64', '--tag', 'other', 'context')
    container = images('from', 'edgediff').strip()
    inside = pathlib.Path(images('mount', container).strip())
    files = {str(path.relative_to(inside)) for path in inside.rglob('*')
             if path.is_file()}
    assert {name for name in files if not name.startswith('licenses/')} == {
        'usr/local/bin/edgediff', 'etc/ssl/certs/ca-certificates.crt'}
    assert {'licenses/edgediff', 'licenses/curl'} <= files
    assert (inside / 'baseline').stat().st_uid == 65534
    images('from', '--platform', 'linux/arm64', '--name', 'arm', 'other')
    other = pathlib.Path(images('mount', 'arm').strip(),
                         'usr/local/bin/edgediff')
    assert 'AArch64' in shell('readelf', '-hW', other)

    state = pathlib.Path('state').absolute()
    build = tree(state / 'site', {'index.html': 'home'})
    state.chmod(0o777)
    os.chmod('.', 0o755)
    done = images.run(container, {'/build': build}, 'manifest', '/build')
    assert 'end 1 ' in done.stdout, done.stdout
    # buildah mounts one volume of an image only, if there is no other isolation
    volumes = {'/baseline': state}
    with Server() as server:
        command = ['invalidate', 'site', '--distribution-id', 'E1',
                   '--endpoint-url', server.url,
                   '--baseline', '/baseline/site.baseline']
        done = images.run(container, volumes, *command)
        assert done.returncode == 0, done.stdout
        assert (state / 'site.baseline').stat().st_uid == 65534
        assert [entry['items'] for entry in server.created()] == [['/*']]
        done = images.run(container, volumes, *command)
        assert done.returncode == 0 and len(server.posts()) == 1, done.stdout
    done = images.run(container, {}, 'invalidate', '--distribution-id', 'E1')
    assert done.returncode != 0 and 'BUILD' in done.stdout, done.stdout
    assert subprocess.run([*images.options, 'run', container, 'sh'],
                          check=False, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL).returncode != 0
