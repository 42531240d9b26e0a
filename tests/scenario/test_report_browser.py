"""The page of a report in a browser: what it shows, what one can do there."""
import json
import os
import re

import pytest

from support import deploy, limit, tree
from support.browser import Browser
from support.reports import (BUILDS, HOSTILE, UNCHANGED, colours,
                             hostile_trees, large_trees, open_builds, report,
                             shown, trees)


def test_browser_clicks_and_searches():
    with Browser() as chromium:
        trees()
        report(['plan', 'old', 'new', '--max-paths', '4'], 'r.html')
        for how in ({}, {'width': 360, 'height': 700, 'dark': True}):
            page = chromium.open('r.html', **how)
            assert page.evaluate(
                'document.documentElement.scrollWidth <= innerWidth')
            assert re.match(r'4 paths invalidate 6 stale URLs and 1',
                            page.text('#headline'))
            look_into_map(page)
            search(page)
            choose_item(page)
            page.check()


def look_into_map(page):
    assert page.texts('#crumbs > *') == ['whole site']
    label = page.evaluate('document.activeElement && [...document.'
                          'querySelectorAll("#cells button")].map((b) => '
                          'b.getAttribute("aria-label"))')
    folder = [name for name in label if name.startswith('a/: 3 objects')]
    assert folder, label
    page.click('#cells button', label.index(folder[0]))
    page.wait('document.querySelectorAll("#crumbs > *").length === 2')
    assert page.texts('#crumbs > *') == ['whole site', 'a/']
    page.click('#cells button.file')
    page.wait('document.querySelector("#detail code") !== null')
    assert page.text('#detail').startswith('a/'), page.text('#detail')
    page.click('#by-bytes')
    assert page.evaluate('document.querySelector("#by-bytes").ariaPressed') \
        == 'true'
    # back by the keyboard
    page.evaluate('document.querySelector("#crumbs button").focus()')
    page.press('Enter', 13)
    page.wait('document.querySelectorAll("#crumbs > *").length === 1')
    # something is painted, in more than one colour
    assert page.evaluate('''(() => {
        const canvas = document.querySelector('#map canvas');
        const pixels = canvas.getContext('2d').getImageData(
            0, 0, canvas.width, canvas.height).data;
        const seen = new Set();
        for (let i = 0; i < pixels.length; i += 4)
            seen.add(pixels.slice(i, i + 3).join());
        return seen.size; })()''') > 3


def search(page):
    assert len(page.texts('#objects li')) == 5
    page.click('#search')
    page.type('CSS site')
    page.wait('document.querySelectorAll("#objects li").length === 1')
    row = page.text('#objects li')
    assert 'css/site.css' in row and '300 B → 1.5 kB' in row, row
    assert '+1.2 kB' in row, row
    page.type(' nowhere')
    page.wait('document.querySelectorAll("#objects li").length === 0')
    assert page.text('#found') == '0 objects, 0 B'


def choose_item(page):
    page.click('#items button')
    page.wait('document.querySelectorAll("#objects li").length > 0')
    path = page.text('#items code')
    assert path in page.text('#only'), (path, page.text('#only'))
    page.click('#only button')
    page.wait('document.querySelectorAll("#objects li").length === 5')
    page.click('#kinds button', 3)  # removed
    page.wait('document.querySelectorAll("#objects li").length === 1')
    assert 'gone.html' in page.text('#objects li')


def test_browser_map_joins_folders():
    """One that holds a folder only is one with it, and crumbs lead out."""
    with Browser() as chromium:
        for name in ('old', 'new'):
            tree(name, {'a/b/c/1.txt': name, 'a/b/c/2.txt': 'same',
                        'x.txt': 'same'})
        report(['diff', 'old', 'new'], 'r.html')
        page = chromium.open('r.html')
        assert page.text('#cells button').startswith('a/b/c/')
        page.click('#cells button')
        page.wait('document.querySelectorAll("#crumbs > *").length === 4')
        assert page.texts('#crumbs > *') == ['whole site', 'a/', 'b/', 'c/']
        page.click('#crumbs button', 1)
        page.wait('document.querySelectorAll("#crumbs > *").length === 2')
        page.check()


STATES = {'stale': ('--stale', 'a.txt'),
          'invalidated though not stale': ('--collateral', 'wide/same.txt'),
          'changed, but not stale': ('--kept', 'kept.txt'),
          'unchanged': ('--unchanged', 'same.txt')}


def painted(page):
    """{name: [x, y, width, height]} of files and folders, and of all: ''."""
    boxes = page.evaluate('''[...map.painted.map((box) => [box.node.folder
        ? pathOfFolder(box.node.folder) : pathOf(box.node.file),
        box.x, box.y, box.w, box.h]), ['', 0, 0,
        document.getElementById('map').clientWidth,
        document.getElementById('map').clientHeight]]''')
    boxes = {name: box for name, *box in boxes}
    assert set(boxes) == {*BUILDS, 'wide/', ''}, boxes
    return boxes


