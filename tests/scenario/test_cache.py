"""The stat cache: never a different manifest, and fewer files read."""
import os
import pathlib
import shutil
import subprocess
import time

import pytest

from support import (edgediff, environment, limit, run,
                     skip_under_thread_sanitizer, tick, tree)

JOBS = ('1', '2', '8')


def manifest(*args, status=0):
    return run(['manifest', 'build', *args]).expect(status)


def build(files):
    """A build whose files are older than any tick of the clock."""
    tree('build', files)
    for folder, _, names in os.walk('build'):
        for name in names:
            os.utime(os.path.join(folder, name), (1e9, 1e9))
    tick()


def opened(*args):
    """The files of the build that edgediff opens."""
    if not shutil.which('strace'):
        pytest.skip('strace is not installed')
    out = pathlib.Path('strace.out')
    env = environment(os.getcwd())
    env['ASAN_OPTIONS'] += ':detect_leaks=0'
    done = subprocess.run(
        ['strace', '-f', '-e', 'trace=openat', '-o', out, edgediff(),
         'manifest', 'build', '--cache', 'cache', *args], check=False,
        env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)
    assert done.returncode == 0, done.stderr
    return sorted(line.split('"')[1] for line in out.read_text().splitlines()
                  if 'O_NONBLOCK' in line and 'O_NOCTTY' in line
                  and '"build"' not in line)


def test_only_what_changed_is_read():
    build({f'd{i % 7}/f{i:03}': f'text {i}' for i in range(300)})
    os.symlink('../d1/f001', 'build/d0/link')
    whole = manifest().stdout
    assert len(opened()) == 301
    assert opened() == []
    for jobs in JOBS:
        assert manifest('--cache', 'cache', '--jobs', jobs).stdout == whole
    pathlib.Path('build/d3/f003').write_text('texT 3')
    os.utime('build/d3/f003', (1e9, 1e9))  # size and mtime as before
    os.unlink('build/d4/f004')
    os.rename('build/d5/f005', 'build/d5/new')  # a rename changes the ctime
    tick()
    assert opened() == ['f003', 'new']
    assert opened() == []
    assert manifest('--cache', 'cache').stdout == manifest().stdout != whole
    assert not pathlib.Path('cache.tmp').exists()


@pytest.mark.timeout(120)
def test_racily_clean():
    """Rewritten with the same size at once, again and again."""
    build({'page': '0000', 'other': 'x'})
    page = pathlib.Path('build/page')
    for turn in range(1, 41):
        page.write_text(f'{turn:04}')
        before = manifest('--cache', 'cache').stdout
        page.write_text(f'{turn + 5000:04}')
        after = manifest('--cache', 'cache').stdout
        assert before != after, turn
        if turn % 10 == 0:
            assert after == manifest().stdout, turn


def test_cut_while_it_is_used():
    """Whoever copies another cache over it can't end the process."""
    if not shutil.which('strace'):
        pytest.skip('strace is not installed')
    build({f'{i}.html': 'x' * i for i in range(1, 60)})
    whole = manifest('--cache', 'cache').stdout
    calls = pathlib.Path('calls')
    env = environment(os.getcwd())
    env['ASAN_OPTIONS'] += ':detect_leaks=0'
    with subprocess.Popen(
            ['strace', '-f', '-e', 'trace=newfstatat', '-e',
             'inject=newfstatat:delay_enter=20ms', '-o', calls,
             edgediff(), 'manifest', 'build', '--cache', 'cache',
             '--jobs', '1'], stdout=subprocess.PIPE, env=env) as process:
        while not calls.exists() or '.html' not in calls.read_text('utf-8'):
            assert process.poll() is None
            time.sleep(0.01)
        os.truncate('cache', 0)
        said = process.stdout.read()
    assert process.returncode == 0, process.returncode
    assert said == whole


def test_rows_as_young_as_the_cache():
    """If the cache's time is not later than a file's, the file is read again."""
    build({'page': '0000'})
    assert opened() == ['page']
    assert opened() == []
    data = bytearray(pathlib.Path('cache').read_bytes())
    young = os.stat('build/page').st_ctime_ns
    for time, wanted in ((young, ['page']), (young + 1, [])):
        data[40:48] = time.to_bytes(8, 'little')
        pathlib.Path('cache').write_bytes(data[:-16] + checksum(data[:-16]))
        assert opened() == wanted, time - young


def checksum(data):
    pathlib.Path('part').write_bytes(data)
    return bytes.fromhex(subprocess.run(
        ['xxhsum', '-H2', 'part'], check=True,
        stdout=subprocess.PIPE).stdout.split()[0].decode())


@pytest.mark.timeout(200)
def test_damaged():
    """Every byte changed, every length: ignored with a word."""
    build({'a': 'x', 'b': 'y', 'c/d': 'z'})
    whole = manifest('--cache', 'cache').stdout
    good = pathlib.Path('cache').read_bytes()
    cases = [good[:at] + bytes([good[at] ^ 0x41]) + good[at + 1:]
             for at in range(15, len(good), 7)]
    cases += [good[:length] for length in range(0, len(good), 31)]
    cases += [good + b'x', good * 2, b'edgediff-cache 0' + good[16:],
              b'edgediff-cache ' + os.urandom(5000)]
    for bad in cases:
        pathlib.Path('cache').write_bytes(bad)
        done = manifest('--cache', 'cache')
        assert done.stdout == whole
        assert 'the cache cache is not used: ' in done.err, done
    # which left a good one
    assert manifest('--cache', 'cache').err == ''


