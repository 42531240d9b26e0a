"""One world: a distribution, a bucket, viewers, and deployments by edgediff.

A world is a dictionary of JSON, so that it can be printed, shrunk and repeated:

  reading, lists   how AWS's documentation is read where it is silent
                   (edge_model/paths.py); may CloudFront list the bucket?
  mount, options   of edgediff
  configs          descriptions of the distribution (distributions.py)
  headers          the Cache-Control of keys
  steps            deployments, one after the other: the configuration from then
                   on, the build (key -> version), the requests before the upload
                   and during it, seconds that pass, whether edgediff waits for
                   the completion, whether it announced the upload
"""
import dataclasses
import hashlib
import random as randoms

from edge_model import caching, configuration, network, origins, paths
from oracle import distributions, promise, services, sites
from simulation import exchange

VERSIONS = 10
ALLOW = 'empty,archive,root,moved,partial,lfs'


class Violation(Exception):
    """What edgediff did wrong; kind is the same for the same mistake."""

    def __init__(self, kind, text):
        super().__init__(f'{kind}: {text}')
        self.kind = kind


def draw(seed):
    """The random world of a seed."""
    random = randoms.Random(seed)
    mount = random.choice(('/', '/', '/', '/docs/', '/my site/'))
    site = sites.draw(random)
    pages = [mount[1:] + key for key in sites.PAGES] + ['404.html']
    described = distributions.draw(random, pages)
    configs, steps = [described], []
    changes_at = random.choice((0, 0, 0, 1, 2))
    count = random.choice((2, 2, 3, 4))
    for number in range(count):
        if number and number == changes_at:
            configs.append(changed(random, described, pages))
        if number:
            site = sites.change(random, site, number + 1)
        keys = set().union(site, *(step['build'] for step in steps))
        encoded = paths.encode(mount)
        steps.append({
            'config': len(configs) - 1, 'build': site,
            'before': sites.views(random, keys, encoded, 150),
            'during': sites.views(random, keys, encoded, 20)
            if random.random() < .3 else [],
            'pause': random.choice((0, 1, 20, 100, 5000)),
            'wait': random.random() < .2,
            'announce': random.random() < .2})
    return {
        'seed': seed,
        'reading': {field.name: random.random() < .5 for field in
                    dataclasses.fields(paths.Reading)},
        'lists': random.random() < .6, 'mount': mount,
        'options': options(random), 'configs': configs,
        'headers': {key: value for key in sites.KEYS
                    for value in [random.choice(sites.HEADERS)] if value},
        'steps': steps}


def changed(random, described, pages):
    """Another configuration of the distribution, with the same keys."""
    new = distributions.draw(random, pages)
    kept = random.choice((('root', 'errors'), ('behaviors',), ()))
    new.update({name: described[name] for name in ('path', 'group', *kept)})
    return new


def options(random):
    out = []
    if random.random() < .2:
        out += ['--collateral-cost', random.choice(('0', '0.1', '5'))]
    if random.random() < .2:
        out += ['--max-paths', random.choice(('1', '2', '5'))]
    if random.random() < .1:
        out += ['--max-wildcards', random.choice(('1', '2'))]
    if random.random() < .05:
        out += ['--foreign-cost', '0']
    return out


class Bucket:
    """The origin's, seen through OriginPath."""

    def __init__(self, path):
        self.start = path[1:] + '/' if path else ''
        self.objects = {}

    def get(self, key):
        return self.objects.get(key)

    def put(self, key, one):
        if one:
            self.objects[self.start + key] = one
        else:
            self.objects.pop(self.start + key, None)


class NoCache(caching.Cache):
    def put(self, key, entry):
        pass


def follow(edge, location, path, query='', accept=''):
    """What a viewer gets who follows a redirect."""
    reply = edge.ask(location, path, query, accept, signed=True)
    if reply.answer.location:
        reply = edge.ask(location, reply.answer.location, query, accept,
                         signed=True)
    return reply


def variants(behavior):
    """Requests for a path that have different keys: (query string, accept)."""
    if not hasattr(behavior, 'variants'):
        behavior.variants = list({
            behavior.key('', query, accept): (query, accept)
            for query in sites.QUERIES for accept in sites.ACCEPTS}.values())
    return behavior.variants


def content(key, version):
    return f'{key} {version}\n'.encode()


