"""Manifests of parts are merged into the manifest of the whole, or refused."""
import hashlib
import os
import pathlib
import random
import shutil
import subprocess
import time

import pytest

from support import (ROOT, edgediff, environment, flip_bit, run,
                     skip_under_thread_sanitizer, start, tar, tree,
                     zip_archive)

MAGIC = b'edgediff-manifest 1 xxh3-128\n'
RSS_MAX = 16 * 1024  # KB
KEY_MAX = 16 * 1024


def line(key, size=None):
    return b'%s %d %s\n' % (hashlib.md5(key).hexdigest().encode(),
                            len(key) if size is None else size, key)


def manifest(lines):
    """The text of a manifest of these lines, in their order."""
    text = MAGIC + b''.join(lines)
    return text + b'end %d %s\n' % (len(lines),
                                    hashlib.sha256(text).hexdigest().encode())


def write(path, keys):
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(manifest([line(key) for key in sorted(keys)]))
    return str(path)


def keys_of(count):
    return [b'd%d/page-%06d.html' % (i % 97, i) for i in range(count)]


def parts(keys, count, seed=1):
    """`count` files that hold the keys, each in one of them."""
    dealt = [[] for _ in range(count)]
    rng = random.Random(seed)
    for key in keys:
        rng.choice(dealt).append(key)
    return [write(f'parts/{i:05}', part) for i, part in enumerate(dealt)]


# Peak memory counts what a process was before it became the program, so that
# has to be small: not the scenario, but this.
MEASURE = r'''
import os, sys
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(pid, 0)
with open('memory', 'w') as file:
    file.write(str(usage.ru_maxrss))
sys.exit(os.waitstatus_to_exitcode(status))
'''


def release(args, limit=''):
    """How a run of the program as installed ended, and its peak memory."""
    done = subprocess.run(
        ['sh', '-c', f'{limit} exec "$0" "$@"', '/usr/bin/python3', '-I', '-S',
         '-c', MEASURE, str(ROOT / 'out/edgediff'), *args],
        check=False, env=environment(os.getcwd()),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)
    return done, int(pathlib.Path('memory').read_text())


def refused(args, *words, input=b''):
    """An error that says this, and no end line on standard output."""
    result = run(['merge', *args], input=input).expect(1, *words)
    assert b'\nend ' not in result.stdout, str(result)
    assert result.err.count('\n') == 1, str(result)
    return result


def test_any_number_of_parts():
    keys = keys_of(2000)
    whole = pathlib.Path(write('whole', keys)).read_bytes()
    # about one round, about two, and about three
    for count in (1, 2, 3, 31, 32, 33, 34, 1024, 1025):
        merged = run(['merge', *parts(keys, count)]).expect(0)
        assert merged.stdout == whole, count
        assert merged.err == ''
    assert run(['merge', *reversed(parts(keys, 40))]).expect(0).stdout == whole


def test_no_objects():
    empty = pathlib.Path(write('empty', [])).read_bytes()
    assert empty == run(['merge', 'empty']).expect(0).stdout
    assert empty == run(['merge', *['empty'] * 100]).expect(0).stdout
    write('one', [b'a'])
    one = run(['merge', 'empty', 'one', 'empty']).expect(0).stdout
    assert one == pathlib.Path('one').read_bytes()


def test_odd_names():
    """Order is that of the keys' bytes, which is not that of the lines."""
    names = [b'A', b'\n', b'a\\b', b'\xff\xfe', b'a\tb', b'a b', b'a/b', b'a.b',
             b'x' * 255, b'\xc3\xa9.css', b'a\x7f', b' ']
    for name in names:
        tree('whole', {os.fsdecode(name): name})
    wanted = run(['manifest', 'whole']).expect(0).stdout
    for i, name in enumerate(names):
        tree(f'part-{i}', {os.fsdecode(name): name})
        pathlib.Path(f'{i}').write_bytes(
            run(['manifest', f'part-{i}']).expect(0).stdout)
    few = [str(i) for i in range(len(names))]
    assert run(['merge', *few]).expect(0).stdout == wanted
    write('empty', [])
    many = few[:6] + ['empty'] * 40 + few[6:]
    assert run(['merge', *many]).expect(0).stdout == wanted


