"""The manifest of a part says which part it is, and is not taken for the whole."""
import hashlib
import os
import pathlib
import subprocess

from support import edgediff, environment, run, tar, tree

FILES = {f'd{i % 13}/page-{i}.html': f'text {i}' for i in range(400)}
WHOLE = b'edgediff-manifest 1 xxh3-128'


def parts_of(build, count, name='part'):
    """The names of files with the manifests of all parts."""
    names = []
    for i in range(1, count + 1):
        names.append(f'{name}-{i}')
        pathlib.Path(names[-1]).write_bytes(run(
            ['manifest', build, '--shard', f'{i}/{count}']).expect(0).stdout)
    return names


def unmarked(name):
    """As an edgediff that marks no parts writes it; returns its new name."""
    lines = pathlib.Path(name).read_bytes().splitlines(True)
    text = b''.join([WHOLE + b'\n', *lines[1:-1]])
    digest = hashlib.sha256(text).hexdigest()
    pathlib.Path(f'{name}-old').write_bytes(
        text + f'end {len(lines) - 2} {digest}\n'.encode())
    return f'{name}-old'


def refused(args, *words):
    """Before a byte of the whole is printed."""
    result = run(['merge', *args]).expect(1, *words)
    assert result.stdout == b'' and result.err.count('\n') == 1, str(result)


def test_the_first_line_says_which_part_it_is():
    whole = run(['manifest', tree('site', FILES)]).expect(0).stdout
    assert whole.startswith(WHOLE + b'\n')
    parts = parts_of('site', 3)
    for i, part in enumerate(parts, 1):
        assert pathlib.Path(part).read_bytes().startswith(
            WHOLE + f' shard {i}/3\n'.encode())
    tar('site.tar', [(name, text.encode()) for name, text in FILES.items()])
    with open('site.tar', 'rb') as file:
        piped = run(['manifest', '-', '--shard', '2/3'], input=file.read())
    assert piped.expect(0).stdout == pathlib.Path('part-2').read_bytes()
    # the one part of one is the whole
    assert run(['manifest', 'site', '--shard', '1/1']).stdout == whole
    assert run(['merge', *parts_of('site', 1, 'one')]).expect(0).stdout == whole
    shown = run(['manifest', 'site', '--shard', '2/3', '--output', 'json'])
    assert shown.expect(0).json()['shard'] == '2/3'
    assert shown.json()['manifest_hash'] in pathlib.Path('part-2').read_text()
    assert 'shard' not in run(
        ['manifest', 'site', '--output', 'json']).expect(0).json()


def test_a_missing_part():
    tree('site', FILES)
    parts = parts_of('site', 3)
    missing = 'give --partial to merge the others'
    refused(parts[:2], '1 of the 3 parts of the build is missing, part 3/3: ',
            "'edgediff manifest --shard'", missing)
    refused(parts[2:], '2 of the 3 parts of the build are missing, the first is '
            'part 1/3: ', missing)
    # also if there are more than are read at once
    parts = parts_of('site', 70)
    refused(parts[:33] + parts[34:], 'is missing, part 34/70: ')
    refused(parts[:64], '6 of the 70 parts', 'the first is part 65/70: ')
    refused(parts[6:][::-1], '6 of the 70 parts', 'the first is part 1/70: ')
    whole = run(['manifest', 'site']).expect(0).stdout
    assert run(['merge', *parts[::-1]]).expect(0).stdout == whole


def test_a_part_twice():
    tree('site', FILES)
    parts = parts_of('site', 40)
    twice = 'part-2 and part-2 are both part 2/40 of a build: '
    refused([*parts, 'part-2'], twice)
    refused(['part-2', *parts], twice)
    # the same part of another build, and one without objects
    tree('other', {'x': 'y'})
    again = parts_of('other', 40, 'other')
    empty = next(i for i, name in enumerate(again) if b'end 0 ' in
                 pathlib.Path(name).read_bytes())
    refused([*parts, again[empty]], f'{parts[empty]} and {again[empty]} are '
            f'both part {empty + 1}/40 of a build: ')