class Machine:
    """What all worlds of a process share: the program, and fingerprints."""

    def __init__(self, folder, clock, port):
        self.folder, self.clock, self.port = folder, clock, port
        self.fingerprints = {}
        self.read_fingerprints()

    def read_fingerprints(self):
        """Of every content that a key may have, by edgediff manifest."""
        contents = self.folder / 'contents'
        contents.mkdir()
        names = {}
        for number, key in enumerate(sites.KEYS):
            for version in range(VERSIONS):
                name = f'{number}-{version}'
                names[name] = key, str(version)
                (contents / name).write_bytes(content(key, version))
        run = self.call(['manifest', contents, '--quiet'])
        assert run.status == 0, run.err
        for line in run.out.splitlines()[1:-1]:
            fingerprint, size, name = line.split(' ')
            self.fingerprints[names[name]] = f'{fingerprint} {size}'

    def call(self, arguments, respond=None):
        port = self.port
        port.run = port.slot.start(arguments, port.number, AWS_REGION=None)
        exchange.converse([port], respond, self.clock, None)
        return port.run

    def write_manifest(self, build):
        """BUILD: a file system could not hold both b and b/index.html."""
        lines = [f'{self.fingerprints[key, version]} {key}\n'.encode()
                 for key, version in sorted(
                     build.items(), key=lambda item: item[0].encode())]
        text = b'edgediff-manifest 1 xxh3-128\n' + b''.join(lines)
        digest = hashlib.sha256(text).hexdigest()
        path = self.folder / 'build'
        path.write_bytes(text + f'end {len(lines)} {digest}\n'.encode())
        return path


