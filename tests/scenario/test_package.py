"""The Debian package, and the static binary."""
import http.server
import os
import pathlib
import re
import shutil
import subprocess
import threading

import pytest

from support import ROOT, environment, tar, tree

STATIC = ROOT / 'out/static/edgediff'


def need(*programs):
    for program in programs:
        if not shutil.which(program):
            pytest.skip(f'{program} is not installed')


def shell(args, **more):
    done = subprocess.run(
        args, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, check=False,
        env=environment(os.getcwd(), **more.pop('env', {})), **more)
    assert done.returncode == 0, f'{args}\n{done.stdout}'
    return done.stdout


def clone(folder):
    """The files that git knows of, as they are now."""
    if not (ROOT / '.git').exists():
        pytest.skip('no git clone')
    names = shell(['git', '-c', 'safe.directory=*', 'ls-files', '-z', '-co',
                   '--exclude-standard'], cwd=ROOT)
    for name in names.split('\0'):
        if name and os.path.lexists(ROOT / name):
            place = pathlib.Path(folder, name)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, place, follow_symlinks=False)


def files_below(folder):
    return {str(path.relative_to(folder))
            for path in pathlib.Path(folder).rglob('*') if path.is_file()}


@pytest.mark.timeout(300)
def test_debian_package():
    need('dpkg-buildpackage', 'dh', 'lintian', 'git', 'readelf')
    clone('build/edgediff')
    shell(['dpkg-buildpackage', '-us', '-uc', '-b'], cwd='build/edgediff')
    changes, = pathlib.Path('build').glob('*.changes')
    said = shell(['lintian', '--fail-on', 'error,warning', '--allow-root',
                  changes])
    assert not re.search(r'^[EW]:', said, re.M), said

    package, = (path for path in pathlib.Path('build').glob('*.deb')
                if 'dbgsym' not in path.name)
    shell(['dpkg-deb', '-x', package, 'root'])
    usr = pathlib.Path('root/usr')
    for name in ('bin/edgediff', 'share/man/man1/edgediff.1.gz',
                 'share/man/man1/edgediff-wait.1.gz',
                 'share/man/man5/edgediff-manifest.5.gz',
                 'share/man/man5/edgediff.conf.5.gz',
                 'share/bash-completion/completions/edgediff',
                 'share/fish/vendor_completions.d/edgediff.fish',
                 'share/zsh/vendor-completions/_edgediff'):
        assert (usr / name).exists(), name
    docs = usr / 'share/doc/edgediff'
    # not compressed, so that the links between them work
    pages = {name for name in files_below('build/edgediff/docs')}
    assert files_below(docs / 'docs') == pages and len(pages) > 20, docs
    assert (docs / 'README.md').exists(), files_below(docs)
    assert (docs / 'changelog.gz').exists(), files_below(docs)
    assert 'Expat' in (docs / 'copyright').read_text('utf-8')
    assert not (docs / 'LICENSE').exists()  # `copyright` is Debian's
    # but for what runs in a clone only
    samples = {name for name in files_below('build/edgediff/samples')
               if not re.match(r'quickstart$|site-', name)}
    assert files_below(docs / 'examples') == samples, docs
    assert 'upload' in samples and 'ci/gitlab-ci.yml' in samples
    assert os.access(docs / 'examples/upload', os.X_OK)
    version = shell(['dpkg-deb', '-f', package, 'Version']).strip()
    assert shell([usr / 'bin/edgediff', '--version']).startswith(
        f'edgediff {version}\n'), version
    # dpkg-buildflags came as far as the compiler and the linker
    assert 'BIND_NOW' in shell(['readelf', '-d', usr / 'bin/edgediff'])
    assert '__printf_chk' in shell(['readelf', '-sW', usr / 'bin/edgediff'])
    depends = shell(['dpkg-deb', '-f', package, 'Depends'])
    assert 'libcurl4' in depends and '-dev' not in depends, depends

    shell(['debian/rules', 'clean'], cwd='build/edgediff')
    assert not pathlib.Path('build/edgediff/out').exists()


def test_versions_are_one():
    header = (ROOT / 'base/version.h').read_text('utf-8')
    version = re.search(r'EDGEDIFF_VERSION "(.*)"', header)[1]
    log = (ROOT / 'debian/changelog').read_text('utf-8')
    assert log.startswith(f'edgediff ({version}) ')


def test_the_license_is_one():
    header, _, terms = (ROOT / 'LICENSE').read_text('utf-8').partition(
        'edgediff authors\n\n')
    assert header == 'MIT License\n\nCopyright (c) 2026 The '
    debian = (ROOT / 'debian/copyright').read_text('utf-8')
    assert 'Copyright: 2026 The edgediff authors\nLicense: Expat\n' in debian
    said = debian.partition('\nLicense: Expat\n Permission')[2]
    said = re.sub(r'^ \.?', '', f' Permission{said}', flags=re.M)
    assert said == terms
    page = (ROOT / 'cmd/manual/edgediff.1').read_text('utf-8')
    assert '.Sh LICENSE\nMIT: ' in page and 'The edgediff authors' in page


def test_build_dependencies_are_those_of_the_tests():
    control = (ROOT / 'debian/control').read_text('utf-8')
    stanza = re.search(r'^Build-Depends:\n((?: .*\n)+)', control, re.M)[1]
    depends = {name.split()[0].rstrip(',') for name in stanza.splitlines()}
    packages = (ROOT / 'tests/packages').read_text('utf-8')
    build = set(re.findall(r'^build\t(\S+)', packages, re.M))
    # what Debian's build has by itself, or what is needed to run
    assert depends - {'debhelper-compat'} == build - {
        'gcc', 'libc6-dev', 'ca-certificates'}


class Answer(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.asked.append(self.path)
        body = b'<Error><Code>Seen</Code><Message>m</Message></Error>'
        self.send_response(400)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def test_static_binary_needs_nothing():
    if not STATIC.exists():
        pytest.skip('not built: ninja static')
    need('unshare', 'chroot', 'readelf')
    assert 'NEEDED' not in shell(['readelf', '-d', STATIC])
    assert 'INTERP' not in shell(['readelf', '-lW', STATIC])
    root = pathlib.Path('root')
    (root / 'etc').mkdir(parents=True)
    shutil.copy(STATIC, root / 'edgediff')
    (root / 'etc/hosts').write_text('127.0.0.1 edge.example\n')
    tree('root/build', {'index.html': 'a'})
    tar('root/build.tar', [('index.html', b'a')])
    inside = ['unshare', '--map-root-user', 'chroot', str(root), '/edgediff']
    if subprocess.run([*inside, 'help'], check=False,
                      stdout=subprocess.DEVNULL,
                      stderr=subprocess.DEVNULL).returncode != 0:
        pytest.skip('no chroot is allowed here')
    # a root with nothing else in it: names are looked up all the same
    assert shell([*inside, 'manifest', '/build']) == \
        shell([*inside, 'manifest', '/build.tar'])
    with http.server.HTTPServer(('127.0.0.1', 0), Answer) as server:
        server.asked = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        done = subprocess.run(
            [*inside, 'create-invalidation', '--distribution-id', 'E',
             '--paths', '/a', '--endpoint-url',
             f'http://edge.example:{server.server_port}'],
            env=environment('/'), stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, check=False)
        server.shutdown()
        assert server.asked and '(Seen)' in done.stdout, done.stdout
