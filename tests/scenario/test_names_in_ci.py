"""No name of a file is taken for a command by the CI system whose log it is in.

GitHub's runner obeys a line of either stream that begins, after white space,
with `::command`, or has `##[command]` anywhere; Azure's one with `##vso[`
anywhere.
"""
import json
import re

from support import run, tree

NAMES = ['::add-mask::l', '  ::stop-commands::x', '\u2003::debug::x',
         '##[add-path]x', 'a ##[add-mask]x', '##vso[task.complete]x',
         ':::error::x', 'a::b', '###[error]x', '#[x', 'x\n::error::y']


def obeyed(result):
    """Lines that a runner would obey."""
    return [line for stream in (result.out, result.err)
            for line in re.split(r'[\r\n]', stream)
            if line.lstrip().startswith('::') or '##' in line]


def both():
    tree('old', {name: 'one' for name in NAMES})
    tree('new', {name: 'two' for name in NAMES})


def unescape(line):
    return re.sub(rb'\\x([0-9a-f]{2})',
                  lambda match: bytes([int(match[1], 16)]), line).decode()


def test_diff():
    both()
    for args in ([], ['--name-only'], ['--output', 'json']):
        result = run(['diff', 'old', 'new', *args]).expect(0)
        assert not obeyed(result), result
    lines = run(['diff', 'old', 'new', '--name-only']).stdout.splitlines()
    wanted = sorted(NAMES, key=str.encode)
    assert [unescape(line) for line in lines] == wanted
    assert run(['diff', 'old', 'new', '--output', 'json']).json() == {
        'format': 1, 'added': [], 'changed': wanted, 'removed': []}


def test_reports():
    """Of each kind, should somebody print one in a job."""
    both()
    for kind in ('json', 'md', 'html'):
        name = f'report.{kind}'
        run(['plan', 'old', 'new', '--report', name]).expect(0)
        with open(name, encoding='utf-8') as file:
            for line in file:
                assert not line.lstrip().startswith('::'), line
                assert '##[' not in line and '##vso' not in line, line


def test_json_commands_no_terminal():
    """U+009B begins a command as ESC [ does."""
    names = sorted(('esc\x1b[31m', 'del\x7f', 'csi\u009b31m', 'é\u00a0'),
                   key=str.encode)
    tree('old', {})
    tree('new', {name: 'x' for name in names})
    for args in (['diff', 'old', 'new'], ['manifest', 'new']):
        result = run([*args, '--output', 'json']).expect(0)
        assert not re.search('[\x00-\x09\x0b-\x1f\x7f-\x9f]', result.out)
    assert run(['diff', 'old', 'new', '--output',
                'json']).json()['added'] == names


def test_keys_ended_by_nul_are_raw():
    both()
    result = run(['diff', 'old', 'new', '--name-only', '-0']).expect(0)
    assert result.stdout == b''.join(
        name.encode() + b'\0' for name in sorted(NAMES, key=str.encode))
    tree('old', {'raw': b''})
    tree('new', {b'\xff\\'.decode('utf-8', 'surrogateescape'): b''})
    result = run(['diff', 'old', 'new', '--name-only', '--null', '--filter',
                  'A']).expect(0)
    assert result.stdout == b'\xff\\\0'


def test_plan_and_invalidate(server):
    both()
    for args in (['plan', 'old', 'new'],
                 ['plan', 'old', 'new', '--output', 'json'],
                 ['plan', 'old', 'new', '--explain', '/%23%23%5Badd-path%5Dx'],
                 ['plan', 'old', 'new', '--immutable', '##*']):
        assert not obeyed(run(args).expect(0)), args
    for build in ('old', 'new'):
        for more in (['--dry-run'], [], ['--output', 'json']):
            result = run(['invalidate', build, '--distribution-id', 'E',
                          '--endpoint-url', server.url, *more]).expect(0)
            assert not obeyed(result), result
            if more == ['--dry-run']:
                json.loads(result.stdout)


def test_messages():
    for name in NAMES:
        for args in ([name], ['manifest', name], ['diff', name, name],
                     ['manifest', '.', f'--{name}'],
                     ['status', '--distribution-id', name],
                     ['invalidate', '.', '--distribution-id', 'E',
                      '--baseline', f'{name}/']):
            result = run(args)
            assert result.status in (1, 2), result
            assert not obeyed(result), result
