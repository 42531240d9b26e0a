"""Folders read by several threads: the same bytes, the same errors."""
import os
import pathlib
import socket
import subprocess
import sys

import pytest

import support
from support import edgediff, environment, tree

JOBS = (1, 2, 8)
# sizes around one read, a piece, and XXH3's own boundaries
SIZES = (0, 1, 16, 17, 128, 240, 241, 1024, 4095, 4096, 4097, 262143, 262144,
         262145, 524287, 524288, 524289, 1000000)


def odd_tree(top):
    """Odd names, links, deep folders, many files in one, sizes on edges."""
    files = {f'size/{n:07}': bytes(i % 251 for i in range(n)) for n in SIZES}
    files |= {f'many/{i:04}': str(i) for i in range(1500)}
    files |= {f'wide/{i:03}/index.html': str(i) for i in range(200)}
    # at each level, a folder before and one after the one that leads down
    files |= {'deep/' + 'm/' * i + side + '/x': f'{i}{side}'
              for i in range(150) for side in 'az'}
    files |= {'new\nline': '1', 'back\\slash': '2', 'tab\there': '3',
              '.well-known/security.txt': '4', 'a/b': '5', 'a.b': '6',
              'a-b': '7', '\udcff\udcfe': '8', 'é.css': '9', ' ': '10',
              'x' * 255: '11'}
    tree(top, files)
    top = pathlib.Path(top)
    (top / 'empty/folder').mkdir(parents=True)
    os.symlink('../size/0000001', top / 'a/link')
    os.symlink('../deep/m/m', top / 'a/linked')
    os.symlink('wide', top / 'again')
    return top


def run(*args):
    return support.run([str(arg) for arg in args])


def manifest(*args):
    return run('manifest', *args).expect(0).stdout


@pytest.mark.timeout(120)
def test_same_bytes_with_any_jobs():
    top = odd_tree('build')
    once = manifest(top, '--jobs', 1)
    assert once.count(b'\n') > 2200 + len(SIZES), once[-200:]
    for jobs in (*JOBS, 64, 256):
        assert manifest(top, '--jobs', jobs) == once, jobs
    assert manifest(top) == once
    # and what another program says of each
    for size in SIZES:
        name = top / f'size/{size:07}'
        said = subprocess.run(['xxhsum', '-H2', name], check=True,
                              stdout=subprocess.PIPE).stdout.split()[0]
        assert b'%s %d size/%07d\n' % (said, size, size) in once, size


def test_jobs_are_checked():
    tree('build', {'a': 'x'})
    for wrong in ('0', '257', 'x', '-1', ''):
        run('manifest', 'build', f'--jobs={wrong}').expect(
            2, '--jobs')
    for command in ('diff', 'plan'):
        run(command, 'build', 'build', '--jobs', 3).expect(0)


def test_the_error_with_the_smallest_key():
    """Whatever the number of threads, and wherever the errors are."""
    top = odd_tree('build')
    os.mkfifo(top / 'wide/150/fifo')
    os.symlink('nowhere', top / 'many/0700x')
    os.mkfifo(top / 'many/0900x')
    with socket.socket(socket.AF_UNIX) as made:
        made.bind('build/wide/020/socket')
    os.unlink(top / 'again')
    for said in ('many/0700x', 'many/0900x', 'wide/020/socket',
                 'wide/150/fifo'):
        texts = {run('manifest', top, '--jobs', jobs).expect(
            1, f'build: {said}: ').err for jobs in JOBS for _ in range(3)}
        assert len(texts) == 1, texts
        os.unlink(top / said)
    manifest(top)


def test_more_folders_than_descriptors():
    """With few descriptors, folders are closed and opened again."""
    top = odd_tree('build')
    once = manifest(top, '--jobs', 1)
    done = subprocess.run(
        ['sh', '-c', 'ulimit -n 100; exec "$0" "$@"', edgediff(),
         'manifest', str(top), '--jobs', '4'], check=False,
        env=environment(os.getcwd()), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.returncode == 0, done.stderr
    assert done.stdout == once


# Swaps each file between two contents, all of one letter: by cutting and
# writing it anew in pieces, and by renaming another one into its place.
CHANGER = r'''
import itertools, os, sys
top, size = sys.argv[1], int(sys.argv[2])
for turn in itertools.count():
    text = b'xy'[turn % 2:][:1] * (size // 3)
    with open(top + '/cut', 'wb', 0) as file:
        for _ in range(3):
            file.write(text)
    with open(top + '/new', 'wb', 0) as file:
        file.write(text * 3)
    os.rename(top + '/new', top + '/renamed')
'''


def prints_of(size):
    """What files of `size` bytes, all of one letter, have as fingerprint."""
    for letter in b'xy':
        pathlib.Path('one').write_bytes(bytes([letter]) * size)
        yield subprocess.run(
            ['xxhsum', '-H2', 'one'], check=True,
            stdout=subprocess.PIPE).stdout.split()[0].decode()


def changing(size, turns):
    tree('build', {name: b'x' * size
                   for name in ('cut', 'renamed', 'still')})
    changer = subprocess.Popen(
        [sys.executable, '-c', CHANGER, 'build', str(size)])
    answers = {0: 0, 1: 0}
    try:
        for turn in range(turns):
            done = run('manifest', 'build', '--jobs', JOBS[turn % 3],
                       '--exclude', 'new')
            answers[done.status] += 1
            if done.status != 0:
                assert 'changed while it was read' in done.err, done
                continue
            for line in done.out.splitlines()[1:-1]:
                print_, length, key = line.split(' ')
                assert print_ in prints_of(int(length)), done
                assert key == 'cut' or length == str(size), done
    finally:
        changer.kill()
        changer.wait()
    return answers


@pytest.mark.timeout(120)
def test_changing_while_it_is_read():
    """The fingerprint of a whole content, or an error: never of a mixture."""
    answers = changing(3000000, 40)
    assert answers[1] > 0, answers


def test_unreadable_and_vanished():
    tree('build', {'a': 'x', 'b': 'y', 'c/d': 'z'})
    os.symlink('gone', 'build/link')
    run('manifest', 'build').expect(1, 'link: cannot follow')
    os.unlink('build/link')
    if os.geteuid() == 0:
        return  # nothing is unreadable
    os.chmod('build/b', 0)
    os.chmod('build/c', 0)
    run('manifest', 'build').expect(1, 'build: b: cannot open')
    os.chmod('build/b', 0o644)
    run('manifest', 'build').expect(
        1, 'build: c: cannot open the folder')
    os.chmod('build/c', 0o755)
