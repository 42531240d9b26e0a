"""What the documents say about the tree is true, and their links lead to
something."""
import pathlib
import re

import pytest

from support import DOCUMENTS, ROOT

OTHERS = ('CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'tests/README.md')
TOPS = ('base', 'manifest', 'diff', 'aws', 'deploy', 'edge', 'cmd', 'tests',
        'samples', 'docs', 'debian', 'packaging', '.ci')
ARCHITECTURE = ROOT / 'docs/architecture.md'
SITES = ROOT / 'tests/bench/sites.md'


def read(document):
    return (ROOT / document).read_text('utf-8')


def paths_in(text):
    """Each path of the tree that a text names in backticks, but no pattern."""
    for words in re.findall(r'`([^`\n]+)`', text):
        for word in re.split(r'[\s|]+', words):
            if word.split('/')[0] in TOPS and '/' in word and \
                    not re.search(r'[*$<>]|[A-Z]{4}', word.split('README')[0]):
                yield word


@pytest.mark.parametrize('document', (*DOCUMENTS, *OTHERS[:3]))
def test_every_path_exists(document):
    named = set(paths_in(read(document)))
    assert len(named) > 3 or document != 'docs/architecture.md', named
    missing = sorted(p for p in named if not (ROOT / p).exists())
    assert not missing, f'{document} names {missing}'


# ------------------------------------------------------------------ links

def prose(text):
    """A text without what is shown literally."""
    text = re.sub(r'^```.*?^```', '', text, flags=re.M | re.S)
    text = re.sub(r'^    .*', '', text, flags=re.M)
    return re.sub(r'`[^`]*`', 'x', text)


def links(text):
    """The targets of links and pictures."""
    return re.findall(r'\]\(([^)\s]+)\)', prose(text)) + \
        re.findall(r'(?:src|srcset|href)="([^"]+)"', text)


def anchors(text):
    """As GitHub and GitLab make them from headings."""
    text = re.sub(r'^```.*?^```', '', text, flags=re.M | re.S)
    for heading in re.findall(r'^#+ (.*)', text, re.M):
        yield re.sub(r'[^\w\- ]', '', heading.lower()).strip().replace(' ', '-')


def broken(document, text):
    for target in links(text):
        if re.match(r'[a-z]+:', target):
            continue
        path, _, anchor = target.partition('#')
        file = ROOT / (pathlib.PurePath(document).parent / path if path
                       else document)
        if not file.exists():
            yield f'{document}: no {target}'
        elif anchor and anchor not in anchors(file.read_text('utf-8')):
            yield f'{document}: no heading {target}'


def test_every_link_leads_somewhere():
    texts = {name: read(name) for name in (*DOCUMENTS, *OTHERS)}
    assert sum(len(links(text)) for text in texts.values()) > 50
    wrong = [line for name, text in texts.items()
             for line in broken(name, text)]
    assert not wrong, '\n'.join(wrong)


def test_a_broken_link_is_seen():
    seen = list(broken('docs/README.md', '[a](b.md) [c](aws.md#nothing) '
                       '[d](aws.md#permissions) [e](#deploy) [f](#no)'))
    assert seen == ['docs/README.md: no b.md',
                    'docs/README.md: no heading aws.md#nothing',
                    'docs/README.md: no heading #no']


def test_every_page_is_in_the_index():
    pages = {name.removeprefix('docs/') for name in DOCUMENTS
             if name.startswith('docs/')} - {'README.md'}
    linked = {target for target in links(read('docs/README.md'))
              if '/' not in target}
    assert linked == pages and len(pages) > 15, linked ^ pages


# --------------------------------------------------------- size and figures

def test_the_readme_is_short():
    assert read('README.md').count('\n') <= 200


def rows(text, count):
    """The cells of each row of a table with this many columns."""
    found = [[cell.strip() for cell in re.split(r'(?<!\\)\|', line)[1:-1]]
             for line in text.splitlines() if line.startswith('| ')]
    return [cells for cells in found if len(cells) == count]


def number(text):
    return int(re.match(r'[\d,]+', text)[0].replace(',', ''))


def measured():
    """{site and versions: the row that tests/bench/sites has saved}."""
    lines = rows(SITES.read_text('utf-8'), 13)
    return {f'{cells[0].replace("@mui-", "@mui/")} {cells[1]}':
            dict(zip(lines[0], cells)) for cells in lines[2:]}


def test_figures_of_the_readme():
    """Requests of a cache that had every URL."""
    saved, shown = measured(), rows(read('README.md'), 5)[2:]
    assert len(shown) == 3
    for name, urls, everything, ours, kept in shown:
        row = saved[name]
        asked = number(row['stale']) + number(row['collateral'])
        assert urls == everything == row['URLs'], name
        assert ours == f'{asked:,}, by {row["items"]} items', name
        assert kept == f'{number(urls) - asked:,}', name


def test_figures_of_the_plans():
    saved = measured()
    shown = rows(read('docs/planning.md'), 6)[2:]
    assert len(shown) > 4
    for name, stale, ours, everything, folders, exact in shown:
        row = saved[name]
        assert stale == f'{row["stale"]} of {row["URLs"]}', name
        assert ours == f'{row["items"]} + {row["collateral"]} = ' \
            f'{row["cost"]}', name
        for cell, peer in ((everything, '`/*`'), (folders, 'folders'),
                           (exact, 'exact paths')):
            assert number(cell) == number(row[peer]), (name, peer)
            assert ('over' in cell) == ('over' in row[peer]), (name, peer)


# ----------------------------------------------------------- architecture

def test_every_folder_of_the_program_is_described():
    listed = set(re.findall(r'^\| `([\w/]+)/` \|', read(
        'docs/architecture.md'), re.M))
    folders = {str(path.parent.relative_to(ROOT))
               for path in ROOT.glob('*/**/edges.ninja')
               if path.parts[len(ROOT.parts)] not in ('out', 'tests')}
    assert listed == folders and len(listed) > 8, listed ^ folders


def test_every_function_that_is_named_exists():
    text = ARCHITECTURE.read_text('utf-8')
    names = {name for name in re.findall(r'`([a-z]+(?:_[a-z0-9]+)+)`', text)}
    names |= set(re.findall(r'`struct (\w+)`', text))
    assert len(names) > 8, names
    code = '\n'.join(path.read_text('utf-8') for top in TOPS
                     for path in sorted((ROOT / top).rglob('*.[ch]')))
    missing = sorted(n for n in names if not re.search(rf'\b{n}\b', code))
    assert not missing, missing
