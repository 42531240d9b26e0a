"""What the documents say about the tree is true."""
import re

import pytest

from support import ROOT

DOCUMENTS = ('README.md', 'docs/architecture.md')
TOPS = ('base', 'manifest', 'diff', 'aws', 'deploy', 'cmd', 'tests', 'samples',
        'docs', 'debian', '.ci')
ARCHITECTURE = ROOT / 'docs/architecture.md'


def paths_in(text):
    """Each path of the tree that a text names in backticks, but no pattern."""
    for words in re.findall(r'`([^`\n]+)`', text):
        for word in re.split(r'[\s|]+', words):
            if word.split('/')[0] in TOPS and '/' in word and \
                    not re.search(r'[*$<>]|[A-Z]{4}', word.split('README')[0]):
                yield word


@pytest.mark.parametrize('document', DOCUMENTS)
def test_every_path_exists(document):
    named = set(paths_in((ROOT / document).read_text('utf-8')))
    assert len(named) > 3, named
    missing = sorted(p for p in named if not (ROOT / p).exists())
    assert not missing, f'{document} names {missing}'


def test_every_folder_of_the_program_is_described():
    rows = set(re.findall(r'^\| `([\w/]+)/` \|', ARCHITECTURE.read_text(
        'utf-8'), re.M))
    folders = {str(path.parent.relative_to(ROOT))
               for path in ROOT.glob('*/**/edges.ninja')
               if path.parts[len(ROOT.parts)] not in ('out', 'tests')}
    assert rows == folders and len(rows) > 8, rows ^ folders


def test_every_function_that_is_named_exists():
    text = ARCHITECTURE.read_text('utf-8')
    names = {name for name in re.findall(r'`([a-z]+(?:_[a-z0-9]+)+)`', text)}
    names |= set(re.findall(r'`struct (\w+)`', text))
    assert len(names) > 8, names
    code = '\n'.join(path.read_text('utf-8') for top in TOPS
                     for path in sorted((ROOT / top).rglob('*.[ch]')))
    missing = sorted(n for n in names if not re.search(rf'\b{n}\b', code))
    assert not missing, missing
