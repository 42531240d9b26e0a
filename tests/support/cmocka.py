"""Unit tests in C: each cmocka test of tests/unit/t_*.c is one test here.

The program runs once under the sanitizers for all its tests, and once more,
in a short form, under valgrind. If a program forgets to run one of its tests,
that test fails.
"""
import os
import re
import shutil
import subprocess
import tempfile

import pytest

from support import children
from support.environment import ROOT, environment
from support.patience import limit

UNIT_LIMIT = 120
VALGRIND_LIMIT = 300
VALGRIND = ('valgrind', '-q', '--error-exitcode=97', '--leak-check=full',
            '--errors-for-leak-kinds=definite')
DEFINED = re.compile(r'^(?:static )?(?:void )?(test_\w+)\(\s*void \*\*', re.M)


class Failure(Exception):
    """A test failed; the text says what it printed."""


class Outcome:
    """How a program ended: its output, and what it said of each test."""

    def __init__(self, status, output):
        self.status, self.output = status, output
        self.planned = sum(map(int, re.findall(r'^1\.\.(\d+)', output, re.M)))
        self.tests = {}  # name: (word, what was printed after it)
        name = None
        for line in output.splitlines():
            match = re.match(r'(not ok|ok) \d+ (?:- )?(\w+)(.*)', line)
            if match:
                name = match[2]
                word = 'skipped' if '# SKIP' in match[3] else match[1]
                self.tests[name] = [word, '']
            elif name:
                self.tests[name][1] += line + '\n'

    def fault(self, known):
        """What is wrong with the program as a whole, or None."""
        unknown = sorted(set(self.tests) - known)
        if unknown:
            return f'not found in the source: {", ".join(unknown)}'
        if self.planned != len(self.tests):
            return f'{len(self.tests)} of {self.planned} tests reported'
        failed = any(word == 'not ok' for word, _ in self.tests.values())
        if self.status != 0 and not failed:
            return 'it failed, and none of its tests did'
        return None


def run_program(command, seconds, **env):
    """Runs a program in an empty folder: exit status and all output."""
    before = children.descendants()
    with tempfile.TemporaryDirectory(prefix='edgediff-unit.') as folder, \
            tempfile.TemporaryDirectory(prefix='edgediff-home.') as home, \
            tempfile.TemporaryFile() as output:
        try:
            status = subprocess.run(
                [*map(str, command)], cwd=folder, check=False,
                env=environment(home, **env), stdin=subprocess.DEVNULL,
                stdout=output, stderr=subprocess.STDOUT,
                timeout=limit(seconds)).returncode
        except subprocess.TimeoutExpired:
            status = f'not done after {limit(seconds):.0f} s'
        finally:
            children.end(before)
        output.seek(0)
        return status, output.read().decode('utf-8', 'backslashreplace')


class CmockaFile(pytest.File):
    """One program. Its outcome is kept for all its tests."""
    outcome = None

    def collect(self):
        names = list(dict.fromkeys(
            DEFINED.findall(self.path.read_text('utf-8'))))
        self.names = set(names)
        for name in names or ['no function test_*']:
            yield CmockaTest.from_parent(self, name=name)
        yield ValgrindTest.from_parent(self, name='valgrind')

    def program(self, variant):
        path = ROOT / variant / 'tests' / self.path.stem
        if not path.exists():
            raise Failure(f'{path.relative_to(ROOT)} is not built')
        return path

    def run(self):
        if self.outcome is None:
            variant = os.environ.get('EDGEDIFF_UNIT', 'out/sanitize')
            self.outcome = Outcome(*run_program(
                [self.program(variant)], UNIT_LIMIT,
                CMOCKA_MESSAGE_OUTPUT='TAP'))
        return self.outcome


class ProgramTest(pytest.Item):
    def repr_failure(self, excinfo, style=None):
        if isinstance(excinfo.value, Failure):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self):
        return self.path, None, f'{self.path.stem} {self.name}'


class CmockaTest(ProgramTest):
    def __init__(self, **how):
        super().__init__(**how)
        self.add_marker(pytest.mark.timeout(UNIT_LIMIT + 10))

    def runtest(self):
        outcome = self.parent.run()
        word, text = outcome.tests.get(self.name, (None, ''))
        if word == 'not ok':
            raise Failure(f'{self.name} failed\n{text}')
        fault = outcome.fault(self.parent.names)
        if word is None:
            fault = fault or 'in no table of tests'
        if fault:
            raise Failure(f'{self.path.stem}: {fault}\nexit status '
                          f'{outcome.status}\n{outcome.output}')
        if word == 'skipped':
            pytest.skip('by itself')


class ValgrindTest(ProgramTest):
    def __init__(self, **how):
        super().__init__(**how)
        self.add_marker(pytest.mark.timeout(VALGRIND_LIMIT + 10))

    def runtest(self):
        if not shutil.which('valgrind'):
            pytest.skip('valgrind is not installed')
        status, output = run_program(
            [*VALGRIND, self.parent.program('out/release')], VALGRIND_LIMIT,
            EDGEDIFF_SHORT='1')
        if status != 0:
            raise Failure(f'exit status {status}\n{output}')