def check_areas(page, weights):
    """Areas in a folder are to one another as the weights are."""
    boxes = painted(page)
    for folder in '', 'wide/':
        children = {}
        for name, weight in weights.items():
            child = re.match(rf'{folder}[^/]+/?', name)
            if child:
                children[child[0]] = children.get(child[0], 0) + weight
        assert len(children) > 3, children
        # with the gap, a pixel wide; a folder's name takes a part of its area
        areas = {child: (boxes[child][2] + 1) * (boxes[child][3] + 1)
                 for child in children}
        area, weight = sum(areas.values()), sum(children.values())
        whole = boxes[folder][2] * boxes[folder][3]
        assert .8 * whole < area < 1.1 * whole, (whole, areas)
        for child in children:
            wanted = area * children[child] / weight
            # sides are whole pixels
            assert abs(areas[child] - wanted) <= 2 * sum(boxes[child][2:]), \
                (child, areas[child], wanted)


def test_browser_map_has_areas():
    """By objects, by bytes, and by objects again."""
    with Browser() as chromium:
        page = open_builds(chromium)
        objects = {name: 1 for name in BUILDS}
        sizes = {name: before if after is None else after
                 for name, (before, after) in BUILDS.items()}
        check_areas(page, objects)
        page.click('#by-bytes')
        check_areas(page, sizes)
        assert page.texts('#cells .folder small') == ['6.7 kB']
        page.click('#by-objects')
        check_areas(page, objects)
        assert page.texts('#cells .folder small') == ['4']
        page.check()


def pixels(page, boxes):
    """What the map has in the middle of each box."""
    return page.evaluate(f'''(() => {{
        const canvas = document.querySelector('#map canvas');
        const {{data}} = canvas.getContext('2d').getImageData(
            0, 0, canvas.width, canvas.height);
        const at = (place) => Math.floor(place * devicePixelRatio);
        return {json.dumps(boxes)}.map(([x, y, w, h]) => {{
            const i = 4 * (at(y + h / 2) * canvas.width + at(x + w / 2));
            return [...data.slice(i, i + 3)]; }}); }})()''')


def test_browser_map_has_the_colours_of_its_legend():
    with Browser() as chromium:
        for how in ({}, {'dark': True}, {'scale': 2}):
            page = open_builds(chromium, **how)
            wanted = dict(zip(STATES, colours(
                page, [f'var({name})' for name, _ in STATES.values()])))
            assert len(set(map(tuple, wanted.values()))) == 4, wanted
            legend = page.evaluate(
                '[...document.querySelectorAll("#legend > span:has(i)")]'
                '.map((e) => '
                '[e.innerText, getComputedStyle(e.querySelector("i"))'
                '.backgroundColor])')
            legend = {re.sub(r'\s*\d+$', '', text): colours(page, [colour])[0]
                      for text, colour in legend}
            assert legend == wanted, legend
            boxes = painted(page)
            got = dict(zip(STATES, pixels(
                page, [boxes[name] for _, name in STATES.values()])))
            assert got == wanted, (how, got)
            page.check()


def test_browser_sorts():
    with Browser() as chromium:
        page = open_builds(chromium)
        changed = sorted(BUILDS.keys() - UNCHANGED)

        def change(name):
            before, after = BUILDS[name]
            return -abs((after or 0) - (before or 0))

        def size(name):
            before, after = BUILDS[name]
            return -(before if after is None else after)

        orders = {'delta': sorted(changed, key=change),
                  'size': sorted(changed, key=size), 'name': changed}
        assert len(set(map(tuple, orders.values()))) == 3, orders
        assert page.texts('#objects code') == changed
        for value, order in orders.items():
            page.evaluate(f'''(() => {{
                const sort = document.getElementById('sort');
                sort.value = '{value}';
                sort.dispatchEvent(new Event('change')); }})()''')
            assert page.texts('#objects code') == order, value
        page.check()


def test_browser_shows_hostile_names():
    with Browser() as chromium:
        hostile_trees()
        report(['plan', 'hostile-old', 'hostile-new'], 'r.html')
        page = chromium.open('r.html')
        rows = page.evaluate('[...document.querySelectorAll("#objects code")]'
                             '.map((e) => e.textContent)')
        assert rows == [shown(os.fsdecode(name)) for name in sorted(HOSTILE)]
        page.check()


