"""Reports for review: --report of plan, diff and invalidate."""
import hashlib
import json
import os
import pathlib
import re

import pytest

from support import deploy, run, tree
from support.reports import (HOSTILE, NEW, OLD, hostile_trees, large_trees,
                             report, shown, trees)


def test_json():
    trees()
    got = json.loads(report(['plan', 'old', 'new']))
    assert got['edgediff_report'] is True and got['format'] == 1 and \
        'distribution_id' not in got
    assert got['changes'] == {'added': 1, 'changed': 3, 'removed': 1}
    assert got['before']['objects'] == got['after']['objects'] == 8
    assert got['after']['bytes'] == sum(map(len, NEW.values()))
    assert re.fullmatch('[0-9a-f]{64}', got['after']['manifest_hash'])
    plan = got['plan']
    printed = run(['plan', 'old', 'new', '--output', 'json']).json()
    assert [item['path'] for item in plan['items']] == printed['items']
    for name in ('paths', 'wildcards', 'urls', 'stale', 'collateral',
                 'price_usd'):
        assert plan[name] == printed[name], name
    assert sum(item['stale'] for item in plan['items']) == plan['stale']
    unchanged = plan['urls'] - plan['stale']
    kept = sum(len(text) for name, text in NEW.items()
               if OLD.get(name) == text)
    # /a/* also invalidates a/c.html
    assert (plan['collateral'], OLD['a/c.html']) == (1, 'c')
    assert plan['stays_cached'] == {'urls': unchanged - 1, 'bytes': kept - 1}
    assert plan['least_price_usd'] == 0  # within the month's free paths
    assert plan['instead'] == {
        'everything': {'paths': 1, 'collateral': unchanged,
                       'stays_cached': {'urls': 0, 'bytes': 0},
                       'price_usd': 0.005, 'least_price_usd': 0},
        'exact_paths': {'paths': plan['stale'], 'collateral': 0,
                        'stays_cached': {'urls': unchanged, 'bytes': kept},
                        'price_usd': plan['stale'] * 5 / 1000,
                        'least_price_usd': 0}}
    objects = {entry['key']: entry for entry in got['objects']}
    assert list(objects) == sorted(objects) == [
        'a/b.html', 'a/index.html', 'css/site.css', 'gone.html', 'new.html']
    assert objects['css/site.css'] == {
        'key': 'css/site.css', 'change': 'changed', 'size_before': 300,
        'size_after': 1500, 'stale': True,
        'invalidated_by': ['/css/site.css']}
    assert objects['new.html']['size_before'] is None
    assert objects['gone.html']['size_after'] is None
    for entry in got['objects']:
        assert entry['invalidated_by'], entry


def test_neutral_urls():
    """A wildcard covers added objects, which no count calls collateral."""
    tree('old', {'a/1': 'x', 'a/2': 'x', 'b': 'same'})
    tree('new', {'a/1': 'y', 'a/2': 'y', 'a/3': 'n', 'b': 'same', 'c': 'n'})
    command = ['plan', 'old', 'new', '--skip-added']
    got = json.loads(report(command))
    plan = got['plan']
    assert plan['items'] == [{'path': '/a/*', 'wildcard': True, 'stale': 2,
                              'collateral': 0, 'foreign': []}]
    assert (plan['urls'], plan['stale'], plan['collateral']) == (5, 2, 0)
    assert plan['instead']['everything']['collateral'] == 1
    objects = {entry['key']: entry for entry in got['objects']}
    assert objects['a/3'] == {
        'key': 'a/3', 'change': 'added', 'size_before': None, 'size_after': 1,
        'stale': False, 'invalidated_by': ['/a/*']}
    assert objects['c']['invalidated_by'] == []
    text = report(command, 'r.md').decode()
    assert '2 of 5 URLs are stale (caches may hold an older object); 0 ' \
        'unchanged URLs are invalidated' in text
    assert '| **this plan** | 1 | 0 | 1 URL, 4 B | free (else $0.005) |' in text
    data, keys = page_data(report(command, 'r.html'))
    assert (data['plan']['neutral'], data['plan']['collateral']) == (2, 0)
    kept = '3'
    assert dict(zip(keys, data['states'])) == {
        'a/1': '1', 'a/2': '1', 'a/3': kept, 'b': '0', 'c': kept}