def test_parts_of_different_counts():
    tree('site', FILES)
    three, two = parts_of('site', 3), parts_of('site', 2, 'half')
    said = 'part-1 is one of 3 parts of a build, and half-2 one of 2: '
    refused([three[0], two[1], *three[1:]], said, '--partial')
    os.mkdir('none')
    pathlib.Path('empty').write_bytes(run(['manifest', 'none']).stdout)
    refused([*three, *['empty'] * 40, two[1]], said)


def test_partial():
    tree('site', FILES)
    parts = parts_of('site', 3)
    done = run(['merge', '--partial', parts[0], parts[2]]).expect(0)
    # what an older edgediff, which marked no parts, made of them
    older = [unmarked(name) for name in parts]
    wanted = run(['merge', older[0], older[2]]).expect(0).stdout
    assert done.stdout == wanted and done.stdout.startswith(WHOLE + b'\n')
    pathlib.Path('some').write_bytes(done.stdout)
    run(['diff', 'some', 'some']).expect(0)
    # of different counts, but with no key in common
    tree('more', {'more/x': 'x'})
    half = parts_of('more', 2, 'half')
    run(['merge', '--partial', *half, *parts]).expect(0)
    run(['merge', '--partial', parts[0], parts[0]]).expect(1, 'duplicate key')


def test_parts_without_a_mark():
    """Old ones are read as before, also among those with a mark."""
    whole = run(['manifest', tree('site', FILES)]).expect(0).stdout
    parts = parts_of('site', 3)
    older = [unmarked(name) for name in parts]
    assert run(['merge', *older]).expect(0).stdout == whole
    assert len(run(['merge', *older[:2]]).expect(0).stdout) < len(whole)
    run(['diff', older[0], 'site']).expect(0)
    refused([parts[0], older[1], parts[2]], 'is missing, part 2/3: ')
    pathlib.Path('beside').write_bytes(
        run(['manifest', tree('other', {'x': 'y'})]).expect(0).stdout)
    run(['merge', 'beside', *parts]).expect(0)


def test_from_pipes():
    whole = run(['manifest', tree('site', FILES)]).expect(0).stdout
    parts = parts_of('site', 3)

    def merge(command):
        return subprocess.run(
            ['bash', '-c', command, edgediff(), *parts], check=False,
            env=environment(os.getcwd()), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    done = merge('cat "$3" | "$0" merge <(sleep 1; cat "$1") "$2" -')
    assert done.returncode == 0 and done.stdout == whole, done.stderr
    done = merge('cat "$1" | "$0" merge "$1" "$2" -')
    assert done.returncode == 1 and done.stdout == b'', done
    assert b'part-1 and standard input are both part 1/3' in done.stderr


def test_a_part_is_no_build(server):
    tree('site', FILES)
    part = parts_of('site', 3)[1]
    said = (f'edgediff: {part}: line 1: this is only part 2/3 of a build: ',
            "'edgediff merge' makes the whole")
    for args in (['diff', part, 'site'], ['diff', 'site', part],
                 ['plan', part, 'site'], ['plan', 'site', part],
                 ['manifest', part], ['manifest', part, '--shard', '2/3']):
        result = run(args).expect(1, *said)
        assert result.stdout == b'', str(result)
    url = {'AWS_ENDPOINT_URL_CLOUDFRONT': server.url}
    for build in ('site', part):
        result = run(['invalidate', build, '--distribution-id', 'EPART'],
                     env=url)
        result.expect(0 if build == 'site' else 1)
    assert said[0] in result.err, str(result)
    assert len(server.created()) == 1


def test_a_damaged_mark():
    tree('site', FILES)
    parts = parts_of('site', 3)
    good = pathlib.Path('part-2').read_bytes()
    for mark, said in ((b'4/3', 'line 1: a damaged part number after '),
                       (b'02/3', 'line 1: a damaged part number after '),
                       (b'3/3', 'part-2 and part-3 are both part 3/3'),
                       (b'2/4', 'part-1 is one of 3 parts of a build, and '
                        'part-2 one of 4: ')):
        pathlib.Path('part-2').write_bytes(
            good.replace(b'shard 2/3', b'shard ' + mark, 1))
        refused(parts, said)
    # the SHA-256 covers it
    pathlib.Path('part-2').write_bytes(
        good.replace(b'shard 2/3', b'shard 1/3', 1))
    result = run(['merge', '--partial', *parts]).expect(1, 'part-2: line ',
                                                        'the SHA-256')
    assert b'\nend ' not in result.stdout