class World:
    """drop: the edge never hears of one item of the last deployment."""

    def __init__(self, machine, world, show=None, drop=False):
        self.machine, self.world, self.show = machine, world, show
        self.clock = machine.clock
        self.clock.reset()
        self.reading = paths.Reading(**world['reading'])
        path = world['configs'][0]['path']
        self.bucket = Bucket(path)
        self.origins = origins.Origins(lambda origin: self.bucket,
                                       world['lists'])
        self.cloudfront = services.CloudFront(
            self.clock, self.note_accepted, self.invalidate)
        self.described = []
        self.configurations = []
        for number, config in enumerate(world['configs']):
            self.described.append(distributions.distribution(config, number))
            self.configurations.append(configuration.Configuration(
                self.described[-1]['Distribution'], distributions.CONFIGS,
                self.reading))
        self.edge = network.Edge(self.configurations[0], self.origins,
                                 self.now)
        self.baseline = machine.folder / 'baseline'
        self.baseline.unlink(missing_ok=True)
        self.step = self.run = None
        self.drop, self.dropped, self.dropped_stale = drop, None, False
        self.items = []
        self.named = promise.Named(world['mount'], any(
            'function' in behavior for config in world['configs']
            for behavior in config['behaviors']))
        self.runs = self.checked = self.zeros = self.excused = 0

    def now(self):
        return self.clock.now / 1000

    # --------------------------------------------------------- the edge

    def view(self, location, path, query, accept):
        return self.edge.ask(location, path, query, accept, signed=True)

    def note_accepted(self, items):
        self.items = list(items)

    def invalidate(self, items):
        items = sorted(items)
        if self.drop and self.step is self.world['steps'][-1]:
            self.dropped = randoms.Random(self.world.get('seed', 0)).choice(
                items)
            whole, items = items, [item for item in items
                                   if item != self.dropped]
            self.dropped_stale = self.is_needed(whole, items)
        self.edge.invalidate(items)

    def is_needed(self, whole, items):
        """Does any cache hold old bytes that only all items cover?

        Only what is certain counts: an object's bytes, by the configuration of
        now, for another minute.
        """
        current = {one.body for one in self.bucket.objects.values()}
        for cache in self.edge.caches.values():
            for key, entry in cache.entries.items():
                text = key[0] + ('?' + key[1] if key[1] else '')
                answer = entry.answer
                if entry.note == self.edge.note and not answer.page and \
                        answer.status == 200 and answer.server != 'other' and \
                        answer.body not in current and \
                        entry.is_fresh(self.now() + promise.MINUTE) and \
                        any(paths.covers(item, text) for item in whole) and \
                        not any(paths.covers(item, text) for item in items):
                    return True
        return False

    def fresh_edge(self, config):
        edge = network.Edge(config, self.origins, self.now)
        edge.caches = {name: NoCache() for name in edge.caches}
        return edge

    # --------------------------------------------------------- deployments

    def go(self):
        for number, step in enumerate(self.world['steps']):
            self.step = step
            self.configure(step)
            for view in step['before']:
                self.view(*view)
            self.deploy(number, step)
            if self.run.status != 0:
                return
        self.step = None

    def configure(self, step):
        number = step['config']
        described = self.world['configs'][number]
        self.cloudfront.describe(self.described[number],
                                 described['unreadable'])
        new = self.configurations[number]
        if new is not self.edge.configuration:
            self.edge.old = {} if described['deployed'] else {
                network.LOCATIONS[1]: self.edge.configuration}
            self.edge.configuration = new
        elif described['deployed'] or number == 0:
            self.edge.old = {}
        self.edge.note = number

    def deploy(self, number, step):
        before = self.world['steps'][number - 1]['build'] if number else {}
        build = step['build']
        if step['announce']:
            self.start('announce', step)
        self.upload(before, build, step['during'])
        self.clock.advance(step['pause'] * 1000)
        self.items = []
        self.run = self.start('invalidate', step)
        self.cloudfront.finish()
        if self.show:
            self.show(number, self)
        if self.run.status not in (0, 1):
            raise Violation('status', f'{self.run.status}\n{self.run.err}')
        self.named.read(self.run.err, self.now(), self.bucket,
                        self.edge.note, step)
        if self.run.status == 0:
            self.zeros += 1
            self.check()

    def upload(self, before, build, views):
        """Keys in any order, with viewers in between."""
        mount, headers = self.world['mount'][1:], self.world['headers']
        changed = sorted(key for key in {*before, *build}
                         if before.get(key) != build.get(key))
        randoms.Random(len(changed)).shuffle(changed)
        views = list(views)
        for left, key in zip(range(len(changed), 0, -1), changed):
            one = build.get(key)
            self.bucket.put(mount + key, one and origins.Object(
                content(key, one), 'text/html', headers.get(key)))
            for _ in range(len(views) // left):
                self.view(*views.pop())

    def start(self, command, step):
        arguments = [
            command, self.machine.write_manifest(step['build']),
            '--distribution-id', distributions.ID, '--baseline',
            self.baseline, '--prefix', self.world['mount'], '--allow', ALLOW,
            '--no-cache', '--jobs', '1', '--output', 'json']
        if command == 'invalidate':
            arguments += ['--endpoint-url',
                          f'http://127.0.0.1:{self.machine.port.number}',
                          *self.world['options'],
                          *(['--wait'] if step['wait'] else [])]
        self.runs += 1
        return self.machine.call(
            arguments, lambda run, request: self.cloudfront.respond(request))

    # --------------------------------------------------------- the promise

    def check(self):
        """Every URL at every location in every encoding has new bytes.

        A function may make one key of several URLs; then it depends on who asks
        first which of their answers is kept.
        """
        keys = set().union(*(step['build'] for step in self.world['steps']))
        known = sites.urls(keys, paths.encode(self.world['mount']))
        named = self.named
        self.kept = {id(entry): entry for cache in self.edge.caches.values()
                     for entry in cache.entries.values()}
        fresh = [self.fresh_edge(config) for config in (
            self.edge.configuration, *self.edge.old.values())]
        pages = {paths.canonical(response.page) for edge in fresh
                 for response in edge.configuration.errors.values()
                 if response.page}
        answers = {path: [follow(edge, network.LOCATIONS[0], path)
                          for edge in fresh] for path in {*known, *pages}}
        shared = {}  # path of a key -> what may be kept there
        for replies in answers.values():
            for reply in replies:
                shared.setdefault(reply.key[0], set()).add(
                    promise.content_of(reply.answer))
        for path in known:
            want = promise.wanted(answers[path])
            for location in network.LOCATIONS:
                behavior = self.edge.of(location).behavior(path)
                for query, accept in variants(behavior):
                    self.checked += 1
                    reply = follow(self.edge, location, path, query, accept)
                    page = reply.answer.page and paths.encode(reply.answer.page)
                    if promise.content_of(reply.answer) not in want.union(
                            *(shared.get(key, ()) for key in
                              (reply.key[0], page))):
                        self.judge(named, reply, path, query, accept, want)

    def is_new(self, reply):
        """Has an origin answered since the run? An error page may be older than
        its entry, unless the bucket has its bytes."""
        return id(reply.entry) not in self.kept and (
            not reply.answer.page or reply.answer.body in self.named.current)

    def judge(self, named, reply, path, query, accept, want):
        if self.is_new(reply) or named.excuse(reply):
            self.excused += 1
            return
        asked = path + ('?' + query if query else '')
        raise Violation('stale', (
            f'at {reply.location}, {asked} (Accept-Encoding: {accept}) is '
            f'{promise.content_of(reply.answer)!r}, not {" or ".join(map(repr, want))}; cached as '
            f'{reply.key} {self.now() - reply.entry.stored:.0f} s ago, for '
            f'{reply.entry.ttl:.0f} s, under configuration '
            f'{reply.entry.note}\nitems {self.items}\n{self.run.err}'))