def test_more_bytes_than_there_are_numbers():
    """Of three objects, of half of them each."""
    trees()
    text = 'edgediff-manifest 1 xxh3-128\n' + ''.join(
        f'{n:032x} {2**63} {n}.html\n' for n in range(3))
    digest = hashlib.sha256(text.encode()).hexdigest()
    pathlib.Path('huge').write_text(f'{text}end 3 {digest}\n')
    got = json.loads(report(['plan', 'old', 'huge']))
    assert round(got['after']['bytes'] / 2**64, 9) == 1
    assert '18.4 EB' in report(['plan', 'old', 'huge'], 'r.md').decode()


def test_json_of_a_diff():
    trees()
    got = json.loads(report(['diff', 'old', 'new']))
    assert got['plan'] is None
    assert got['objects'][0] == {'key': 'a/b.html', 'change': 'changed',
                                 'size_before': 2, 'size_after': 3}


def test_no_stale_url():
    """Changed, and by --immutable nothing to invalidate."""
    trees()
    got = json.loads(report(['plan', 'old', 'new', '--immutable', '*']))
    assert got['plan']['items'] == []
    assert {entry['stale'] for entry in got['objects']} == {False}
    text = report(['plan', 'old', 'new', '--immutable', '*'], 'r.md').decode()
    assert 'nothing to invalidate' in text, text
    text = report(['plan', 'old', 'old'], 'r.md').decode()
    assert 'nothing changed' in text, text


def test_nothing_else_is_lost():
    """A report replaces a report, and no other file."""
    trees()
    dry = ['invalidate', 'new', '--distribution-id', 'E', '--dry-run']
    pathlib.Path('new/mine.html').write_text('<!doctype html>mine')
    for name in ('mine.html', 'mine.md', 'mine.json'):
        pathlib.Path(name).write_text('mine')
        run(['plan', 'old', 'new', '--report', name]).expect(
            2, f'--report {name}: the file exists and is not a report')
        run([*dry, '--report', name]).expect(2, 'the file exists and is not a report')
        assert pathlib.Path(name).read_text() == 'mine'
        pathlib.Path(name).write_text('')  # as mktemp makes it
        first = report(['plan', 'old', 'new'], name)
        assert report(['plan', 'old', 'new'], name) == first != b''
        assert report(['diff', 'old', 'new'], name) != first
    run([*dry, '--report', 'new/mine.html']).expect(2, 'the file exists and is not a report')
    run([*dry, '--report', 'new/r.html']).expect(2, 'is inside the build')
    for command in ('plan', 'diff'):
        for side in ('old', 'new'):
            run([command, 'old', 'new', '--report', f'{side}/r.html']).expect(
                2, 'is inside the build')
    assert not os.path.exists('new/r.html')
    os.mkdir('new/r')
    report([*dry, '--exclude', 'r/'], 'new/r/r.html')
    os.mkfifo('pipe.md')
    run([*dry, '--report', 'pipe.md']).expect(1, 'not a regular file')


def test_files_behind_a_link(server):
    """A link of the build leads to the folder of a file that is written."""
    trees()
    os.makedirs('far/in')
    for folder in ('old', 'new'):
        os.symlink('../far', f'{folder}/far')
    write = ['invalidate', 'new', '--distribution-id', 'E', '--endpoint-url',
             server.url]
    said = 'new: far: this link leads to {} {}, which would change the build'
    for where in ('far/x.md', 'far/in/x.md', 'far/in/new/x.md'):
        options = [('--baseline', where)]
        if 'new' not in where:
            options += [('--report', where), ('--stamp', where)]
        for option, name in options:
            run([*write, option, name]).expect(2, said.format(option, name))
            run([*write, option, name, '--no-cache', '--exclude', 'far/']
                ).expect(0)
            for path in pathlib.Path('far').rglob('x.md*'):
                path.unlink()
    run(['diff', 'old', 'new', '--report', 'far/x.md']).expect(2, 'far: this link')
    # a file is seen by its own link
    pathlib.Path('x.md').touch()
    os.unlink('new/far')
    os.symlink('../x.md', 'new/page')
    run([*write, '--report', 'x.md']).expect(
        2, 'new: page: this link leads to --report x.md', 'exclude the link')
    # the folder's time counts, too
    os.unlink('new/page')
    os.symlink('../far', 'new/far')
    run([*write, '--stamp', 'far/s', '--depfile', 'd', '--exclude', 'far/s*']
        ).expect(2, 'far: this link leads to --stamp')


