"""A step of a GitHub workflow: annotations, and outputs for other steps."""
import pathlib
import re

from support import deploy, run, tree

STEP = {'GITHUB_ACTIONS': 'true'}
A = {'index.html': 'home 1', 'a.html': 'a', 'b.html': 'b'}
B = {'index.html': 'home 2', 'a.html': 'a', 'new.html': 'new'}


def commands(text):
    """What the runner takes for commands: its ActionCommand.cs."""
    return [line for line in re.split(r'\r\n|\r|\n', text)
            if line.lstrip().startswith('::') or '##[' in line]


def outputs(path='output'):
    text = pathlib.Path(path).read_text('utf-8')
    assert text.endswith('\n') and '<<' not in text, text
    return dict(line.split('=', 1) for line in text.splitlines() if line)


def test_annotations():
    tree('old', {f'p{i}': 'x' for i in range(9)})
    tree('new', {f'p{i}': 'y' for i in range(9)})
    warned = run(['plan', 'old', 'new', '--quiet'], env=STEP).expect(0)
    text = warned.err.splitlines()[0].removeprefix('edgediff: ')
    what = text.removeprefix('warning: ')
    assert what != text, text
    assert warned.err == f'edgediff: {text}\n::warning title=edgediff::{what}\n'
    assert commands(warned.out) == []
    failed = run(['manifest', '100%'], env=STEP).expect(1)
    assert failed.err == (
        'edgediff: cannot open 100%: No such file or directory\n'
        '::error title=edgediff::cannot open 100%25: No such file or '
        'directory\n'), failed
    for value in 'false', '':
        plain = run(['manifest', '100%'], env={'GITHUB_ACTIONS': value})
        assert plain.err.count('\n') == 1 and '::' not in plain.err


def test_no_name_gives_a_command():
    for name in ('##[add-mask]a', '::add-mask::a', '\n::add-mask::a',
                 '\r::add-mask::a', '\u2028::stop-commands::a', '\u0085::a',
                 '%0A::add-mask::a', '##[##[error]', '###[error]'):
        failed = run(['manifest', name], env=STEP).expect(1)
        found = commands(failed.err)
        assert len(found) == 1 and '##[' not in failed.err, failed
        assert found[0].startswith('::error title=edgediff::cannot open ')
        assert len(failed.err.splitlines()) == 2, failed


def test_outputs_of_diff_and_plan():
    tree('A', A)
    tree('B', B)
    hash_of_b = run(['manifest', 'B']).out.split()[-1]
    pathlib.Path('output').write_text('before=1')  # and no newline
    env = {'GITHUB_OUTPUT': 'output'}
    plain = run(['diff', 'A', 'B']).expect(0)
    assert run(['diff', 'A', 'B'], env=env).expect(0).stdout == plain.stdout
    wanted = {'before': '1', 'added': '1', 'changed': '1', 'removed': '1',
              'manifest-hash': hash_of_b}
    assert outputs() == wanted
    run(['plan', 'A', 'B'], env=env).expect(0)
    assert outputs() == {**wanted, 'items': '1'}
    for where in 'nowhere/output', '/dev/full':
        failed = run(['diff', 'A', 'B'], env={'GITHUB_OUTPUT': where})
        assert failed.expect(1, 'GITHUB_OUTPUT: ', where).out == plain.out
    assert not pathlib.Path('nowhere').exists()


def invalidate(server, build, *more, output='output', **env):
    pathlib.Path('output').unlink(missing_ok=True)
    return deploy(server, build, '--output', 'json', *more,
                  env={'GITHUB_OUTPUT': output, **env})


def test_outputs_of_invalidate(server):
    tree('A', A)
    tree('B', B)
    invalidate(server, 'A', '--first-run', 'none').expect(0)
    assert outputs()['result'] == 'nothing to do'
    dry = invalidate(server, 'B', '--dry-run').expect(0).json()
    reference = dry['InvalidationBatch']['CallerReference']
    wanted = {'items': '1', 'added': '1', 'changed': '1', 'removed': '1',
              'manifest-hash': run(['manifest', 'B']).out.split()[-1]}
    assert outputs() == {**wanted, 'result': 'dry run',
                         'caller-reference': reference,
                         'invalidation-id': ''}
    sent = invalidate(server, 'B').expect(0).json()
    assert outputs() == {
        **wanted, 'result': 'accepted', 'caller-reference': reference,
        'invalidation-id': sent['invalidation']['Id']}
    invalidate(server, 'B').expect(0)
    given = outputs()
    assert given['result'] == 'nothing to do' and given['items'] == '0'
    # those of a run before it in the same step count no more
    assert given['invalidation-id'] == given['caller-reference'] == ''
    # it was accepted, and the step must not take that for a failure to
    # send; what fails afterwards has a status of its own
    failed = invalidate(server, 'A', output='/dev/full').expect(
        4, 'GITHUB_OUTPUT: /dev/full')
    assert failed.json()['result'] == 'accepted'
    invalidate(server, 'A').expect(0)
    invalidate(server, 'nowhere').expect(1)
    assert not pathlib.Path('output').exists()
