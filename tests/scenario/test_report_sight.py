"""What one can read on the page of a report: colours, names, numbers."""
import json

from support import tree
from support.browser import Browser
from support.reports import (colours, contrast, luminance, open_builds, report,
                             trees)

# Every text on the page with its colour and the nearest ground that is painted.
# (No ground is half transparent.) What lies on the map is looked at apart.
TEXTS = '''(() => {
    const clear = /^(transparent|rgba\\(0, 0, 0, 0\\))$/;
    const walker = document.createTreeWalker(
        document.querySelector('main'), NodeFilter.SHOW_TEXT);
    const seen = new Map();
    for (let node; (node = walker.nextNode());) {
        const of = node.parentElement;
        if (!node.data.trim() || !of.checkVisibility() ||
            of.closest('#cells'))
            continue;
        let under = of;
        while (under && clear.test(getComputedStyle(under).backgroundColor))
            under = under.parentElement;
        const pair = [getComputedStyle(of).color, getComputedStyle(
            under || document.body).backgroundColor];
        seen.set(pair.join(), [...pair, node.data.trim().slice(0, 30)]);
    }
    return [...seen.values()]; })()'''

# Every name on the map, its colour, and where it is.
NAMES = '''[...[...document.querySelectorAll('#cells span > *')].map((e) => {
        const map = document.getElementById('map').getBoundingClientRect();
        const box = e.getBoundingClientRect();
        return [e.textContent, getComputedStyle(e).color, box.x - map.x,
            box.y - map.y, box.width, box.height]; }),
    ...map.names.map((name) => [name.text, name.colour, name.x, name.y,
        name.w, 16])]'''

# Of boxes on the canvas: the colour that most of each has.
GROUNDS = '''((boxes) => {
    const canvas = document.querySelector('#map canvas');
    const {data} = canvas.getContext('2d').getImageData(
        0, 0, canvas.width, canvas.height);
    return boxes.map((box) => {
        const [x, y, w, h] = box.map(Math.floor), seen = new Map();
        for (let row = y + 1; row < y + h - 1; row++)
            for (let at = x + 2; at < x + w - 2; at++) {
                const i = 4 * (row * canvas.width + at);
                const colour = data.slice(i, i + 3).join();
                seen.set(colour, (seen.get(colour) || 0) + 1);
            }
        return [...seen].sort((a, b) => b[1] - a[1])[0][0].split(',')
            .map(Number); }); })'''


def lowest_contrast(page):
    """What is hardest to read, as (contrast, text): of the page, of the map."""
    texts = page.evaluate(TEXTS)
    assert len(texts) >= 8, texts
    pairs = colours(page, [part for *pair, _ in texts for part in pair])
    of_page = min((contrast(pairs[2 * i], pairs[2 * i + 1]), text)
                  for i, (*_, text) in enumerate(texts))
    names = page.evaluate(NAMES)
    grounds = page.evaluate(
        f'{GROUNDS}({json.dumps([box for _, _, *box in names])})')
    inks = colours(page, [colour for _, colour, *_ in names])
    of_map = min((contrast(ink, ground), name[0]) for ink, ground, name
                 in zip(inks, grounds, names))
    return of_page, of_map


def test_contrast():
    """At least 4.5:1 (WCAG, level AA), of every text and in both schemes."""
    with Browser() as chromium:
        for how in ({}, {'dark': True}, {'width': 390, 'dark': True}):
            page = open_builds(chromium, **how)
            page.evaluate('document.querySelectorAll("details").forEach('
                          '(e) => { e.open = true; })')
            page.click('#cells button.file')
            # names of each state, in a button, and painted in a folder
            names = {name for name, *_ in page.evaluate(NAMES)}
            assert {'same.txt', 'kept.txt', 'a.txt', 'wide/'} <= names, names
            assert 'width' in how or {'1.txt', '3.txt'} <= names, names
            for least, text in lowest_contrast(page):
                print(f'{how}: at least {least:.2f}, of {text}')
                assert least >= 4.5, (how, least, text)
            page.check()


def test_dark_where_the_system_is():
    with Browser() as chromium:
        trees()
        report(['plan', 'old', 'new'], 'r.html')
        grounds = []
        for dark in False, True:
            page = chromium.open('r.html', dark=dark)
            style = page.evaluate('''(() => {
                const style = getComputedStyle(document.body);
                return [style.backgroundColor, style.color]; })()''')
            ground, ink = colours(page, style)
            assert luminance(ground) < .1 if dark else \
                luminance(ground) > .8, (dark, style)
            # what WCAG wants at its highest level, AAA
            assert contrast(ground, ink) >= 7, (dark, style)
            grounds.append(style[0])
            page.check()
        assert grounds[0] != grounds[1], grounds


LONG = 'a-name-that-is-longer-than-any-cell-of-the-map-could-be-'


