"""ninja install, and ninja uninstall."""
import os
import pathlib
import re
import shutil
import subprocess

from support import BUILDS_WITH, ROOT, environment, tree

# where a program or a person looks for each
EXPECTED = {
    'bin/edgediff',
    'share/bash-completion/completions/edgediff',
    'share/doc/edgediff/README.md',
    'share/doc/edgediff/docs/README.md',
    'share/doc/edgediff/docs/images/report-light.png',
    'share/doc/edgediff/docs/schema/plan.json',
    'share/fish/vendor_completions.d/edgediff.fish',
    'share/man/man1/edgediff.1',
    'share/man/man1/edgediff-invalidate.1',
    'share/man/man1/edgediff-wait.1',
    'share/man/man5/edgediff-manifest.5',
    'share/man/man5/edgediff.conf.5',
    'share/zsh/site-functions/_edgediff',
}


def put(target, **env):
    # what the two targets run, without building anew
    more = {name: os.environ[name] for name in BUILDS_WITH
            if name in os.environ}
    done = subprocess.run(
        [ROOT / 'cmd/install', target], cwd=ROOT, text=True,
        env=environment('/', **more, **env), stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, check=False)
    root = env.get('DESTDIR', '') + env.get('PREFIX', '/usr/local')
    said = f'installed {root}/bin/edgediff\n' if target == 'install' else ''
    assert done.returncode == 0 and done.stdout == said, done.stdout


def files(folder):
    return {str(path.relative_to(folder))
            for path in pathlib.Path(folder).rglob('*')
            if path.is_symlink() or not path.is_dir()}


def built():
    count = 4  # the program and three completions
    count += 2  # README.md and SECURITY.md
    count += len([path for path in (ROOT / 'docs').rglob('*')
                  if path.suffix in ('.md', '.png', '.json')])
    return count + len(list((ROOT / 'out/man').glob('man*/*')))


def test_install_and_uninstall():
    for destdir, prefix in (('stage', '/usr'), ('a stage', '/opt/a place')):
        root = pathlib.Path(destdir + prefix)
        env = {'DESTDIR': os.path.abspath(destdir), 'PREFIX': prefix}
        put('install', **env)
        there = files(root)
        assert EXPECTED <= there, EXPECTED - there
        assert len(there) == built(), there
        assert files(destdir) == {f'{prefix[1:]}/{name}' for name in there}
        put('install', **env)  # over what is there
        assert files(root) == there

        other = root / 'share/man/man1/other.1'
        other.touch()
        put('uninstall', **env)
        assert files(root) == {'share/man/man1/other.1'}
        put('uninstall', **env)  # nothing is left, and that is no failure


def test_default_prefix():
    put('install', DESTDIR=os.path.abspath('stage'))
    assert (pathlib.Path('stage/usr/local/bin/edgediff')).exists()


def test_what_is_installed_works():
    put('install', DESTDIR=os.path.abspath('a stage'), PREFIX='/usr')
    usr = pathlib.Path('a stage/usr').absolute()
    program = usr / 'bin/edgediff'
    assert program.stat().st_mode & 0o777 == 0o755
    tree('build', {'a': 'b'})
    # neither pkg-config nor anything but its libraries is needed to run it
    done = subprocess.run([program, 'manifest', 'build'], env={},
                          stdout=subprocess.PIPE, check=True)
    assert b'end 1 ' in done.stdout
    for page in (usr / 'share/man').rglob('*.[15]'):
        assert page.exists(), f'{page} points nowhere'
        assert page.stat().st_mode & 0o777 == 0o644
    if shutil.which('man') and shutil.which('mandoc'):
        done = subprocess.run(
            ['man', '-w', 'edgediff-wait'], env={
                **os.environ, 'MANPATH': str(usr / 'share/man')},
            stdout=subprocess.PIPE, check=False, text=True)
        if done.returncode == 0:  # man may be left out of a container
            assert re.search(r'edgediff-(wait|create)', done.stdout)


def test_the_target_is_the_script():
    text = (ROOT / 'build.ninja').read_text('utf-8')
    assert 'command = cmd/install $action' in text
    for action in ('install', 'uninstall'):
        assert re.search(rf'^build {action}: install .*\n  action = {action}$',
                         text, re.M)
