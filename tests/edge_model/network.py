"""The edge: locations, each with a cache, behind a regional cache.

Time is a parameter (clock(): seconds). Every answer is made by ask(); who
speaks HTTP turns it into bytes.
"""
import dataclasses
import re

from edge_model import caching, paths
from edge_model.faults import Faults
from edge_model.origins import Answer

LOCATIONS = ('FRA56-P4', 'IAD12-P1')
REGION = 'regional'
# "File size": compressed are 1,000 to 10,000,000 bytes
SMALL, LARGE = 1000, 10_000_000
COMPRESSED = re.compile(r'text/|application/(javascript|json|xml|wasm|'
                        r'x-javascript|manifest\+json)|image/svg\+xml')


@dataclasses.dataclass
class Reply:
    """What a viewer gets."""
    answer: Answer
    cache: str  # X-Cache
    age: int = None
    location: str = LOCATIONS[0]
    key: tuple = None
    entry: object = None  # of the location's cache


class Edge:
    """configuration may be replaced at any time; locations follow at once,
    unless old says that some still go by another one.

    encoders compress: br and gzip, functions of bytes by name. Without them,
    variants are told apart all the same.
    """

    def __init__(self, configuration, origins, clock, faults=None,
                 encoders=None):
        self.configuration = configuration
        self.old = {}  # location -> the configuration that it still has
        self.origins = origins
        self.clock = clock
        self.faults = faults or Faults()
        self.encoders = encoders or {}
        self.caches = {name: caching.Cache() for name in (*LOCATIONS, REGION)}
        self.note = None  # kept with what is filled
        self.keeps = False  # what the origin answered, for uploads that are
        self.before = {}  # late: path -> the last answer

    def of(self, location):
        return self.old.get(location) or self.configuration

    # --------------------------------------------------------- viewers

    def ask(self, location, path, query='', accept='', signed=False):
        """A viewer's GET: a Reply."""
        path = paths.canonical(path)
        config = self.of(location)
        behavior = config.behavior(path)
        if behavior.signed and not signed:
            return Reply(Answer(403, b'Missing Key\n', 'text/xml',
                                server='CloudFront'),
                         'Error from cloudfront', location=location)
        return self.look_up(location, config, behavior, path, query, accept)

    def look_up(self, location, config, behavior, path, query, accept):
        path = behavior.rewrite('viewer-request', path)
        if path == '/' and config.root and config.reading.root_key:
            path = config.root
        key = behavior.key(path, query, accept)
        now, cache = self.clock(), self.caches[location]
        entry, word = cache.get(key), 'Miss from cloudfront'
        if entry and entry.is_fresh(now):
            word = 'Hit from cloudfront'
        else:
            before, entry = entry, self.fill(config, behavior, key)
            cache.put(key, entry)
            if before and before.answer.etag and \
                    before.answer.etag == entry.answer.etag:
                word = 'RefreshHit from cloudfront'
        answer = entry.answer
        if answer.status >= 400:
            word = 'Error from cloudfront'
        age = int(now - entry.stored)
        return Reply(answer, word, age if age > 0 or word[0] == 'H' else None,
                     location, key, entry)

    # --------------------------------------------------------- fills

    def fill(self, config, behavior, key, is_page=False):
        """Ask the region, which asks the origin: an entry.

        An error page that cannot be had has no error page itself.
        """
        now, cache = self.clock(), self.caches[REGION]
        entry = cache.get(key)
        if entry and entry.is_fresh(now):
            return entry
        entry = self.fetch(config, behavior, key, is_page)
        cache.put(key, entry)
        return entry

    def fetch(self, config, behavior, key, is_page):
        answer = self.ask_origin(config, behavior, key[0])
        status, control = answer.status, answer.cache_control
        now = self.clock()
        if status >= 400:
            response = config.errors.get(status)
            if response and response.page and not is_page:
                answer = self.error_page(config, response, answer, key)
                control = answer.cache_control
            ttl = caching.error_ttl(status, response, control)
        else:
            ttl = caching.ttl_of(behavior, control)
        if behavior.compress and ttl > 0:
            answer = self.compressed(answer, key[2].split(','))
        return caching.Entry(answer, now, ttl, self.note)

    def error_page(self, config, response, answer, key):
        """"Return a custom error page": by the behaviour of its path."""
        page = paths.canonical(response.page)
        behavior = config.behavior(page)
        got = self.fill(config, behavior, behavior.key(page, '', key[2]),
                        is_page=True) if key[0] != page else None
        if not got or got.answer.status >= 400:
            return answer  # then the viewer gets the origin's error
        return dataclasses.replace(got.answer, page=paths.decode(page),
                                   status=response.code or answer.status)

    def ask_origin(self, config, behavior, path):
        if path == '/' and config.root:
            path = config.root
        late = self.faults.late(path)
        if late and path in self.before:
            return self.before[path]
        path_there = behavior.rewrite('origin-request', path)
        members, codes = config.members(behavior.target)
        for member in members:
            answer = self.origins.ask(member, path_there)
            if answer.status not in codes:
                break
        if self.keeps:
            self.before[path] = answer
        return answer

    def compressed(self, answer, taken):
        """"Serve compressed files automatically": br before gzip."""
        encoding = next((name for name in ('br', 'gzip')
                         if name in taken and self.encoders.get(name)), None)
        if not encoding or answer.encoding or \
                not SMALL <= len(answer.body) <= LARGE or \
                not COMPRESSED.match(answer.kind):
            return answer
        return dataclasses.replace(
            answer, body=self.encoders[encoding](answer.body),
            original=answer.body,
            encoding=encoding, etag=answer.etag and 'W/' + answer.etag)

    # --------------------------------------------------------- what changes

    def invalidate(self, items):
        """All copies that an item covers are gone, everywhere.

        Variants by encoding go together; those by query string if the item
        covers the query string, too.
        """
        def is_covered(key):
            text = key[0] + ('?' + key[1] if key[1] else '')
            return any(paths.covers(item, text) for item in items) and \
                not self.faults.forgets(key)

        gone = {name: cache.drop(is_covered)
                for name, cache in self.caches.items()}
        for name, entries in gone.items():
            for key, entry in entries.items():
                if self.faults.in_flight(key):
                    self.caches[name].put(key, dataclasses.replace(
                        entry, stored=self.clock()))
        return gone
