"""What tests of reports have in common: builds, and the reports of them."""
import hashlib
import json
import os
import pathlib
import re

from support import run, tree

OLD = {'index.html': 'home', 'a/index.html': 'a1', 'a/b.html': 'b1',
       'a/c.html': 'c', 'css/site.css': 'x' * 300, 'gone.html': 'gone',
       'img/1.svg': '1', 'img/2.svg': '2'}
NEW = {**OLD, 'a/index.html': 'a2', 'a/b.html': 'b22', 'new.html': 'n',
       'css/site.css': 'y' * 1500}
del NEW['gone.html']

# Names that mean something to a page, a table or a terminal.
HOSTILE = [
    b'</script><script>alert(1)</script>.html', b'<!--.html', b'<b>.html',
    b'"quote\'s".html', b'back`tick``s.html', b'`.html', b'pi|pe|s.html',
    b'back\\slash.html', b'new\nline.html', b'tab\t.html', b'\x7f.html',
    b'[link](javascript:alert(1)).html', b'![i](x).html', b'*star*_.html',
    b'&amp;&lt;.html', b'\xff\xfe.html', b'\xe2\x80\xa8ls.html',
    b'\xe2\x80\xaertl.html', b'\xef\xbb\xbfbom.html', b' lead.html',
    b'@everyone #1.html', b'{{data}}.html', b'www.example.com.html',
    b'\xed\xa0\x80.html', 'ünï.html'.encode(), b'__proto__', b'constructor/x',
    b'toString/__proto__', b'd/' + b'l' * 250 + b'.html']


def trees():
    tree('old', OLD)
    tree('new', NEW)


def hostile_trees():
    names = {os.fsdecode(name): b'1' for name in HOSTILE}
    tree('hostile-old', {'same.html': 'same', **names})
    tree('hostile-new', {'same.html': 'same',
                         **{name: b'22' for name in names}})


def report(args, name='report.json', status=0):
    run([*args, '--report', name]).expect(status)
    return pathlib.Path(name).read_bytes()


def shown(key):
    """A key as a page shows it, if it has no invisible characters."""
    text = ''
    for char in os.fsencode(key).decode('utf-8', 'surrogateescape'):
        code = ord(char)
        if code < 0x20 or code in (0x7f, 0x5c):
            text += f'\\x{code:02x}'
        elif 0xdc80 <= code <= 0xdcff:
            text += f'\\x{code - 0xdc00:02x}'
        elif char in '\u2028\u202e\ufeff':
            text += ''.join(f'\\x{byte:02x}' for byte in char.encode())
        else:
            text += char
    return text


def large_trees(objects, changed):
    """Manifests of a large site, of which every so many object changed."""
    for name, new in (('old', False), ('new', True)):
        lines = []
        for i in range(objects):
            digest = i + (1 << 100 if new and i % (objects // changed) == 0
                          else 0)
            key = f'section-{i % 40:02}/part-{i % 700:03}/page-{i:07}.html'
            lines.append((key, f'{digest:032x} {i * 37 % 90000} {key}\n'))
        body = 'edgediff-manifest 1 xxh3-128\n' + ''.join(
            line for _, line in sorted(lines))
        digest = hashlib.sha256(body.encode()).hexdigest()
        pathlib.Path(name).write_text(f'{body}end {objects} {digest}\n')


# Sizes before and after of builds whose map has every state, and whose list
# each order sorts in another way.
BUILDS = {
    'a.txt': (1000, 1010), 'b.txt': (600, 100), 'c.txt': (500, 550),
    'd.txt': (300, None), 'e.txt': (2000, 2000), 'kept.txt': (900, 820),
    'same.txt': (3000, 3000), 'wide/same.txt': (4000, 4000),
    'wide/1.txt': (1500, 1600), 'wide/2.txt': (700, 702),
    'wide/3.txt': (None, 400)}
UNCHANGED = {'same.txt', 'wide/same.txt'}
def open_builds(chromium, **how):
    for i, folder in enumerate(('old', 'new')):
        tree(folder, {
            name: ('=' if name in UNCHANGED else f'{i}') * sizes[i]
            for name, sizes in BUILDS.items() if sizes[i] is not None})
    report(['plan', 'old', 'new', '--immutable', 'kept.txt', '--max-paths',
            '6', '--collateral-cost', '9'], 'r.html')
    return chromium.open('r.html', **how)


def colours(page, names):
    """What CSS says of colours, as [red, green, blue] of 0 to 255."""
    got = page.evaluate(f'''{json.dumps(names)}.map((name) => {{
        const probe = document.createElement('i');
        probe.style.color = name;
        document.body.append(probe);
        const got = getComputedStyle(probe).color;
        probe.remove();
        return got; }})''')
    return [[int(part) for part in re.findall(r'\d+', colour)[:3]]
            for colour in got]


def luminance(colour):
    """Relative luminance by WCAG: 0 of black, 1 of white."""
    red, green, blue = [
        part / 255 / 12.92 if part / 255 <= .04045
        else ((part / 255 + .055) / 1.055) ** 2.4 for part in colour]
    return .2126 * red + .7152 * green + .0722 * blue


def contrast(colour, ground):
    low, high = sorted(map(luminance, (colour, ground)))
    return (high + .05) / (low + .05)