def test_longest_lines():
    keys = [b'\\x01' * (KEY_MAX - 2) + b'%02d' % i for i in range(40)]
    lines = [line(key, 2**64 - 1) for key in keys]
    pathlib.Path('whole').write_bytes(manifest(lines))
    names = []
    for i, one in enumerate(lines):
        names.append(f'part-{i}')
        pathlib.Path(names[-1]).write_bytes(manifest([one]))
    for width in (20, 40):  # at once, and in rounds
        merged = run(['merge', *names[:width]]).expect(0).stdout
        assert merged == manifest(lines[:width])
    done, memory = release(['merge', *names])
    assert done.returncode == 0 and done.stdout == manifest(lines)
    assert memory < RSS_MAX, memory


def test_a_key_in_two_names_both():
    write('a', [b'x', b'new\nline'.replace(b'\n', b'\\x0a')])
    write('b', [b'y', b'new\\x0aline', b'z'])
    write('c', [b'w'])
    refused(['c', 'a', 'b'], 'edgediff: new\\x0aline: duplicate key: in a and '
            'in b\n')
    refused(['b', 'c', 'a'], 'in b and in a')
    # the same file, by the same name
    refused(['c', 'c'], 'w: duplicate key: in c and in c')
    # if they meet in the second round, and in the third
    for before, between in ((0, 0), (3, 40), (10, 1100)):
        many = parts(keys_of(1200), before + between + 1)[1:]
        args = [*many[:before], 'a', *many[before:], 'b']
        refused(args, 'new\\x0aline: duplicate key: in a and in b')


def test_what_is_wrong_in_one_is_refused():
    """As strictly as a manifest is read, with its name and the line."""
    keys = [b'a', b'b', b'c']
    good = manifest([line(key) for key in keys])
    head = len(MAGIC)
    write('other', [b'0', b'z'])
    write('empty', [])
    cases = [
        (b'', 'line 1: the text ends before its end line'),
        (good[:10], 'line 1: the text ends before its end line'),
        (good[:head], 'line 2: the text ends before its end line'),
        (good[:head + 9], 'line 2: the text ends before its end line'),
        (good[:-1], 'line 5: the text ends before its end line'),
        (good[:-9] + bytes([good[-9] ^ 1]) + good[-8:], 'line 5: the SHA-256'),
        (good.replace(b' 1 b', b' 2 b'), 'line 5: the SHA-256'),
        (good.replace(b'end 3', b'end 4'), 'line 5: the number of objects'),
        (good.replace(b'end 3', b'end 03'), 'line 5: damaged end line'),
        (good + b'\n', 'line 6: text after the end line'),
        (good + good, 'line 6: text after the end line'),
        (manifest([line(b'b'), line(b'a')]), 'line 3: keys out of order or '
         'duplicate: a after b'),
        (manifest([line(b'a'), line(b'a')]), 'line 3: keys out of order or '
         'duplicate: a after a'),
        (manifest([line(b'A'), line(b'\\x0a')]), 'line 3: keys out of order'),
        (good.replace(b'\n', b'\r\n'), 'line 1: ends in CR LF'),
        (good.replace(b'manifest 1', b'manifest 2'), 'line 1: a manifest of '
         'another version'),
        (manifest([b'x' + line(b'a')]), 'line 2: does not begin with 32 hex'),
        (manifest([line(b'a').replace(b' 1 ', b' 01 ')]), 'line 2: no size'),
        (manifest([line(b'a\tb')]), 'line 2: a key that is not escaped'),
        (manifest([line(b'\\x41')]), 'line 2: a key that is not escaped'),
        (manifest([line(b'a/../b')]), 'line 2: a/../b: an empty, . or ..'),
        (manifest([line(b'')]), 'line 2: an object without a name'),
        (manifest([line(b'k' * (KEY_MAX + 1))]), 'over the limit of '
         '16384'),
        (manifest([line(b'k' * 70000)]), 'line 2: longer than the limit of'),
        (MAGIC + b'k' * 10**6, 'line 2: longer than the limit of'),
        (b'edgediff-manifest ' + b'k' * 10**6, 'line 1: longer than the'),
        (b'edgediff-baseline 1\n', 'a baseline: merge takes manifests'),
        (b'PK\3\4' + b'\0' * 10**5, 'not an edgediff manifest'),
    ]
    for bad, said in cases:
        pathlib.Path('bad').write_bytes(bad)
        for args in (['bad'], ['other', 'bad'], ['bad', 'other'],
                     ['other', *['empty'] * 40, 'bad']):
            refused(args, 'edgediff: bad: ', said)


