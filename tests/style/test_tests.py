"""The tests themselves: no file that looks like one is left out."""
import re

from support import ROOT

TESTS = ROOT / 'tests'


def collected(path):
    """Does pytest run this file?"""
    role = path.relative_to(TESTS).parts
    return (role[0] == 'unit' and re.fullmatch(r't_.*\.c', path.name)) or \
        (role[0] == 'cli' and path.suffix == '.test') or \
        (role[0] in ('scenario', 'style')
         and re.fullmatch(r'test_.*\.py', path.name))


def is_known(path, scenarios):
    """Is this file, which is no test, a part of one?"""
    role = path.relative_to(TESTS).parts
    if role[0] == 'unit':
        # a program that a test drives, or a header
        return path.suffix == '.h' or (
            path.suffix == '.c'
            and (ROOT / 'out/sanitize/tests' / path.stem).exists())
    if role[0] in ('bench', 'differential', 'mutation', 'sweep'):
        # a scenario runs each, the long ones in a short form; or it is a part
        # of one: a module, a program, what was measured
        return any(f"'{role[0]}/{role[1]}'" in text for text in scenarios) or \
            path.suffix in ('.py', '.md') or (
                path.suffix == '.c'
                and (ROOT / 'out/release/tests' / path.stem).exists())
    if role[0] == 'fuzz':
        # a target, its inputs, or what builds and runs it
        return path.suffix in ('.h', '.ninja') or (
            path.suffix == '.c' and (
                ROOT / 'out/sanitize/tests/fuzz' / path.stem).exists()) or \
            role[1] in ('build', 'driver.c', 'edges', 'libraries', 'run') or (
                len(role) > 2 and role[1] in ('dictionaries', 'found', 'seeds'))
    if role[0] in ('cli', 'scenario'):
        return len(role) > 2 and role[1] == 'data'
    if role[0] in ('style', 'support', 'edge_model'):
        return path.suffix == '.py'
    return len(role) == 1 or role[0] in ('data', 'distributions')


def test_every_test_file_runs():
    scenarios = [path.read_text('utf-8')
                 for path in (TESTS / 'scenario').rglob('test_*.py')]
    wrong = []
    for path in sorted(TESTS.rglob('*')):
        if path.is_dir() or '__pycache__' in path.parts or collected(path):
            continue
        looks = re.match(r't_|test_|.*\.test$|.*_test\.', path.name)
        if looks or not is_known(path, scenarios):
            wrong.append(f'{path.relative_to(ROOT)}: nothing runs it')
    for folder in ('scenario', 'style'):
        for path in sorted((TESTS / folder).rglob('test_*.py')):
            if not re.search(r'^def test_', path.read_text('utf-8'), re.M):
                wrong.append(f'{path.relative_to(ROOT)}: no function test_*')
    assert not wrong, '\n'.join(wrong)
