"""Symbolic links are followed as uploaders follow them; BUILD may be -."""
import os
import pathlib
import shutil
import subprocess
import tarfile

import pytest

from support import compress, run, servers, tar, tree, zip_archive


def manifest(*args):
    return run(['manifest', *map(str, args)]).expect(0).stdout


def links(folder, **targets):
    for name, target in targets.items():
        os.symlink(target, pathlib.Path(folder) / name)


def farm():
    """A build of links into a store, as Nix and Bazel make them."""
    tree('store', {'images/a.png': 'a', 'images/deep/b.png': 'b',
                   'page.html': 'page'})
    os.mkdir('site')
    links('site', images=os.path.abspath('store/images'),
          absolute=os.path.abspath('store/page.html'))
    os.symlink('../store/page.html', 'site/index.html')
    os.symlink('../site/index.html', 'site/again.html')
    return 'site'


def test_links_out_of_the_build_are_followed():
    wanted = manifest(tree('copy', {
        'images/a.png': 'a', 'images/deep/b.png': 'b', 'absolute': 'page',
        'index.html': 'page', 'again.html': 'page'}))
    assert manifest(farm()) == wanted
    for jobs in (1, 2, 8):
        assert manifest('site', '--jobs', jobs) == wanted
    # what an uploader would send
    shutil.copytree('site', 'upload')
    assert manifest('upload') == wanted


def test_no_follow_refuses_what_leads_out():
    farm()
    for link in ('absolute', 'again.html', 'images', 'index.html'):
        run(['manifest', 'site', '--no-follow']).expect(
            1, f'{link}: a symbolic link that leads out of the build',
            '--exclude')
        run(['manifest', 'site', '--no-follow', '--exclude', link])
        os.unlink(f'site/{link}')
    tree('site', {'real/x': 'x'})
    links('site', linked='real', file='real/x', back='../site/real/x')
    os.symlink('../file', 'site/real/up')
    assert manifest('site', '--no-follow') == manifest('site')
    # another folder of the tree is outside the root
    tree('tree', {'other/x': 'x', 'dist/a': 'a'})
    os.symlink('../other', 'tree/dist/folder')
    os.symlink('../other/x', 'tree/dist/file')
    subprocess.run(['tar', '-cf', 'tree.tar', '-C', 'tree', '.'], check=True)
    whole = manifest('tree', '--root', 'dist')
    assert whole.count(b' folder/x\n') == whole.count(b' file\n') == 1
    assert manifest('tree.tar', '--root', 'dist') == whole
    for build in ('tree', 'tree.tar'):
        for link in ('file', 'folder'):
            other = {'file': 'folder', 'folder': 'file'}[link]
            run(['manifest', build, '--root', 'dist', '--no-follow',
                 '--exclude', other]).expect(1, f'{link}: ', 'leads out')


@pytest.mark.parametrize('jobs', '18')
def test_circles_are_found(jobs):
    tree('site', {'a/b/x': 'x'})
    tree('other', {'y': 'y'})
    for link, target in (('site/a/b/up', '..'), ('site/a/b/top', '../..'),
                         ('site/out', '..'), ('site/a/slash', '/'),
                         ('site/self', 'self'), ('other/back', '../site')):
        os.symlink(target, link)
        if link == 'other/back':
            link = 'site/other/back'
            os.symlink('../other', 'site/other')
        run(['manifest', 'site', '--jobs', jobs]).expect(
            1, link[5:], 'cycle', '--exclude')
        if link.startswith('site/other'):
            os.unlink('site/other')
        else:
            os.unlink(link)


def test_circles_outside_are_found():
    tree('site', {'x': 'x'})
    tree('other/deep', {'y': 'y'})
    os.symlink('../other', 'site/link')
    os.symlink('..', 'other/deep/up')
    run(['manifest', 'site']).expect(1, 'link/deep/up: ', 'cycle')
    # two that lead to each other, and neither into itself
    os.unlink('other/deep/up')
    tree('third/sub', {'z': 'z'})
    os.symlink('../../third', 'other/deep/there')
    os.symlink('../../other', 'third/sub/back')
    run(['manifest', 'site']).expect(1, 'link/deep/there/sub/back', 'cycle')