@pytest.mark.timeout(200)
def test_every_cut_and_every_flipped_bit():
    good = manifest([line(key) for key in (b'a', b'b\\x5c', b'c/d')])
    write('other', [b'0', b'b', b'z'])
    for at in range(len(good)):
        pathlib.Path('bad').write_bytes(good[:at])
        refused(['other', 'bad'], 'bad: line ')
    for at in range(len(good)):
        pathlib.Path('bad').write_bytes(good)
        flip_bit('bad', at, at % 8)
        refused(['bad', 'other'], 'bad: ')


def test_more_inputs_than_descriptors():
    keys = keys_of(12000)
    whole = pathlib.Path(write('whole', keys)).read_bytes()
    many = parts(keys, 5000)
    for binary in (ROOT / 'out/edgediff', edgediff()):
        for descriptors in (64, 10):
            done = subprocess.run(
                ['sh', '-c', f'ulimit -n {descriptors}; exec "$0" "$@"',
                 str(binary), 'merge', *many], check=False,
                env=environment(os.getcwd()),
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE)
            assert done.returncode == 0, done.stderr
            assert done.stdout == whole, descriptors


@pytest.mark.timeout(120)
def test_memory():
    """The same for any number of objects, and of inputs."""
    keys = keys_of(300000)
    whole = write('whole', keys)
    done, memory = release(['merge', whole])
    assert done.stdout == pathlib.Path(whole).read_bytes()
    assert memory < RSS_MAX, memory
    for count in (30, 5000):
        done, memory = release(['merge', *parts(keys, count)],
                               'ulimit -n 64;')
        assert done.returncode == 0, done.stderr
        assert done.stdout == pathlib.Path(whole).read_bytes()
        assert memory < RSS_MAX, memory


def test_temporary_file():
    """It is made in TMPDIR, and nothing of it remains."""
    many = parts(keys_of(100), 50)
    pathlib.Path('kept').mkdir()
    run(['merge', *many], env={'TMPDIR': os.path.abspath('kept')}).expect(0)
    assert os.listdir('kept') == []
    result = run(['merge', *many], env={'TMPDIR': '/nowhere'})
    result.expect(1, 'cannot create a temporary file in /nowhere')
    assert not result.out
    run(['merge', *many[:20]], env={'TMPDIR': '/nowhere'}).expect(0)


