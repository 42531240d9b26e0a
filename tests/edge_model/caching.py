"""How long an answer is kept, and the caches that keep it.

Sources: "Manage how long content stays in the cache (expiration)", its table of
minimum TTL and Cache-Control; "Control how long CloudFront caches errors".
"""
import dataclasses
import re

# Cached whatever the origin says; those of SOMETIMES only if it gives an age, or
# if the distribution has a custom error response for them.
ALWAYS = frozenset({404, 414, 500, 501, 502, 503, 504})
SOMETIMES = frozenset({400, 403, 405, 412, 415})
AGE = re.compile(r'(?:^|[\s,])(s-maxage|max-age)\s*=\s*"?(\d{1,10})', re.I)
NEVER = re.compile(r'(?:^|[\s,])(no-store|no-cache|private)(?:$|[\s,=])', re.I)


@dataclasses.dataclass
class Entry:
    """What a cache has: the answer, since when, and until when."""
    answer: object
    stored: float
    ttl: float
    note: object = None  # of who filled it

    def is_fresh(self, now):
        return now < self.stored + self.ttl


def age_of(cache_control):
    """Seconds by s-maxage or else max-age; None if there is neither."""
    found = {name.lower(): int(value)
             for name, value in AGE.findall(cache_control or '')}
    return found.get('s-maxage', found.get('max-age'))


def ttl_of(behavior, cache_control):
    if NEVER.search(cache_control or ''):
        return behavior.ttl_min  # at 0 it is not kept
    age = age_of(cache_control)
    if age is None:
        age = behavior.ttl_default
    return max(behavior.ttl_min, min(age, behavior.ttl_max))


def error_ttl(status, response, cache_control):
    """Of an error; response is the distribution's for it, or None."""
    age = age_of(cache_control)
    if status not in ALWAYS and age is None and response is None and \
            status in SOMETIMES or status not in ALWAYS | SOMETIMES:
        return 0
    least = response.ttl if response else 10
    return max(least, age or 0)


class Cache:
    """Of one location, or of a region. Keys are (path, query, encodings)."""

    def __init__(self):
        self.entries = {}

    def get(self, key):
        return self.entries.get(key)

    def put(self, key, entry):
        if entry.ttl > 0:
            self.entries[key] = entry
        else:
            self.entries.pop(key, None)

    def drop(self, is_covered):
        """Forget what is covered; returns it."""
        gone = [key for key in self.entries if is_covered(key)]
        return {key: self.entries.pop(key) for key in gone}
