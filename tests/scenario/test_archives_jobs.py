"""Archives read by several threads: the same bytes, the same errors."""
import io
import os
import pathlib
import random
import struct
import subprocess
import sys
import tarfile
import time
import zipfile

import pytest

import support
from support import compress, tar, tree, zip_archive

JOBS = (1, 2, 8)
SUFFIXES = ('gz', 'bz2', 'xz', 'zst')
RING = 2 << 20  # what the threads hold between them: manifest/decompress.c


def run(*args):
    return support.run([str(arg) for arg in args])


def manifest(*args):
    return run('manifest', *args).expect(0).stdout


def same(build):
    """What it prints, which is the same with any number of jobs."""
    once = manifest(build, '--jobs', 1)
    for jobs in JOBS[1:]:
        assert manifest(build, '--jobs', jobs) == once, (build, jobs)
    return once


def refused(build, *words):
    """Refused, with any jobs in the same words."""
    once = run('manifest', build, '--jobs', 1).expect(1, build, *words)
    assert not once.out, once
    for jobs in JOBS[1:]:
        done = run('manifest', build, '--jobs', jobs)
        assert (done.status, done.err) == (1, once.err), f'{once}\n{done}'
    return once.err


def settled(build):
    """As it is, accepted or refused: the same with any jobs."""
    if run('manifest', build, '--jobs', 1).status == 0:
        same(build)
        return True
    refused(build)
    return False