def test_ended_while_it_makes_the_temporary_file():
    """It never has a name, if the file system can do that."""
    skip_under_thread_sanitizer()
    if not shutil.which('strace'):
        pytest.skip('strace is not installed')
    os.mkdir('kept')
    try:
        os.close(os.open('kept', os.O_TMPFILE | os.O_RDWR))
    except OSError:
        pytest.skip('the file system needs names')
    env = environment(os.getcwd(), TMPDIR=os.path.abspath('kept'))
    env['ASAN_OPTIONS'] += ':detect_leaks=0'
    done = subprocess.run(
        ['strace', '-o', 'strace.out', '-e',
         'inject=unlink:error=EIO:signal=KILL', edgediff(), 'merge',
         *parts(keys_of(100), 50)], check=False, env=env,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    assert os.listdir('kept') == []
    assert done.returncode == 0, done


def test_full_disk_for_the_temporary_file():
    many = parts(keys_of(20000), 50)
    done, _ = release(['merge', *many], "trap '' XFSZ; ulimit -f 100;")
    assert done.returncode == 1, done
    assert b'the temporary file of a merge (set TMPDIR' in done.stderr, done.stderr
    assert b'\nend ' not in done.stdout


def test_standard_input_and_pipes():
    keys = keys_of(5000)
    whole = pathlib.Path(write('whole', keys)).read_bytes()
    first, second, third = parts(keys, 3)
    with open(second, 'rb') as file:
        merged = run(['merge', first, '-', third], input=file.read())
    assert merged.expect(0).stdout == whole
    done = subprocess.run(
        ['bash', '-c', '"$0" merge <(cat "$1") <(sleep 1; cat "$2") '
         '<(cat "$3")', edgediff(), first, second, third], check=False,
        env=environment(os.getcwd()), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.returncode == 0 and done.stdout == whole, done.stderr
    refused([first, '-'], 'standard input: line 1: the text ends before')
    refused([first, '-'], 'in parts/00000 and in standard input',
            input=pathlib.Path(first).read_bytes())
    refused(['-', '-'], 'standard input: line 1: the text ends before',
            input=manifest([line(b'a')]))


def test_a_fifo():
    """It is read like a pipe, whether its writer opens it first or later."""
    os.mkfifo('fifo')
    text = manifest([line(b'a')])
    for early in (True, False):
        writer = early and os.open('fifo', os.O_RDWR)  # waits for no reader
        process = start(['merge', 'fifo'])
        names = pathlib.Path(f'/proc/{process.pid}/fd')
        while not any(str(name.resolve()).endswith('fifo')
                      for name in names.iterdir()):
            time.sleep(0.01)
        time.sleep(0.1)  # it has begun to read, or waits
        writer = writer or os.open('fifo', os.O_WRONLY)
        os.write(writer, text)
        os.close(writer)
        said = process.communicate()
        assert process.returncode == 0 and said[0] == text, said
    process = start(['merge', 'fifo'])
    os.close(os.open('fifo', os.O_WRONLY))  # writes nothing
    said = process.communicate()
    assert process.returncode == 1, said
    assert b'line 1: the text ends before its end line' in said[1], said


def test_what_is_no_manifest():
    write('a', [b'a'])
    tree('folder', {'x': 'y'})
    tar('site.tar', [('x', b'y')])
    zip_archive('site.zip', [('x', b'y')])
    refused(['a', 'folder'], "folder: a folder: merge takes manifests, and "
            "'edgediff manifest' makes one")
    for name in ('site.tar', 'site.zip'):
        refused(['a', name], f'{name}: not an edgediff manifest: ')
    refused(['a', '/dev/null'], '/dev/null: neither a regular file nor a pipe')
    refused(['missing', 'a'], 'missing: cannot open: No such file')
    refused(['a', 'new\nline'], 'new\\x0aline: cannot open')


def test_usage():
    write('a', [b'a'])
    run(['merge']).expect(2, 'too few arguments: edgediff merge MANIFEST...')
    run(['merge', 'a', '--output', 'json']).expect(
        2, 'merge has no option --output: it is an option of invalidate, ')
    assert 'MANIFEST...' in run(['merge', '--help']).expect(0).out
    assert '\n  merge ' in run(['help']).expect(0).out
    assert run(['merge', '--', 'a']).expect(0).out


def test_output_that_cannot_be_written():
    many = parts(keys_of(20000), 3)
    few = [write('few', [b'a'])]  # is written at the very end
    for args, redirect in ((many, '>/dev/full'), (many, '>&-'),
                           (few, '>/dev/full'), (few, '>&-')):
        done = subprocess.run(
            ['sh', '-c', f'exec "$0" "$@" {redirect}', edgediff(),
             'merge', *args], check=False,
            env=environment(os.getcwd()), stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE)
        assert done.returncode == 1, (args, redirect, done)
        assert b'cannot write standard output' in done.stderr, done.stderr
    done = subprocess.run(
        ['bash', '-c', 'set -o pipefail; "$0" "$@" | head -c 100 >/dev/null',
         edgediff(), 'merge', *many], check=False,
        env=environment(os.getcwd()), stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE)
    assert done.returncode == 1, done