def test_what_never_was_a_cache_is_kept():
    build({'a': 'x'})
    whole = manifest('--cache', 'cache').stdout
    good = pathlib.Path('cache').read_bytes()
    for text in (b'mine\n', b'edgediff-baseline 1\n', b'\0' * 100, b'E',
                 bytes([good[0] ^ 1]) + good[1:]):
        pathlib.Path('cache').write_bytes(text)
        done = manifest('--cache', 'cache')
        assert done.stdout == whole
        assert 'the cache cache is not used: not a cache, and' in done.err, done
        assert pathlib.Path('cache').read_bytes() == text
    os.mkfifo('fifo')
    assert manifest('--cache', 'fifo').stdout == whole
    assert pathlib.Path('fifo').is_fifo()
    for text in (b'', b'e'):  # a crash can leave these
        pathlib.Path('cache').write_bytes(text)
        manifest('--cache', 'cache')
        assert pathlib.Path('cache').read_bytes()[:14] == good[:14]


def test_a_time_that_is_none():
    """With a right checksum, and from another file system."""
    build({'a': 'x'})
    whole = manifest('--cache', 'cache').stdout
    data = bytearray(pathlib.Path('cache').read_bytes())
    data[40:48] = (1 << 63).to_bytes(8, 'little')
    data[48] ^= 1
    pathlib.Path('cache').write_bytes(data[:-16] + checksum(data[:-16]))
    done = manifest('--cache', 'cache')
    assert done.stdout == whole
    assert 'the cache cache is not used: damaged' in done.err, done


def test_cannot_be_written():
    """A warning, and the manifest all the same."""
    build({'a': 'x'})
    whole = manifest().stdout
    os.mkdir('folder')
    for where in ('none/cache', 'folder', 'build/a/cache'):
        done = manifest('--cache', where)
        assert done.stdout == whole
        assert f'the cache {where} is not' in done.err, done
    os.mkfifo('fifo')
    assert 'is not used' in manifest('--cache', 'fifo').err


def test_no_room_for_a_byte():
    skip_under_thread_sanitizer()
    build({'a': 'x'})
    whole = manifest().stdout
    done = subprocess.run(
        ['sh', '-c', 'ulimit -f 0; exec "$0" "$@"', edgediff(),
         'manifest', 'build', '--cache', 'full'], check=False,
        env=environment(os.getcwd()), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.returncode == 0 and done.stdout == whole, done
    assert b'cannot write beside it' in done.stderr, done
    assert not pathlib.Path('full.tmp').exists()


def test_written_between_opening_and_locking():
    """By another process: its cache stays whole."""
    if not shutil.which('strace'):
        pytest.skip('strace is not installed')
    build({'a': 'x', 'b': 'y'})
    env = environment(os.getcwd())
    env['ASAN_OPTIONS'] += ':detect_leaks=0'
    with subprocess.Popen(
            ['strace', '-f', '-e', f'inject=flock:delay_enter={limit(4):.0f}s',
             '-o', 'strace.out', edgediff(), 'manifest', 'build', '--cache',
             'cache'], env=env, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE) as slow:
        while not pathlib.Path('cache.tmp').exists():
            assert slow.poll() is None
        whole = manifest('--cache', 'cache').stdout
        written = pathlib.Path('cache').read_bytes()
        out, said = slow.communicate(timeout=limit(30))
    assert out == whole and slow.returncode == 0, said
    assert b'another process' in said, said
    assert pathlib.Path('cache').read_bytes() == written
    assert not pathlib.Path('cache.tmp').exists()


def test_temporary_file_with_another_name():
    """A copy of the folder made of hard links, say: the other file stays."""
    build({'a': 'x'})
    pathlib.Path('copy').write_text('kept')
    pathlib.Path('cache.tmp').hardlink_to('copy')
    whole = manifest().stdout
    done = manifest('--cache', 'cache')
    assert done.stdout == whole
    assert 'was also another file' in done.err
    assert pathlib.Path('copy').read_text() == 'kept'
    assert not pathlib.Path('cache.tmp').exists()
    assert not manifest('--cache', 'cache').err
    assert pathlib.Path('cache').exists()


def test_never_part_of_the_build():
    build({'a': 'x'})
    manifest('--cache', 'build/cache', status=2).expect(2, 'inside the build')
    assert os.listdir('build') == ['a']
    # the file there is no cache, and stays as it is
    pathlib.Path('build/cache').write_text('x')
    manifest('--cache', 'build/cache', '--exclude', 'cache.tmp',
             status=2).expect(2, 'inside the build')
    assert pathlib.Path('build/cache').read_text() == 'x'
    assert manifest('--cache', 'build/cache', '--exclude', 'cache*').stdout \
        == manifest('--exclude', 'cache*').stdout


def test_invalidate_keeps_one(server):
    build({'index.html': 'x', 'b.html': 'y'})
    env = {'AWS_ENDPOINT_URL_CLOUDFRONT': server.url}
    args = ['invalidate', 'build', '--distribution-id', 'ECACHE']
    cache = pathlib.Path('.edgediff/ECACHE.cache')
    run([*args, '--dry-run'], env=env).expect(0)
    assert not cache.exists() and not cache.parent.exists()
    run([*args, '--no-cache'], env=env).expect(0)
    assert not cache.exists()
    run(args, env=env).expect(0)
    assert cache.exists()
    pathlib.Path('build/b.html').write_text('z')
    run(args, env=env).expect(0)
    assert server.created()[-1]['items'] == ['/b.html']
    run([*args, '--baseline', 'other'], env=env).expect(0)
    assert pathlib.Path('other.cache').exists()
