"""Random small sites, deltas of them, and the requests of their viewers."""
from edge_model import paths
from edge_model.network import LOCATIONS

# Keys with what is hard about names: index documents, prefixes of each other,
# what must be encoded, what is doubtful, case.
KEYS = ('index.html', '404.html', 'a/index.html', 'a/x', 'a/x.html', 'a.html',
        'b', 'b/index.html', 'api/x', 'assets/app.css', 'assets/app.1f3c.js',
        'docs/index.html', 'docs/a/index.html', 'docs/a/x', 'docsx',
        'a b.html', 'a%20b.html', 'café.html', 'cafe\u0301.html', 'x~y.html',
        "x'y.html", 'x*y.html', 'x', 'A/x', 'q?q=1', 'h#h', 'a+b', 'p[1].html',
        'a&b=c;d@e:f,$(g)!.html', '日本/index.html', '.well-known/x', 'a/y',
        'a/z', 'b2', 'b3')
PAGES = ('404.html', 'index.html', 'a/x.html')
HEADERS = (None,) * 6 + ('max-age=60', 'no-cache', 'no-store', 's-maxage=5',
                         'public, max-age=31536000', 'max-age=0, private')
ACCEPTS = ('', 'gzip', 'gzip, deflate, br', 'br')
QUERIES = ('', 'q=1', 'x=1', 'x=1&q=1')
NOBODYS = ('zz', 'a/zz', 'api/zz', 'docs/zz')


def draw(random):
    """A first site: key -> content."""
    keys = random.sample(KEYS, random.randint(2, 12))
    if random.random() < .7:
        keys += [page for page in PAGES if page not in keys]
    return {key: '1' for key in keys}


def change(random, site, number):
    """What the next build has instead."""
    keys = list(site)
    out = dict(site)
    share = random.choice((.1, .2, .5, .9))
    for key in keys:
        if random.random() < share:
            out[key] = str(number)
        if random.random() < share / 5:
            del out[key]
    for key in random.sample(KEYS, random.choice((0, 0, 1, 3))):
        out.setdefault(key, str(number))
    return out


def urls(keys, mount):
    """Every path that might answer with one of these, and some others."""
    out = {mount, '/'}
    for key in keys:
        path = mount + paths.encode(key)
        out.add(path)
        folder, slash, last = path.rpartition('/')
        if last == 'index.html':
            out |= {folder + slash, folder or '/'}
        elif last.endswith('.html'):
            out.add(path[:-len('.html')])
        else:
            out.add(path + '/')
    out |= {mount + name for name in NOBODYS}
    return sorted(out)


def views(random, keys, mount, most):
    """Requests: [location, path, query string, Accept-Encoding]."""
    known = urls(keys, mount)
    return [[random.choice(LOCATIONS), random.choice(known),
             random.choice(QUERIES), random.choice(ACCEPTS)]
            for _ in range(random.randint(most // 4, most))]
