"""The page of a report in a browser: what it shows, and what one can do there."""
import os
import re

import harness
from browser import Browser
from reports import (HOSTILE, hostile_trees, large_trees, report, shown,
                     trees)


def test_browser_clicks_and_searches():
    with Browser() as chromium:
        trees()
        report(['plan', 'old', 'new', '--max-paths', '4'], 'r.html')
        for how in ({}, {'width': 360, 'height': 700, 'dark': True}):
            page = chromium.open('r.html', **how)
            assert page.evaluate(
                'document.documentElement.scrollWidth <= innerWidth')
            assert re.match(r'4 paths drop 6 stale URLs and 1',
                            page.text('#headline'))
            look_into_map(page)
            search(page)
            choose_item(page)
            page.check()


def look_into_map(page):
    assert page.texts('#crumbs > *') == ['all of it']
    label = page.evaluate('document.activeElement && [...document.'
                          'querySelectorAll("#cells button")].map((b) => '
                          'b.getAttribute("aria-label"))')
    folder = [name for name in label if name.startswith('a/: 3 objects')]
    assert folder, label
    page.click('#cells button', label.index(folder[0]))
    page.wait('document.querySelectorAll("#crumbs > *").length === 2')
    assert page.texts('#crumbs > *') == ['all of it', 'a/']
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
            harness.tree(name, {'a/b/c/1.txt': name, 'a/b/c/2.txt': 'same',
                                'x.txt': 'same'})
        report(['diff', 'old', 'new'], 'r.html')
        page = chromium.open('r.html')
        assert page.text('#cells button').startswith('a/b/c/')
        page.click('#cells button')
        page.wait('document.querySelectorAll("#crumbs > *").length === 4')
        assert page.texts('#crumbs > *') == ['all of it', 'a/', 'b/', 'c/']
        page.click('#crumbs button', 1)
        page.wait('document.querySelectorAll("#crumbs > *").length === 2')
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
        harness.tree('none', {})
        for args, headline in (
                (['diff', 'old', 'new'], '5 objects changed.'),
                (['diff', 'old', 'old'], 'Nothing changed.'),
                (['diff', 'none', 'none'], 'Nothing changed.'),
                (['plan', 'none', 'none'], 'Nothing changed.'),
                (['plan', 'old', 'none'], '1 path drops 10 stale URLs, and'),
                (['plan', 'old', 'new', '--immutable', '*'],
                 'Nothing to invalidate'),
                (['invalidate', 'new', '--distribution-id', 'E1',
                  '--dry-run'], 'No baseline yet: everything is dropped.'),
                (['invalidate', 'new', '--distribution-id', 'E1', '--dry-run',
                  '--first-run', 'none'],
                 'No baseline yet: the edge is taken for fresh.')):
            report(args, 'r.html')
            page = chromium.open('r.html')
            assert headline in page.text('#headline'), \
                (args, page.text('#headline'))
            page.check()


@harness.limit(200)
def test_browser_opens_a_large_site():
    with Browser() as chromium:
        large_trees(100000, 20000)
        page = report(['plan', 'old', 'new'], 'r.html')
        assert len(page) < 5000000, len(page)
        page = chromium.open('r.html')
        # a fifth of a second is usual
        assert page.busy() < 1.5 * harness.PATIENCE, page.busy()
        assert len(page.texts('#objects li')) == 100
        page.click('#more-objects')
        page.wait('document.querySelectorAll("#objects li").length === 500')
        page.click('#search')
        page.type('page-0000')
        page.wait('document.querySelector("#found").innerText'
                  '.startsWith("200 objects")')
        page.check()
