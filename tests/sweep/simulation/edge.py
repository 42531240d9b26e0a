"""The model of the bucket and of two edge caches.

Contents are short words; ABSENT is that there is no such object, which caches
can hold as well ("not found"). Ticks count what happens, in its order.
"""
import dataclasses

ABSENT = '-'
EDGES = 2


@dataclasses.dataclass
class Entry:
    """What an edge has cached for a URL, and since when."""
    value: str
    tick: int


def urls_of(key):
    urls = ['/' + key]
    if key == 'index.html' or key.endswith('/index.html'):
        urls.append('/' + key[:-len('index.html')])
    return urls


def covers(item, url):
    return url.startswith(item[:-1]) if item.endswith('*') else item == url


class Edge:
    """The bucket behind CloudFront, with all keys that builds may have."""

    def __init__(self, keys):
        self.key_of = {url: key for key in keys for url in urls_of(key)}
        self.bucket = {}
        self.caches = [{} for _ in range(EDGES)]
        self.tick = self.invalidations = 0

    def next_tick(self):
        self.tick += 1
        return self.tick

    def value(self, key):
        return self.bucket.get(key, ABSENT)

    def put(self, key, value):
        if value == ABSENT:
            self.bucket.pop(key, None)
        else:
            self.bucket[key] = value
        self.next_tick()

    def fill(self, number, url):
        """A viewer asks: what isn't cached is fetched now."""
        self.caches[number].setdefault(
            url, Entry(self.value(self.key_of[url]), self.next_tick()))

    def evict(self, number, url):
        self.caches[number].pop(url, None)

    def invalidate(self, items):
        self.next_tick()
        self.invalidations += 1
        for cache in self.caches:
            for url in [url for url in cache
                        if any(covers(item, url) for item in items)]:
                del cache[url]

    def stale(self, keys):
        """(edge, url, entry) with other bytes than the bucket's, of keys."""
        return [(number, url, entry)
                for number, cache in enumerate(self.caches)
                for url, entry in cache.items()
                if self.key_of[url] in keys
                and entry.value != self.value(self.key_of[url])]