def files(count, largest, seed=1):
    """Files of all sizes, half of them such that nothing compresses them."""
    rng = random.Random(seed)
    for i in range(count):
        size = rng.randrange(largest)
        yield (f'folder-{i % 7}/file-{i:05}.html',
               rng.randbytes(size) if i % 2 else b'<p>text</p>' * (size // 11))


def packed(path, count, largest):
    tar(path, files(count, largest))
    for suffix in SUFFIXES:
        yield compress(path, f'{path}.{suffix}')


def test_compressed_tars():
    """Larger than the ring, in members that begin anywhere in a block."""
    wanted = manifest(tree('site', dict(files(400, 60000))))
    for path in packed('site.tar', 400, 60000):
        assert same(path) == wanted, path
    assert os.path.getsize('site.tar.zst') > 2 * RING


def test_many_frames_and_filters():
    """Several streams, one after the other, and a compression in another."""
    tar('site.tar', files(60, 60000))
    wanted = manifest('site.tar')
    data = pathlib.Path('site.tar').read_bytes()
    for suffix in SUFFIXES:
        parts = []
        for at in range(0, len(data), 500_001):
            pathlib.Path('part').write_bytes(data[at:at + 500_001])
            compress('part', f'part.{suffix}')
            parts.append(pathlib.Path(f'part.{suffix}').read_bytes())
        pathlib.Path('many').write_bytes(b''.join(parts))
        assert same('many') == wanted, suffix
    compress('site.tar', 'site.tar.gz')
    compress('site.tar.gz', 'site.tar.gz.zst')
    assert same('site.tar.gz.zst') == wanted


def test_cut_within_the_ring():
    """The member that was cut is named, however far ahead the other is."""
    for path in packed('site.tar', 300, 60000):
        data = pathlib.Path(path).read_bytes()
        for part in (0.001, 0.3, 0.7, 0.99):
            pathlib.Path('cut').write_bytes(data[:int(len(data) * part)])
            said = refused('cut')
            assert part < 0.1 or 'file-0' in said, said


def test_damage_behind_damage():
    """A bad header first, a cut later: the first is reported."""
    whole = bytearray(pathlib.Path(tar(
        'site.tar', files(300, 60000))).read_bytes())
    with tarfile.open('site.tar') as archive:
        at = archive.getmembers()[100].offset
    whole[at] ^= 1
    pathlib.Path('bad.tar').write_bytes(whole)
    for suffix in SUFFIXES:
        compress('bad.tar', f'bad.tar.{suffix}')
        data = pathlib.Path(f'bad.tar.{suffix}').read_bytes()
        said = refused(f'bad.tar.{suffix}')
        assert 'Damaged tar archive' in said, said
        pathlib.Path(f'bad.tar.{suffix}').write_bytes(data[:-1000])
        assert refused(f'bad.tar.{suffix}') == said


def test_what_stands_behind():
    for path in packed('site.tar', 5, 1000):
        data = pathlib.Path(path).read_bytes()
        for more in (b'x', b'junk' * 500, bytes(5000)):
            pathlib.Path('more').write_bytes(data + more)
            settled('more')
        pathlib.Path('more').write_bytes(data + b'junk' * 500)
        refused('more')
    for content in (b'', b'junk' * 50, bytes(512), bytes(10240)):
        pathlib.Path('odd').write_bytes(content)
        for suffix in SUFFIXES:
            settled(compress('odd', f'odd.{suffix}'))


@pytest.mark.timeout(120)
def test_random_damage():
    rng = random.Random(5)
    answers = set()
    for path in packed('site.tar', 30, 20000):
        data = pathlib.Path(path).read_bytes()
        for _ in range(12):
            broken = bytearray(data)
            for _ in range(rng.randrange(1, 4)):
                broken[rng.randrange(len(broken))] ^= 1 << rng.randrange(8)
            pathlib.Path('bad').write_bytes(broken)
            answers.add(settled('bad'))
    assert False in answers


class Zeros(io.RawIOBase):
    """A file of zeros."""

    def __init__(self, size):
        super().__init__()
        self.left = size

    def readable(self):
        return True

    def readinto(self, buffer):
        size = min(len(buffer), self.left)
        buffer[:size] = bytes(size)
        self.left -= size
        return size


def largest_memory(*args):
    """The most memory in MB that a run took, and what it printed."""
    process = support.start([str(arg) for arg in args])
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, process.stderr.read()
    return usage.ru_maxrss // 1024, out


@pytest.mark.timeout(120)
def test_a_huge_member_in_little_memory():
    """Hundreds of MB of zeros are a few kB of archive."""
    size = 400_000_000
    tool = subprocess.Popen(['zstd', '-q', '-o', 'huge.tar.zst'],
                            stdin=subprocess.PIPE)
    with tarfile.open(fileobj=tool.stdin, mode='w|') as archive:
        info = tarfile.TarInfo('huge.bin')
        info.size = size
        archive.addfile(info, io.BufferedReader(Zeros(size)))
    tool.stdin.close()
    assert tool.wait() == 0
    tar('small.tar', [('small', b'x')])
    compress('small.tar', 'small.tar.zst')
    for jobs in JOBS[:2]:
        little, _ = largest_memory('manifest', '--jobs', jobs, 'small.tar.zst')
        much, out = largest_memory('manifest', '--jobs', jobs, 'huge.tar.zst')
        assert b' %d huge.bin\n' % size in out
        assert much < little + 64, (jobs, little, much)


def many_members():
    """Thousands, in some thirty parts: small, large, stored, and folders."""
    with zipfile.ZipFile('site.zip', 'w', zipfile.ZIP_DEFLATED) as archive:
        for i, (name, content) in enumerate(files(5000, 9000)):
            archive.writestr(name, content,
                             zipfile.ZIP_STORED if i % 5 == 0 else None)
            if i % 100 == 0:
                archive.writestr(f'empty-{i}/', b'')
        link = zipfile.ZipInfo('link')
        link.create_system = 3
        link.external_attr = 0o120777 << 16
        archive.writestr(link, b'folder-1/file-00001.html')
        archive.writestr('large.bin', random.Random(2).randbytes(5_000_000))
    return pathlib.Path('site.zip')


@pytest.mark.timeout(120)
def test_a_zip_of_thousands():
    tree('site', dict(files(5000, 9000)))
    tree('site', {'large.bin': random.Random(2).randbytes(5_000_000)})
    os.symlink('folder-1/file-00001.html', 'site/link')
    wanted = manifest('site')
    path = many_members()
    assert same(path) == wanted
    # the directory in another order than the members
    with zipfile.ZipFile(path, 'a') as archive:
        random.Random(3).shuffle(archive.filelist)
        archive.comment = b'rewrites the directory'
    assert same(path) == wanted


@pytest.mark.timeout(120)
def test_the_first_bad_member_is_told():
    """Of two in parts far from each other, and of two in one."""
    whole = many_members().read_bytes()
    with zipfile.ZipFile('site.zip') as archive:
        found = [i for i in archive.infolist() if i.compress_size > 2000]
    for pair in ((100, 1500), (1000, 1001), (10, 11), (700,)):
        broken = bytearray(whole)
        for at in pair:  # in the content, where a bit breaks the CRC
            broken[found[at].header_offset + 900] ^= 1
        pathlib.Path('bad.zip').write_bytes(broken)
        assert found[pair[0]].filename in refused('bad.zip'), pair
    broken = bytearray(whole)
    broken[found[1200].header_offset] ^= 1
    pathlib.Path('bad.zip').write_bytes(broken)
    refused('bad.zip')


@pytest.mark.timeout(120)
def test_random_damage_to_a_zip():
    rng = random.Random(6)
    whole = many_members().read_bytes()
    with zipfile.ZipFile('site.zip') as archive:
        directory = archive.start_dir
    answers = set()
    for turn in range(24):
        broken = bytearray(whole)
        for _ in range(3):
            at = rng.randrange(directory if turn % 2 else 0, len(whole))
            broken[at] ^= 1 << rng.randrange(8)
        pathlib.Path('bad.zip').write_bytes(broken)
        answers.add(settled('bad.zip'))
    assert False in answers


def test_two_members_in_one_place():
    whole = bytearray(many_members().read_bytes())
    with zipfile.ZipFile('site.zip') as archive:
        start, at = archive.start_dir, archive.infolist()[2000].header_offset
    record = whole.index(b'PK\1\2', start + 200_000)  # of another member
    struct.pack_into('<I', whole, record + 42, at)
    pathlib.Path('bad.zip').write_bytes(whole)
    refused('bad.zip', 'the same offset')


def test_a_tar_that_ends_in_a_zip():
    """It is what it begins with."""
    zip_archive('site.zip', [('in-the-zip.html', b'x')])
    content = pathlib.Path('site.zip').read_bytes()
    tar('site.tar', [('site.zip', content)])
    data = pathlib.Path('site.tar').read_bytes().rstrip(b'\0')
    pathlib.Path('site.tar').write_bytes(
        data + bytes(-len(data) % 512 + 1024))
    assert same('site.tar').endswith(b'\n') and \
        b' site.zip\n' in same('site.tar')


CHANGER = """
import os, sys
for turn in range(10 ** 9):
    os.utime(sys.argv[1], (turn, turn))
"""


def told_of_change(path, jobs, others):
    """In one of some runs; all others end as they would without a change."""
    for _ in range(50):
        done = run('manifest', path, '--jobs', jobs)
        if f'{path}: changed while it was read' in done.err:
            return done.status == 1
        assert (done.status, done.err) == others, done
    return False


@pytest.mark.timeout(120)
def test_changing_while_it_is_read():
    """An error, however much was read, and also if it is damaged."""
    tar('site.tar', files(300, 60000))
    compress('site.tar', 'site.tar.zst')
    whole = pathlib.Path('site.tar.zst').read_bytes()
    pathlib.Path('cut').write_bytes(whole[:-100_000])
    for path in ('site.tar', 'site.tar.zst', many_members(), 'cut'):
        still = run('manifest', path)
        changer = subprocess.Popen([sys.executable, '-c', CHANGER, path])
        try:
            while os.stat(path).st_mtime > 10 ** 6:
                time.sleep(0.01)  # until it has begun
            for jobs in JOBS:
                assert told_of_change(path, jobs, (still.status, still.err))
        finally:
            changer.kill()
            changer.wait()