def test_files_are_apart(server):
    """Of a run: what one option writes is not what another one needs."""
    trees()
    env = {'AWS_ENDPOINT_URL_CLOUDFRONT': server.url}
    os.symlink('x.json', 'link.json')
    for words in ('--baseline x.json --report x.json',
                  '--baseline x.json --report link.json',
                  '--baseline x --cache ./x', '--baseline x --stamp x',
                  '--baseline x --stamp y --depfile x',
                  '--stamp x --depfile ./x', '--stamp x.md --report x.md',
                  '--cache x --stamp x'):
        last = words.split()[-2]
        done = run(['invalidate', 'new', '--distribution-id', 'E',
                    *words.split()], env=env)
        assert done.status == 2 and not done.out, done
        assert f'{last} ' in done.err, done
    # those that come and go beside them, and in folders yet to be made
    for words in ('--cache x --baseline x.tmp',
                  '--stamp x.lock --baseline x',
                  '--baseline x.json --stamp x.json.tmp',
                  '--baseline no/x.json --report ./no/../no/x.json',
                  '--baseline no/../new/x'):
        done = run(['invalidate', 'new', '--distribution-id', 'E',
                    *words.split()], env=env)
        assert done.status == 2 and not done.out, done
    # beside the file a link leads to, except the cache, which replaces links
    os.mkdir('far')
    os.symlink('far/x', 'link')
    for words, status in (('--baseline link --stamp far/x.lock', 2),
                          ('--baseline link --stamp far/x.tmp', 2),
                          ('--baseline link --stamp link.tmp', 0),
                          ('--cache link --stamp link.tmp', 2),
                          ('--cache link --baseline link.tmp', 2),
                          ('--cache link --stamp far/x.tmp', 0),
                          ('--cache x --stamp x.lock', 0),
                          ('--baseline x --stamp x.1-0.tmp', 0)):
        done = run(['invalidate', 'new', '--distribution-id', 'E',
                    '--dry-run', *words.split()], env=env)
        assert done.status == status, (words, str(done))
    for option in ('--stamp', '--cache', '--reviewed'):
        run(['invalidate', 'new', '--distribution-id', 'E', f'{option}='],
            env=env).expect(2, f"{option} '': expected the name of a file")
    assert not server.log() and not os.path.exists('x')
    assert not os.path.exists('no') and not os.path.exists('x.lock')
    dry = ['invalidate', 'new', '--distribution-id', 'E', '--baseline', 'b']
    batch = run([*dry, '--dry-run']).expect(0).stdout
    pathlib.Path('batch.json').write_bytes(batch)
    run([*dry, '--reviewed', 'batch.json', '--report', 'batch.json'],
        env=env).expect(2)
    assert pathlib.Path('batch.json').read_bytes() == batch


def test_hint():
    """Each format says what would make a wide plan smaller."""
    old = {f'assets/app-{i:06x}Q9z.js': f'{i}' for i in range(40)}
    new = {f'assets/app-{i:06x}Z7q.js': f'{i}' for i in range(40)}
    pages = {f'page-{i}.html': f'{i}' for i in range(20)}
    tree('old', {**pages, **old})
    tree('new', {**pages, **new, 'page-0.html': 'changed'})
    plan = ['plan', 'old', 'new', '--max-paths', '1']
    hint = next(line.removeprefix('edgediff: ')
                for line in run(plan).expect(0).err.splitlines()
                if "--immutable 'assets/*' leaves 1" in line)
    assert json.loads(report(plan))['plan']['hint'] == hint
    assert f'\n```text\n{hint}\n```\n' in report(plan, 'r.md').decode()
    assert f'"hint":"{hint}"' in report(plan, 'r.html').decode()
    trees()
    plan = ['plan', 'old', 'new', '--immutable', '*']
    assert json.loads(report(plan))['plan']['hint'] is None
    assert '```' not in report(plan, 'r.md').decode()


