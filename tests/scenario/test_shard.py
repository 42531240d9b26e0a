"""Parts of a build: stable, disjoint, and together the whole."""
import os
import pathlib
import shutil
import subprocess

import pytest

from support import (edgediff, environment, flip_bit, run, tar, tick, tree,
                     zip_archive)

FILES = {f'd{i % 13}/page-{i}.html': f'text {i}' for i in range(400)}
FILES |= {'index.html': 'home', 'new\nline': 'n', 'é.css': 'e',
          'big.bin': b'x' * 700000, 'empty': b'', 'zero': b'\0' * 300000}


def manifest(build, *more, status=0):
    return run(['manifest', build, *more]).expect(status).stdout


def shards(build, count, *more):
    return [manifest(build, '--shard', f'{i}/{count}', *more)
            for i in range(1, count + 1)]


def keys(text):
    return [line.split(b' ', 2)[2] for line in text.splitlines()[1:-1]]


def merge(texts):
    names = []
    for i, text in enumerate(texts):
        names.append(f'shard-{i}')
        pathlib.Path(names[-1]).write_bytes(text)
    return run(['merge', *names]).expect(0).stdout


def archives():
    members = [(name, content if isinstance(content, bytes)
                else content.encode()) for name, content in FILES.items()]
    tar('site.tar', members)
    tar('site.tgz', members[::-1], 'w:gz')
    zip_archive('site.zip', members)
    return 'site.tar', 'site.tgz', 'site.zip'


@pytest.mark.timeout(200)
def test_shards_make_the_whole():
    whole = manifest(tree('folder', FILES))
    pathlib.Path('saved').write_bytes(whole)
    seen = {}
    for build in ('folder', 'saved', *archives()):
        for count in (1, 2, 7, 100):
            texts = shards(build, count)
            assert merge(texts) == whole, (build, count)
            # the same parts, whatever the build is
            assert seen.setdefault(count, texts) == texts, (build, count)
    assert all(10 < len(keys(text)) for text in seen[7]), seen[7]
    assert any(not keys(text) for text in seen[100] + shards('folder', 300))


def test_shards_do_not_move():
    """By the lower half of XXH3-64 of the key, on any machine."""
    tree('folder', {name: name for name in 'abcdefghij'})
    assert [b''.join(keys(text)) for text in shards('folder', 3)] == SHARDS_OF_3
    for jobs in ('1', '2', '8'):
        assert [b''.join(keys(text)) for text in shards(
            'folder', 3, '--jobs', jobs)] == SHARDS_OF_3
    last = [keys(manifest('folder', '--shard', f'{i}/100000'))
            for i in (1, 100000)]
    assert last == [[], []]


SHARDS_OF_3 = [b'abcei', b'f', b'dghj']


def test_root_and_exclude():
    """The key is what the manifest shows, so --root decides on it."""
    whole = manifest(tree('folder', FILES), '--exclude', 'd3')
    tree('outer/inner', FILES)
    tar('outer.tar', [(f'inner/{name}', content.encode() if isinstance(
        content, str) else content) for name, content in FILES.items()]
        + [('other/x', b'x')])
    wanted = shards('folder', 3, '--exclude', 'd3')
    assert merge(wanted) == whole
    for build in ('outer', 'outer.tar'):
        assert wanted == shards(build, 3, '--root', 'inner', '--exclude', 'd3')


def test_links():
    """A linked file is in the shard of the link's key."""
    tree('folder', {f'a/{i}': f'text {i}' for i in range(40)})
    os.symlink('a', 'folder/b')
    for i in range(40):
        os.symlink(f'a/{i}', f'folder/link-{i}')
        os.link(f'folder/a/{i}', f'folder/c-{i}')
    for order in (['a', 'b'], ['b', 'a']):
        rest = sorted(name for name in os.listdir('folder')
                      if name not in order)
        subprocess.run(['tar', '-cf', f'{"".join(order)}.tar', '-C', 'folder',
                        *order, *rest], check=True)
    builds = ['folder', 'ab.tar', 'ba.tar']
    if shutil.which('zip'):
        subprocess.run(['zip', '-qry', '../site.zip', '.'], cwd='folder',
                       check=True)
        builds.append('site.zip')
    whole = manifest('folder')
    assert len(keys(whole)) == 160
    wanted = {count: shards('folder', count) for count in (2, 7)}
    for build in builds:
        assert manifest(build) == whole
        for count, texts in wanted.items():
            assert shards(build, count) == texts, (build, count)
            assert merge(texts) == whole