def painted_names(page):
    """(text, bold, its width, x, y, width, height of its box) of each."""
    return page.evaluate('''map.names.map((name) => {
        paint.context.font = name.font;
        return [name.text, name.font === paint.bold,
            paint.context.measureText(name.text).width, name.x, name.y,
            name.w, name.h]; })''')


def test_map_shortens_names():
    """By an ellipsis, and never by the edge of the cell."""
    with Browser() as chromium:
        files = {f'{folder}{LONG}{n}.html': 'x' for folder in ('', 'a/')
                 for n in range(9)}
        tree('old', files)
        tree('new', {name: name for name in files})
        report(['diff', 'old', 'new'], 'r.html')
        page = chromium.open('r.html')
        cells = page.evaluate('''[...document.querySelectorAll(
            '#cells .file b')].map((e) => [e.scrollWidth > e.clientWidth,
            getComputedStyle(e).textOverflow, e.parentElement.scrollWidth <=
            e.parentElement.clientWidth])''')
        assert cells == 9 * [[True, 'ellipsis', True]], cells
        painted = painted_names(page)
        assert len(painted) == 9, painted
        for text, _, width, _, _, most, _ in painted:
            assert LONG.startswith(text[:-1]) and text[-1] == '…', text
            assert width <= most - 10, (text, width, most)
        page.check()


def test_map_has_two_lines_of_folders():
    """At most, above one another; the first is in a button."""
    with Browser() as chromium:
        files = {f'{a}/{b}/{c}/{d}/{n}.html': 'x' for a in 'pq' for b in 'rs'
                 for c in 'tu' for d in 'vw' for n in range(3)}
        tree('old', files)
        tree('new', {name: name for name in files})
        report(['diff', 'old', 'new'], 'r.html')
        page = chromium.open('r.html')
        folders = [text for text, bold, *_ in painted_names(page) if bold]
        assert sorted(folders) == ['r/', 'r/', 's/', 's/'], folders
        assert sorted(text.split('\n')[0] for text in
                      page.texts('#cells .folder')) == ['p/', 'q/']
        page.click('#cells .folder')
        page.wait('document.querySelectorAll("#crumbs > *").length === 2')
        folders = [text for text, bold, *_ in painted_names(page) if bold]
        assert sorted(folders) == ['t/', 't/', 'u/', 'u/'], folders
        page.check()


def test_map_names_what_a_filling_folder_holds():
    """A folder that fills the one around it takes no line of its own."""
    with Browser() as chromium:
        files = {**{f'a/b/c/{n}': '' for n in range(8)},
                 **{f'a/b/d/{n}': '' for n in range(8)}, 'a/x': '', 'y': ''}
        tree('old', files)
        tree('new', {**files, 'y': 'new'})
        report(['diff', 'old', 'new'], 'r.html')
        page = chromium.open('r.html')
        folders = [text for text, bold, *_ in painted_names(page) if bold]
        assert sorted(folders) == ['b/c/', 'b/d/'], folders
        page.check()


def test_legend_counts_the_open_folder():
    with Browser() as chromium:
        page = open_builds(chromium)
        assert page.texts('#legend > span') == [
            'Objects in the whole site:', 'stale 8',
            'invalidated though not stale 1', 'changed, but not stale 1',
            'unchanged 1']
        page.click('#cells button.folder')
        page.wait('document.querySelectorAll("#crumbs > *").length === 2')
        assert page.texts('#legend > span') == [
            'Objects in wide/:', 'stale 3', 'invalidated though not stale 1']
        page.click('#by-bytes')
        assert page.texts('#legend > span')[1:] == [
            'stale 2.7 kB', 'invalidated though not stale 4.0 kB']
        page.check()


def test_costs():
    """What the plan leaves in caches, beside what everything leaves."""
    with Browser() as chromium:
        trees()
        report(['plan', 'old', 'new'], 'r.html')
        page = chromium.open('r.html')
        rows = [' '.join(row.split()) for row in page.texts('#ways tbody tr')]
        assert rows == ['this plan 4 1 4 6 B free else $0.020',
                        'everything, /* 1 5 0 free else $0.005',
                        'exact paths 6 0 5 7 B free else $0.030'], rows
        stale = [text for text in page.texts('p, dd') if 'is stale' in text]
        assert len(stale) == 1, stale  # it is said once what that is
        page.check()
        narrow = chromium.open('r.html', width=390)
        assert narrow.evaluate('''[...document.querySelectorAll(
            '#ways .mine td > *')].map((e) => e.textContent +
            getComputedStyle(e, '::after').content.replaceAll('"', ''))
            .filter((text) => text !== 'none')''') == [
                '4 paths', '1 unchanged URL invalidated',
                '4 URLs stay cached', '6 Bnone', 'freenone', 'else $0.020none']