def cells(line):
    """The cells of a table's row, by GitHub's rules."""
    return [cell.strip() for cell in
            re.split(r'(?<!\\)\|', line.strip())[1:-1]]


def test_markdown():
    trees()
    text = report(['plan', 'old', 'new'], 'report.md').decode()
    assert text.startswith('### edgediff: '), text
    assert '1 added, 3 changed, 1 removed.' in text, text
    assert '\n\nThe first 1,000 paths of each month are free; ' in text, text
    assert '| **this plan** | 4 | 1 | 4 URLs, 6 B | free (else $0.020) |\n' \
        '| everything, `/*` | 1 | 5 | 0 URLs | free (else $0.005) |\n' \
        '| exact paths | 6 | 0 | 5 URLs, 7 B | free (else $0.030) |' in text, text
    assert '| `css/site.css` | changed | 300 B | 1.5 kB |' in text, text
    assert '| `new.html` | added |  | 1 B |' in text, text


def test_markdown_stays_short():
    """It fits a comment on GitHub, whatever the names are."""
    names = {os.fsdecode(b'd%03d/' % i + b'\xff|`' * 60): f'{i}'
             for i in range(200)}
    tree('old', names)
    tree('new', {name: text + '!' for name, text in names.items()})
    text = report(['plan', 'old', 'new', '--collateral-cost', '1000',
                   '--max-wildcards', '0', '--max-paths', '3000'], 'r.md')
    assert len(text) < 65536, len(text)
    assert b'and 160 more | | |' in text and b'and 140 more | | | |' in text


def test_markdown_of_hostile_names():
    hostile_trees()
    text = report(['plan', 'hostile-old', 'hostile-new', '--max-wildcards',
                   '0', '--doubtful', 'encode', '--exclude', r'\*star*'],
                  'report.md')
    text = text.decode('utf-8')
    assert not re.search('[\x00-\x09\x0b-\x1f\x7f\u2028\u202e\ufeff]', text)
    header = None
    spans = 0
    for line in text.splitlines():
        if not line.startswith('|'):
            header = None
            continue
        row = cells(line)
        header = header or row
        assert len(row) == len(header), line
        if header[0] in ('object', 'path') and row != header and \
                set(row[0]) != {'-'}:
            span = re.fullmatch(r'(`+)(.+?)(?<!`)\1(?!`)', row[0])
            assert span or row[0].startswith('and '), line
            spans += 1
    assert spans > 2 * 25, text


def test_same_bytes():
    trees()
    run(['manifest', 'old', '--output', 'text'])
    for name in ('a.json', 'a.md', 'a.html'):
        first = report(['plan', 'old', 'new'], name)
        pathlib.Path('old.manifest').write_bytes(
            run(['manifest', 'old']).stdout)
        assert report(['plan', 'old.manifest', 'new', '--jobs', '1'],
                      name) == first
        assert first


def test_several_at_once_and_links():
    trees()
    pathlib.Path('there').mkdir()
    os.symlink('there/real.md', 'link.md')
    run(['plan', 'old', 'new', '--report', 'one.json', '--report=link.md',
         '--report', 'one.md']).expect(0)
    assert pathlib.Path('link.md').is_symlink()
    assert pathlib.Path('there/real.md').read_bytes() == \
        pathlib.Path('one.md').read_bytes()
    assert json.loads(pathlib.Path('one.json').read_bytes())


def test_what_is_no_format():
    for command in (['plan', 'no', 'no'], ['diff', 'no', 'no'],
                    ['invalidate', 'no', '--distribution-id', 'E1']):
        for name in ('report', 'report.txt', '.md', 'folder/.json', 'r.md/',
                     '', 'r.HTML'):
            run([*command, '--report', 'ok.md', '--report', name]).expect(
                2, '--report', '.html, .md or .json')
    assert os.listdir('.') == []


