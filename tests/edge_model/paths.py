"""Paths as the edge sees them: cache keys, path patterns, invalidation items.

Where the guide is silent, a Reading of it chooses, so that what holds for both
readings does not rest on either.
"""
import dataclasses
import functools
import re
import urllib.parse

# RFC 1738, section 2.2; "What you need to know when invalidating files": these
# and bytes that are no ASCII are encoded, and no others. A ~ is in that list,
# too, but what viewers send is kept as it is: encoded items are reported to miss
# it.
UNSAFE = re.compile(r'[\x00-\x20<>"#{}|\\^\[\]`\x7f-\uffff]|%(?![0-9A-Fa-f]{2})')
ESCAPE = re.compile('%[0-9A-Fa-f]{2}')


@dataclasses.dataclass(frozen=True)
class Reading:
    """How to read the guide where it is silent."""
    root_behavior: bool = False  # / gets the default root object's behaviour
    root_key: bool = False  # and is cached as its path, too
    decoded: bool = False  # patterns are matched with the decoded path
    slashless: bool = False  # *x has no / in front


def encode(raw):
    """The path of an object's name, as a browser asks for it."""
    return urllib.parse.quote(raw, safe="/!$&'()*+,-.:;=@_~")


def decode(path):
    return urllib.parse.unquote(path, errors='surrogateescape')


def canonical(path):
    """The path in a cache key: what must be encoded is, and in capitals."""
    path = ESCAPE.sub(lambda match: match[0].upper(), path)
    return UNSAFE.sub(lambda match: urllib.parse.quote(
        match[0].encode('utf-8', 'surrogateescape'), safe=''), path)


@functools.lru_cache(4096)
def pattern_regex(pattern):
    """"Path pattern" of "Cache behavior settings": * and ?, case counts."""
    return re.compile(''.join('.*' if c == '*' else '.' if c == '?' else
                              re.escape(c) for c in pattern), re.S)


def matches(pattern, path, reading):
    """Does a behaviour's pattern match a canonical path?"""
    if reading.decoded:
        path = decode(path)
    if pattern[:1] in ('*', '?') and not reading.slashless:
        pattern = '/' + pattern
    elif pattern[:1] not in ('/', '*', '?'):
        pattern = '/' + pattern
    return pattern_regex(pattern).fullmatch(path) is not None


def covers(item, text):
    """Does an item cover a key's path with its query string?

    A * at the end stands for any number of characters; an item is not decoded.
    """
    return text.startswith(item[:-1]) if item.endswith('*') else item == text


GZIP, BROTLI = 'gzip', 'br'
NO = re.compile(r';\s*q\s*=\s*0(\.0*)?\s*$')


@functools.lru_cache(1024)
def encodings(header):
    """The codings that an Accept-Encoding takes, of those that matter here."""
    taken = set()
    for word in (header or '').lower().split(','):
        name = word.partition(';')[0].strip()
        if not NO.search(word):
            taken |= {GZIP, BROTLI} if name == '*' else {name}
    return frozenset(taken & {GZIP, BROTLI})


def encoding_class(header, gzip, brotli):
    """Of a cache key: "Serve compressed files", the normalised header."""
    taken = encodings(header)
    return ','.join(name for name, used in ((BROTLI, brotli), (GZIP, gzip))
                    if used and name in taken)


def query_key(query, behavior, names):
    """The part of a query string that is in the cache key.

    behavior is none, whitelist, allExcept or all, as in a cache policy. Order
    counts: "Cache content based on query string parameters".
    """
    if not query or behavior == 'none':
        return ''
    if behavior == 'all':
        return query
    wanted = behavior == 'whitelist'
    return '&'.join(word for word in query.split('&')
                    if (word.partition('=')[0] in names) == wanted)
