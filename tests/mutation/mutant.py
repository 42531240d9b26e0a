"""A copy of the sources in which something is wrong, and its program.

What is built already is copied as well, so only what was changed is compiled.
"""
import contextlib
import os
import pathlib
import shutil
import subprocess
import tempfile

from support import ROOT

# what tells ninja that the objects are up to date
BUILT = ('.ninja_log', '.ninja_deps', 'variables', 'environment', 'hardening',
         'release')


class Broken(Exception):
    """The sources with this mutation don't compile."""


class Mutant:
    """It has one mutation at a time: what was replaced last."""

    def __init__(self, root):
        self.root = root
        self.program = root / 'out/release/edgediff'
        self.original = None  # (path, text) of the file that is changed

    def replace(self, name, old, new):
        """Replaces a text that must be there once."""
        text = (self.root / name).read_text('utf-8')
        if text.count(old) != 1:
            raise ValueError(f'{name} has this {text.count(old)} times: {old}')
        self.write(name, text.replace(old, new))

    def write(self, name, text):
        path = self.root / name
        self.restore()
        self.original = path, path.read_text('utf-8')
        path.write_text(text, 'utf-8')

    def restore(self):
        if self.original:
            path, text = self.original
            path.write_text(text, 'utf-8')
        self.original = None

    def build(self, *targets):
        done = subprocess.run(
            ['ninja', '--quiet', *(targets or ['out/release/edgediff'])],
            cwd=self.root, check=False, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise Broken(done.stdout)


@contextlib.contextmanager
def copy():
    """A mutant without a mutation, in a folder that is removed in the end."""
    names = subprocess.run(['git', 'ls-files', '-z'], cwd=ROOT, check=True,
                           stdout=subprocess.PIPE).stdout.split(b'\0')[:-1]
    with tempfile.TemporaryDirectory(prefix='edgediff-mutant.') as folder:
        root = pathlib.Path(folder)
        for name in map(os.fsdecode, names):
            if os.path.lexists(ROOT / name):
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, root / name, follow_symlinks=False)
        (root / 'out').mkdir()
        for name in BUILT:
            subprocess.run(['cp', '-a', ROOT / 'out' / name, root / 'out'],
                           check=True)
        mutant = Mutant(root)
        mutant.build()
        yield mutant