def test_not_to_be_written():
    trees()
    pathlib.Path('file').write_text('')
    for command in (['plan', 'old', 'new'], ['diff', 'old', 'new']):
        for name in ('missing/r.json', 'file/r.md'):
            result = run([*command, '--report', name]).expect(
                1, f'--report {name}: ')
            assert result.out == '', result


def load(name):
    return json.loads(pathlib.Path(name).read_bytes())


def test_invalidate(server):
    trees()
    deploy(server, 'old', '--report', 'first.json',
           '--report', 'first.md', baseline=None).expect(0)
    first = json.loads(pathlib.Path('first.json').read_bytes())
    assert first['before'] is None and first['distribution_id'] == 'E1'
    assert [item['path'] for item in first['plan']['items']] == ['/*']
    text = pathlib.Path('first.md').read_text('utf-8')
    assert 'no baseline: this is a first deployment, so everything is ' \
        'invalidated. This is expected for the first deployment.' in text, text
    deploy(server, 'new', '--dry-run', *reports('dry'), baseline=None).expect(0)
    sent = len(server.posts())
    deploy(server, 'new', *reports('real'), baseline=None).expect(0)
    dry, real = load('dry.json'), load('real.json')
    assert dry['dry_run'] is True and 'checks' not in dry
    # the distribution is not read in a dry run; this one has none
    (check,) = real.pop('checks')
    assert (check['title'], check['verdict']) == ('Distribution', 'unknown')
    assert {**dry, 'dry_run': False} == real
    assert [item['path'] for item in real['plan']['items']] \
        == server.posts()[-1]['items']
    assert len(server.posts()) == sent + 1
    deploy(server, 'new', '--report', 'again.json', baseline=None).expect(0)
    again = json.loads(pathlib.Path('again.json').read_bytes())
    assert again['plan']['items'] == [] and again['objects'] == []
    # the same as plan says, but for the distribution
    told = json.loads(report(['plan', 'old', 'new']))
    assert told == {name: value for name, value in real.items()
                    if name not in ('distribution_id', 'dry_run',
                                    'caller_reference')}


def reports(name):
    return [word for suffix in ('json', 'md', 'html')
            for word in ('--report', f'{name}.{suffix}')]


def test_report_matches_its_batch(server):
    """By the CallerReference and the hashes; only a dry run sends nothing."""
    trees()
    deploy(server, 'old', *reports('first')).expect(0)
    deploy(server, 'new', '--dry-run', *reports('dry')).expect(0)
    deploy(server, 'new', *reports('real')).expect(0)
    for name, post in (('first', 0), ('dry', 1), ('real', 1)):
        reference = server.posts()[post]['caller_reference']
        got = json.loads(pathlib.Path(f'{name}.json').read_bytes())
        assert got['caller_reference'] == reference
        assert got['dry_run'] == (name == 'dry')
        assert got['after']['manifest_hash'].startswith(
            reference.split('-')[1])
        data, _ = page_data(pathlib.Path(f'{name}.html').read_bytes())
        assert (data['distribution'], data['reference']) == ('E1', reference)
        text = pathlib.Path(f'{name}.md').read_text('utf-8')
        assert text.startswith('### edgediff `E1`: '), text
        assert f', CallerReference {reference}</sub>' in text, text
        assert ('nothing was sent' in text) == (name == 'dry'), text
    deploy(server, 'new', '--dry-run', *reports('none')).expect(0)
    assert json.loads(pathlib.Path('none.json').read_bytes()
                      )['caller_reference'] is None
    assert 'CallerReference' not in pathlib.Path('none.md').read_text('utf-8')


def test_invalidate_that_cannot_report(server):
    """Nothing is sent, and nothing becomes pending."""
    trees()
    deploy(server, 'old', baseline=None).expect(0)
    before = pathlib.Path('.edgediff/E1.baseline').read_bytes()
    sent = len(server.log())
    for more in (['--dry-run'], []):
        assert pathlib.Path('.edgediff/E1.baseline').read_bytes() == before
        deploy(server, 'new', '--report', 'missing/r.md', *more
               , baseline=None).expect(1, '--report missing/r.md: ')
    assert len(server.log()) == sent
    status = run(['status', '--distribution-id', 'E1', '--output',
                 'json']).expect(0).json()
    assert status['state'] == 'settled' and status['serial'] == 1
    # caches may have fetched some of it
    assert status['unknown_objects'] > 0