def test_hard_links():
    """Nothing else makes the archive be read twice."""
    tree('folder', {f'a/{i}': f'text {i}' for i in range(40)})
    for i in range(40):
        os.link(f'folder/a/{i}', f'folder/b-{i}')
    subprocess.run(['tar', '-cf', 'site.tar', '-C', 'folder', 'a',
                    *[f'b-{i}' for i in range(40)]], check=True)
    for count in (2, 7, 50):
        assert shards('site.tar', count) == shards('folder', count), count


def opened(*args):
    if not shutil.which('strace'):
        pytest.skip('strace is not installed')
    env = environment(os.getcwd())
    env['ASAN_OPTIONS'] += ':detect_leaks=0'
    done = subprocess.run(
        ['strace', '-f', '-e', 'trace=openat', '-o', 'strace.out',
         edgediff(), 'manifest', 'folder', *args], check=False,
        env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)
    assert done.returncode == 0, done.stderr
    names = [line.split('"')[1] for line in
             pathlib.Path('strace.out').read_text().splitlines()
             if 'O_NONBLOCK' in line and 'O_NOCTTY' in line
             and '"folder"' not in line]
    return sorted(names), keys(done.stdout)


def test_only_its_own_files_are_opened():
    tree('folder', {f'page-{i}': str(i) for i in range(60)})
    os.symlink('page-1', 'folder/link-1')
    os.symlink('page-2', 'folder/link-2')
    found = []
    for i in (1, 2, 3):
        names, there = opened('--shard', f'{i}/3')
        assert names == sorted(map(os.fsdecode, there)) != []
        found += names
    assert len(found) == 62


def test_other_members_are_not_read():
    """Damage in them is not seen, and damage in its own is."""
    one_is_damaged('')
    one_is_damaged('inner/', '--root', 'inner')
    one_is_damaged('outer/', '--root', 'inner')


def one_is_damaged(top, *options):
    content = {f'{top}{i}': bytes([i]) * 5000 for i in range(40)}
    zip_archive('site.zip', [*content.items(), ('inner/a', b'a')], 0)
    good = manifest('site.zip', *options)
    data = pathlib.Path('site.zip').read_bytes()
    at = data.index(bytes([17]) * 5000)
    flip_bit('site.zip', at + 100)
    run(['manifest', 'site.zip', *options]).expect(1, '17: ')
    failed = []
    for i in range(1, 5):
        done = run(['manifest', 'site.zip', '--shard', f'{i}/4', *options])
        if done.status == 0:
            assert b' 17\n' not in done.stdout
            assert set(done.stdout.splitlines()[1:-1]) <= \
                set(good.splitlines())
        else:
            failed.append(done.expect(1, f'site.zip: {top}17: '))
    assert len(failed) == 1


def test_each_error_is_in_some_shard():
    tree('folder', {f'page-{i}': str(i) for i in range(20)})
    os.mkfifo('folder/fifo')
    for i in (1, 2, 3):
        run(['manifest', 'folder', '--shard', f'{i}/3']).expect(
            1, 'folder: fifo: ')
    os.unlink('folder/fifo')
    os.symlink('nowhere', 'folder/dangling')
    for i in (1, 2, 3):
        run(['manifest', 'folder', '--shard', f'{i}/3']).expect(
            1, 'folder: dangling: ')
    os.unlink('folder/dangling')
    # the cache inside the build, by the name it is written under
    said = [run(['manifest', 'folder', '--cache', 'folder/cache', '--shard',
                 f'{i}/3']) for i in (1, 2, 3)]
    assert any(result.status == 2 and 'the stat cache is inside the build' in
               result.err for result in said), list(map(str, said))
    # what an archive must not hold is refused with every shard
    for bad in ([('a', b'1'), ('a', b'2')], [('../a', b'1')], [('/a', b'1')],
                [('a', b'1'), ('a/b', b'2')]):
        tar('bad.tar', bad)
        for i in (1, 2, 3):
            manifest('bad.tar', '--shard', f'{i}/3', status=1)


