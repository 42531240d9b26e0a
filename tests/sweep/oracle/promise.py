"""What edgediff does not promise: what it has said itself, in its words.

Named knows the messages of runs, and nothing of plans. Each exclusion is one of
these, and those with words need them:

- "... is also an error page, and URLs that no build has keep the old one": an
  error page that a URL without an object has.
- "... is also an error page, and URLs that are not below PREFIX keep the old one":
  those; or the error that they had before there was a page.
- "what begins with /a may still be stale since an earlier deployment": that.
- "N stale URLs, such as /a, may stay stale with a query string": N paths, with a
  query string in their keys.
- "the distribution was changed since the last deployment": docs/planning.md says
  what then is not covered: URLs that no build holds, and errors.
- An error, or the page instead of it, for at most a minute (docs/planning.md).
- What an origin answered after the run: a function can make one key of URLs of two
  behaviours, and so can locations that go by two configurations. Then it comes
  from elsewhere, but it is not old.
- "0 added, 0 changed, 0 removed": then the configuration is not read, and what
  caches have by an older one stays.
- After a change, at a distribution with functions, bytes that the bucket still has:
  what functions make of URLs is not known (docs/planning.md).
- What another origin answered by an older configuration, at a URL that no build
  holds (docs/planning.md), also where it is an error page.
"""
import re

from edge_model import paths

ERROR_PAGE = re.compile(r'warning: (.+) is also an error page, and URLs that '
                        'no build has (?:keep the|may keep an) old one')
OUTSIDE = re.compile(r'warning: (.+) is also an error page, and URLs that are '
                     'not below ')
QUERIES = re.compile(r'warning: (\d+) stale URLs?, such as \S+, may stay stale '
                     'with a query string')
STARTS = re.compile(r'warning: what begins with (\S+) may still be stale since '
                    'an earlier deployment')
MINUTE = 60
NOTHING = ': 0 added, 0 changed, 0 removed'
CHANGED = 'the distribution was changed since the last deployment'


def content_of(answer):
    """What a viewer sees of an answer; errors without a page are all one."""
    if answer.status >= 400 and not answer.page:
        return 'error'
    if 300 <= answer.status < 400:
        return f'redirect to {answer.location}'
    return answer.body.decode()


def wanted(replies):
    """What viewers may see, by the configurations that are in effect."""
    return {content_of(reply.answer) for reply in replies}


class Named:
    """What runs have said so far; it holds for what caches had by then."""

    def __init__(self, mount, functions):
        self.mount, self.functions = mount, functions  # does any run?
        self.pages, self.outside = {}, {}  # page -> when it was said last
        self.starts = {}
        self.queries = 0, -1  # how many paths; when
        self.with_query = set()  # those paths, as they turn up
        self.changed = self.looked = False
        self.epoch = None

    def read(self, err, now, bucket, epoch, step):
        """The messages of a run that ended just now."""
        self.looked = NOTHING not in err or epoch == self.epoch and self.looked
        self.own = {paths.encode(self.mount + key) for key in step['build']}
        self.pages.update(dict.fromkeys(ERROR_PAGE.findall(err), now))
        self.outside.update(dict.fromkeys(OUTSIDE.findall(err), now))
        self.starts.update(dict.fromkeys(STARTS.findall(err), now))
        for count in QUERIES.findall(err):
            self.queries, self.with_query = (int(count), now), set()
        self.changed |= CHANGED in err
        self.current = {one.body for one in bucket.objects.values()}
        self.epoch = epoch

    def excuse(self, reply):
        return self.is_named(reply) or self.is_left_with_query(reply)

    def is_left_with_query(self, reply):
        if not reply.key[1] or reply.entry.stored > self.queries[1]:
            return False
        self.with_query.add(reply.key[0])
        return len(self.with_query) <= self.queries[0]

    def is_named(self, reply):
        answer, entry = reply.answer, reply.entry
        page = answer.page and answer.page[len(self.mount):]
        if (answer.status >= 400 or page) and entry.ttl <= MINUTE:
            return True
        if entry.stored <= self.pages.get(page, -1):
            return True
        path = paths.decode(reply.key[0])
        said = self.outside.get(page, -1) if page else max(
            self.outside.values(), default=-1)
        if entry.stored <= said and not path.startswith(self.mount) and \
                (page or answer.status >= 400):
            return True
        if any(reply.key[0].startswith(start) and entry.stored <= when
               for start, when in self.starts.items()):
            return True
        if not self.looked and (page or entry.note != self.epoch):
            return True
        if reply.key[1] and entry.stored <= self.queries[1]:
            self.with_query.add(reply.key[0])
            if len(self.with_query) <= self.queries[0]:
                return True
        if answer.server == 'other' and page and self.changed and \
                paths.encode(answer.page) not in self.own:
            return True
        if entry.note == self.epoch:
            return False
        if answer.server == 'other':
            return reply.key[0] not in self.own
        if self.functions and answer.body in self.current:
            return self.changed
        return self.changed and bool(page or answer.status >= 400)