def test_report_of_a_batch_that_is_pending(server):
    """It is about the batch that is settled, and stays if that is the news."""
    trees()
    def reset(build, *more):
        return deploy(server, build, *more, distribution='ERESET3',
                      baseline=None)

    reset('old').expect(3)
    reset('old').expect(0)
    reset('new', '--report', 'sent.json').expect(3)
    sent = len(server.log())
    reset('new', '--report', 'missing/r.md').expect(
        3, '--report missing/r.md: ', 'the batch is pending')
    assert len(server.log()) == sent
    reset('new', '--report', 'settled.json').expect(0)
    sent, settled = load('sent.json'), load('settled.json')
    # the plan is sent as it was made, and the distribution is not read again
    assert sent.pop('checks') and sent == settled


# ------------------------------------------------------------------- the page

def page_data(page):
    """The facts in a page, and every key that they list."""
    text = page.decode('utf-8')
    assert not re.search('[\x00-\x08\x0b-\x1f\x7f\u2028\u202e\ufeff]', text)
    match = re.search(r'<script type="application/json" id="data">(.*?)<',
                      text, re.S)
    data = json.loads(match[1])
    folder, keys = [], []
    for name in data['names']:
        if not isinstance(name, str):
            continue
        if name == '':
            folder.pop()
        elif name.endswith('/'):
            folder.append(name)
        else:
            keys.append(''.join(folder) + name)
    assert folder == []
    return data, keys


def test_page():
    trees()
    data, keys = page_data(report(['plan', 'old', 'new'], 'r.html'))
    assert keys == sorted({*OLD, *NEW}), keys
    assert ''.join(data['kinds']) == ''.join(
        'A' if key not in OLD else 'D' if key not in NEW else
        '=' if OLD[key] == NEW[key] else 'M' for key in keys)
    assert data['sizes'] == [len(NEW.get(key, OLD.get(key))) for key in keys]
    assert data['was'] == [2, 2, 300]
    assert data['changes'] == [1, 3, 1]
    texts = [item[0] for item in data['plan']['items']]
    assert texts == run(['plan', 'old', 'new', '--output', 'json']
                        ).json()['items']
    stale = [key for key, state in zip(keys, data['states']) if state == '1']
    assert stale == ['a/b.html', 'a/index.html', 'css/site.css', 'gone.html',
                     'new.html']
    assert len(data['by']) == len(stale) + data['states'].count('2')
    data, _ = page_data(report(['diff', 'old', 'new'], 'r.html'))
    assert data['plan'] is None and data['by'] == []
    assert data['states'].count('1') == 5


def test_page_of_hostile_names():
    hostile_trees()
    page = report(['plan', 'hostile-old', 'hostile-new'], 'r.html')
    assert page.count(b'</script>') == 2 and page.count(b'<script') == 2
    _, keys = page_data(page)
    names = sorted([*HOSTILE, b'same.html'])
    assert keys == [shown(os.fsdecode(name)) for name in names]


def test_page_is_the_same_bytes():
    trees()
    first = report(['plan', 'old', 'new'], 'r.html')
    assert report(['plan', 'old', 'new', '--jobs', '1'], 'r.html') == first
    for pattern in (b'://', b'url(', b'@import', b'srcset', b' src='):
        assert pattern not in first.split(b'id="data"')[0], pattern


@pytest.mark.timeout(200)
def test_page_of_a_large_site():
    """More objects than are listed: the others are counted by folder."""
    large_trees(250000, 1000)
    data, keys = page_data(report(['plan', 'old', 'new'], 'r.html'))
    assert len(keys) == 1000 and set(data['kinds']) == {'M'}
    counts = [rest for rest in data['names'] if not isinstance(rest, str)]
    assert sum(rest[1] for rest in counts) == 249000
    large_trees(210000, 210000)
    data, keys = page_data(report(['plan', 'old', 'new'], 'r.html'))
    assert len(keys) == 200000
    counts = [rest for rest in data['names'] if not isinstance(rest, str)]
    assert sum(rest[1] for rest in counts) == 10000