def test_browser_shows_what_else_there_is():
    """A diff, nothing at all, a first deployment, an empty build."""
    with Browser() as chromium:
        trees()
        tree('none', {})
        for args, headline in (
                (['diff', 'old', 'new'], '5 objects differ.'),
                (['diff', 'old', 'old'], 'Nothing changed.'),
                (['diff', 'none', 'none'], 'Nothing changed.'),
                (['plan', 'none', 'none'], 'Nothing changed.'),
                (['plan', 'old', 'none'], '1 path invalidates 10 stale URLs, and'),
                (['plan', 'old', 'new', '--immutable', '*'],
                 'Nothing to invalidate'),
                (['invalidate', 'new', '--distribution-id', 'E1',
                  '--dry-run'], 'First deployment: everything is invalidated.'),
                (['invalidate', 'new', '--distribution-id', 'E1', '--dry-run',
                  '--first-run', 'none'],
                 'First deployment: nothing is invalidated.')):
            report(args, 'r.html')
            page = chromium.open('r.html')
            assert headline in page.text('#headline'), \
                (args, page.text('#headline'))
            page.check()


def test_browser_groups_paths():
    """Exact paths by folder; each folder opens, each path lists its objects."""
    with Browser() as chromium:
        old = {f'{folder}/{n}.html': 'x' for folder in 'abc' for n in range(9)}
        tree('old', {**old, 'd/only.html': 'x'})
        tree('new', {**{name: name for name in old}, 'd/only.html': 'y',
                     'a/8.html': 'x'})
        report(['plan', 'old', 'new', '--max-wildcards', '0'], 'r.html')
        page = chromium.open('r.html')
        assert page.texts('#items > li > details > summary code') == [
            '/b/ 9\u00a0paths', '/c/ 9\u00a0paths', '/a/ 8\u00a0paths']
        assert page.texts('#items > li > .item code') == ['/d/only.html']
        page.click('#items summary', 2)
        page.wait('document.querySelectorAll("#items details[open] li")'
                  '.length === 8')
        page.click('#items details[open] li button', 3)
        page.wait('document.querySelectorAll("#objects li").length === 1')
        assert page.text('#only').startswith('Invalidated by /a/3.html')
        page.check()


def test_browser_searches_beyond_a_path():
    """A search in the objects of a path offers to go on in all of them."""
    with Browser() as chromium:
        trees()
        report(['plan', 'old', 'new', '--max-paths', '4'], 'r.html')
        page = chromium.open('r.html')
        page.click('#items button.item')
        page.wait('document.querySelectorAll("#objects li").length < 5')
        assert page.evaluate('document.getElementById("elsewhere").hidden')
        page.click('#search')
        page.type('css')
        page.wait('document.querySelectorAll("#objects li").length === 0')
        assert page.text('#elsewhere') == \
            'Search all changes: 1 object matches'
        page.click('#elsewhere button')
        page.wait('document.querySelectorAll("#objects li").length === 1')
        assert 'css/site.css' in page.text('#objects li')
        assert page.evaluate('document.getElementById("search").value') == 'css'
        assert page.evaluate('document.getElementById("elsewhere").hidden')
        assert page.evaluate('document.getElementById("only").hidden')
        page.check()


def test_browser_explains_its_letters():
    with Browser() as chromium:
        page = open_builds(chromium)
        assert page.texts('#kinds button')[1:4] == [
            'A Added1', 'M Changed7', 'D Removed1']
        assert {*page.texts('#objects .badge')} == {*'AMD'}
        page.check()


def test_browser_says_what_run_it_is_of(server):
    """And why everything is invalidated, and what identifies the batch."""
    with Browser() as chromium:
        trees()
        for build, more, stage in (
                ('old', ['--dry-run'], 'dry run: nothing was sent'),
                ('old', [], 'written before the batch was sent'),
                ('new', ['--dry-run'], 'dry run: nothing was sent'),
                ('new', [], 'written before the batch was sent'),
                ('new', [], 'nothing to send')):
            deploy(server, build, '--report', 'r.html', *more).expect(0)
            page = chromium.open('r.html')
            assert page.text('#stage') == stage, (build, more)
            first = build == 'old'
            why = page.evaluate('document.getElementById("why").textContent')
            assert ('There is no baseline at baseline,' in why and 'This is '
                    'expected for the first deployment.' in why) == first, why
            foot = page.texts('#footer dt')
            assert ('CallerReference' in foot) == (
                stage != 'nothing to send'), foot
            assert foot[0] == 'Distribution' and foot[-1] == (
                'Manifest of this build' if first else 'Manifest before')
            if stage.startswith('written'):
                assert page.texts('#footer dd')[1] == \
                    server.posts()[-1]['caller_reference']
            page.check()


@pytest.mark.timeout(200)
def test_browser_opens_a_large_site():
    with Browser() as chromium:
        large_trees(100000, 20000)
        page = report(['plan', 'old', 'new'], 'r.html')
        assert len(page) < 5000000, len(page)
        page = chromium.open('r.html')
        # of processor time; a fifth of a second is usual
        assert page.busy() < limit(1.5), page.busy()
        assert len(page.texts('#objects li')) == 100
        page.click('#more-objects')
        page.wait('document.querySelectorAll("#objects li").length === 500')
        page.click('#search')
        page.type('page-0000')
        page.wait('document.querySelector("#found").innerText'
                  '.startsWith("200 objects")')
        page.check()