def test_dangling_links_are_named():
    tree('site', {'x': 'x'})
    links('site', gone='../nowhere/at all')
    said = run(['manifest', 'site']).expect(1, 'gone: ', 'does not exist')
    assert '../nowhere/at all' in said.err and '--exclude' in said.err
    subprocess.run(['tar', '-cf', 'site.tar', '-C', 'site', '.'], check=True)
    run(['manifest', 'site.tar']).expect(1, 'gone: ', 'out of the archive')
    assert manifest('site', '--exclude', 'gone')


def test_what_leads_out_of_an_archive_is_not_there():
    for target in ('/etc/passwd', '../x', 'a/../../x'):
        link = tarfile.TarInfo()
        link.type, link.linkname = tarfile.SYMTYPE, target
        tar('site.tar', [('a/x', b'x'), ('link', link)])
        run(['manifest', 'site.tar']).expect(
            1, 'link: a symbolic link out of the archive', '--exclude')


def test_the_cache_sees_changes_outside():
    farm()
    first = manifest('site', '--cache', 'cache')
    assert manifest('site', '--cache', 'cache') == first
    pathlib.Path('store/images/a.png').write_text('changed')
    second = manifest('site', '--cache', 'cache')
    assert second == manifest('site', '--no-cache') != first
    # the same key now leads to another file of the same size
    tree('store', {'other.html': 'egap'})
    os.unlink('site/index.html')
    os.symlink('../store/other.html', 'site/index.html')
    assert manifest('site', '--cache', 'cache') == manifest(
        'site', '--no-cache') != second


def piped(args, data, command='manifest'):
    return run([command, *args], input=data)


def test_a_tar_on_standard_input():
    tree('site', {'a.html': 'a', 'b/c.html': 'c' * 700_000})
    os.symlink('b', 'site/linked')
    wanted = manifest('site')
    subprocess.run(['tar', '-cf', 'site.tar', '-C', 'site', '.'], check=True)
    for suffix in ('', '.gz', '.bz2', '.xz', '.zst'):
        if suffix:
            compress('site.tar', f'site.tar{suffix}')
        data = pathlib.Path(f'site.tar{suffix}').read_bytes()
        for name in ('-', '/dev/stdin'):
            for jobs in '14':
                assert piped([name, '--jobs', jobs], data).expect(
                    0).stdout == wanted, suffix
        with open(f'site.tar{suffix}', 'rb') as file:
            done = subprocess.run(
                [os.environ.get('EDGEDIFF') or servers.ROOT /
                 'out/sanitize/edgediff', 'manifest', '-'], stdin=file,
                check=True, stdout=subprocess.PIPE)
        assert done.stdout == wanted
        for bad in (data[:len(data) // 2], data + b'junk' * 200):
            piped(['-'], bad).expect(1, 'standard input: ')
    for part in ('1/2', '2/2'):
        assert piped(['-', '--shard', part],
                     pathlib.Path('site.tar').read_bytes()).stdout == \
            manifest('site', '--shard', part)
    assert piped(['-', 'site'], pathlib.Path('site.tar').read_bytes(),
                 'diff').expect(0).stdout == b''


def test_what_standard_input_cannot_be():
    zip_archive('site.zip', [('a', 'a')])
    tree('site', {'a': 'a'})
    for data, word in ((b'', 'empty'),
                       (pathlib.Path('site.zip').read_bytes(), 'zip'),
                       (manifest('site'), 'manifest'),
                       (b'hello', 'archive')):
        piped(['-'], data).expect(1, 'standard input: ', word)
    piped(['-', '-'], b'', 'diff').expect(2, 'only once')
    piped(['-', '--distribution-id', 'E1', '--stamp', 's', '--depfile', 'd'],
          b'', 'invalidate').expect(2, '--depfile', 'standard input')
    pathlib.Path('edgediff.conf').write_text(
        '[a]\ndistribution-id = E1\n[b]\ndistribution-id = E2\n')
    piped(['-', '--distribution', 'a', '--distribution', 'b'], b'',
          'invalidate').expect(2, 'only once')
    os.mkfifo('fifo')
    run(['manifest', 'fifo']).expect(1, 'fifo: a pipe', '-')


def test_links_that_fan_out():
    """Each folder leads ten times to the next: a million folders."""
    for level in range(7):
        os.mkdir(f'level-{level}')
        pathlib.Path(f'level-{level}/file').write_text('x', 'ascii')
        for link in range(10 if level < 6 else 0):
            os.symlink(f'../level-{level + 1}', f'level-{level}/{link}')
    run(['manifest', 'level-0']).expect(
        1, 'more than 100000 folders are reached through symbolic links')
