"""The command line: each file tests/cli/**/NAME.test is one test.

What comes before the first section is a comment. A section begins with a line
`--- WORD [NAME]` and goes on to the next:

  --- file PATH     a file, with these lines; `\\xNN` is a byte, `\\\\` a backslash,
                    and a backslash at a line's end leaves the newline out
  --- tree FOLDER   files, one a line: PATH = TEXT (with the same escapes)
  --- dir PATH      an empty folder
  --- link PATH     a symbolic link; its first line is the target
  --- fifo PATH     a named pipe
  --- env           NAME=VALUE, one a line
  --- stdin         standard input
  --- args          arguments, as shell words, on as many lines as wanted; `\\xNN`
                    inside single quotes is a byte
  --- status        the exit status; 0 if the section is missing
  --- stdout        what it prints; nothing if the section is missing
  --- stderr        what it says; nothing if the section is missing

In stdout and stderr `...` stands for any text in a line, and alone on a line
for any lines. They have no escapes: a byte that isn't UTF-8 shows as `\\xNN`.
Each case runs in an empty folder of its own, and has no network.
"""
import os
import re
import shlex
import tempfile

import pytest

from support.files import tree
from support.program import run

SECTIONS = {'file', 'tree', 'dir', 'link', 'fifo', 'env', 'stdin', 'args',
            'status', 'stdout', 'stderr'}
NAMED = {'file', 'tree', 'dir', 'link', 'fifo'}


def unescape(text):
    """Bytes of a text with \\xNN, \\\\ and \\ at a line's end."""
    def one(match):
        word = match[1]
        if word == b'\n':
            return b''
        return b'\\' if word == b'\\' else bytes([int(word[1:], 16)])
    return re.sub(rb'\\(x[0-9a-fA-F]{2}|\\|\n)', one, text.encode())


def read_case(path):
    """(word, name, text) of every section."""
    sections = []
    for line in path.read_text('utf-8').splitlines(keepends=True):
        match = re.match(r'--- (\w+)(?: (.*))?$', line)
        if match:
            word, name = match[1], match[2]
            if word not in SECTIONS or (word in NAMED) != bool(name):
                raise ValueError(f'not a section: {line.rstrip()}')
            sections.append([word, name, ''])
        elif sections:
            sections[-1][2] += line
    words = [word for word, _, _ in sections if word not in NAMED]
    if len(words) != len(set(words)):
        raise ValueError('duplicate section')
    if 'args' not in words:
        raise ValueError('no --- args')
    return sections


def lay_out(folder, sections):
    for word, name, text in sections:
        if word not in NAMED:
            continue
        path = os.path.join(os.fsencode(folder), unescape(name))
        os.makedirs(path if word == 'dir' else os.path.dirname(path),
                    exist_ok=True)
        if word == 'file':
            with open(path, 'wb') as file:
                file.write(unescape(text))
        elif word == 'tree':
            files = dict(line.split(' = ', 1) for line in text.splitlines()
                         if line.strip())
            tree(os.fsdecode(path),
                         {os.fsdecode(unescape(key)): unescape(value)
                          for key, value in files.items()})
        elif word == 'link':
            os.symlink(unescape(text.splitlines()[0]), path)
        elif word == 'fifo':
            os.mkfifo(path)


def matches(wanted, got):
    pattern = []
    for line in wanted.splitlines():
        if line == '...':
            pattern.append(r'(?:[^\n]*\n)*?')
        else:
            pattern.append(r'[^\n]*'.join(map(re.escape, line.split('...')))
                           + r'\n')
    if got and not got.endswith('\n'):
        return False
    return re.fullmatch(''.join(pattern), got) is not None


class Failure(Exception):
    """The case failed; the text says how."""


class CliFile(pytest.File):
    """A case is a file, and so a file with one test."""

    def collect(self):
        yield CliCase.from_parent(self, name=self.path.stem)


class CliCase(pytest.Item):
    def runtest(self):
        try:
            sections = read_case(self.path)
        except ValueError as error:
            raise Failure(str(error)) from None
        texts = {word: text for word, _, text in sections}
        args = [os.fsdecode(unescape(arg))
                for arg in shlex.split(texts['args'])]
        env = dict(line.split('=', 1)
                   for line in texts.get('env', '').splitlines() if line)
        with tempfile.TemporaryDirectory(prefix='edgediff-cli.') as folder:
            lay_out(folder, sections)
            result = run(args, folder, env, unescape(texts.get('stdin', '')))
        wrong = []
        if result.status != int(texts.get('status', '0')):
            wrong.append(
                f'exit status, wanted {texts.get("status", "0").strip()}')
        for stream, got in (('stdout', result.out), ('stderr', result.err)):
            if not matches(texts.get(stream, ''), got):
                wrong.append(f'{stream}, wanted\n{texts.get(stream, "")}')
        if wrong:
            raise Failure('wrong ' + '\nwrong '.join(wrong))

    def repr_failure(self, excinfo, style=None):
        if isinstance(excinfo.value, Failure):
            return f'{self.path}: {excinfo.value}'
        return super().repr_failure(excinfo, style)

    def reportinfo(self):
        return self.path, None, f'cli {self.name}'