def test_a_cut_archive():
    tar('site.tar', [(f'{i}', b'x' * 3000) for i in range(9)])
    data = pathlib.Path('site.tar').read_bytes()
    end = len(data.rstrip(b'\0'))
    for length in range(512, end + 512, 1500):
        pathlib.Path('cut.tar').write_bytes(data[:length])
        for i in (1, 2):
            manifest('cut.tar', '--shard', f'{i}/2', status=1)


def test_a_manifest_of_unknown_objects_and_a_baseline(server):
    tree('folder', FILES)
    run(['invalidate', 'folder', '--distribution-id', 'ESHARD'],
        env={'AWS_ENDPOINT_URL_CLOUDFRONT': server.url}).expect(0)
    baseline = '.edgediff/ESHARD.baseline'
    assert shards(baseline, 3) == shards('folder', 3)


def aged(files):
    """A folder whose files are older than any tick of the clock."""
    tree('folder', files)
    for name in files:
        os.utime(os.path.join('folder', name), (1e9, 1e9))
    tick()


def rows():
    data = pathlib.Path('cache').read_bytes()
    return int.from_bytes(data[32:40], 'little')


def test_cache():
    """One cache serves all shards and the whole; each keeps the others' rows."""
    aged({f'page-{i}': str(i) for i in range(50)})
    whole = manifest('folder')
    cache = ('--cache', 'cache')
    for i in (1, 2, 3):
        assert len(opened('--shard', f'{i}/3', *cache)[0]) > 5
    assert opened(*cache)[0] == []
    for i in (1, 2, 3, 4):
        assert opened('--shard', f'{i}/4', *cache)[0] == []
    pathlib.Path('folder/page-7').write_text('seven')
    tick()
    found = [opened('--shard', f'{i}/3', *cache)[0] for i in (1, 2, 3)]
    assert sorted(found) == [[], [], ['page-7']]
    os.unlink('folder/page-8')
    for i in (1, 2, 3):
        manifest('folder', '--shard', f'{i}/3', *cache)
    assert rows() == 49, 'each part forgets what is gone from it'
    assert merge(shards('folder', 3, *cache)) == manifest('folder') != whole
    assert manifest('folder', *cache) == manifest('folder')


def checksum(data):
    pathlib.Path('part').write_bytes(data)
    return bytes.fromhex(subprocess.run(
        ['xxhsum', '-H2', 'part'], check=True,
        stdout=subprocess.PIPE).stdout.split()[0].decode())


def test_cache_and_racily_clean():
    """A row that counts for nothing must not count in a younger cache."""
    aged({f'page-{i}': str(i) for i in range(20)})
    cache = ('--cache', 'cache')
    mine = keys(manifest('folder', '--shard', '1/2', *cache))
    assert opened('--shard', '1/2', *cache)[0] == []
    # as if the cache had been made in the tick in which the files changed
    young = min(os.stat(b'folder/' + key).st_ctime_ns for key in mine)
    data = bytearray(pathlib.Path('cache').read_bytes())
    data[40:48] = young.to_bytes(8, 'little')
    pathlib.Path('cache').write_bytes(data[:-16] + checksum(data[:-16]))
    manifest('folder', '--shard', '2/2', *cache)
    assert opened('--shard', '1/2', *cache)[0] == sorted(
        map(os.fsdecode, mine)) != []
    assert opened(*cache)[0] == []


def test_usage():
    tree('folder', {'a': 'x'})
    for wrong in ('', '0/1', '2/1', '1', '1/', '/1', '1/0', '-1/2', '1/2/3',
                  '1 /2', 'x', '1/100001', '100001/100001', '1.0/2'):
        run(['manifest', 'folder', f'--shard={wrong}']).expect(
            2, '--shard', 'expected I/N', '100000/100000')
    run(['manifest', 'folder', '--shard', '1/1']).expect(0)
    run(['plan', 'folder', 'folder', '--shard', '1/1']).expect(
        2, 'an option of manifest')
    shown = run(['manifest', 'folder', '--shard', '1/1', '--output', 'json'])
    assert [row['key'] for row in shown.expect(0).json()['objects']] == ['a']
