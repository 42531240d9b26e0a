"""Makes random sequences; the same for the same seed."""
import random

from simulation.services import FAULTS

ROOT_KEYS = ('x.html', 'y.html', 'z.html', 'index.html', 'd/index.html',
             'd/w.html')
DOCS_KEYS = ('index.html', 'p.html', 'q.html')
VALUES = ('1', '1', '2', '2', '3', None)
SHORTEST, LONGEST = 6, 40
SAVED = ('saved', 'older', 'third')


class Chance:
    """One sequence, grown step by step."""

    def __init__(self, seed, store):
        self.random = random.Random(seed)
        self.steps = [['store', store]]
        self.builds = {'/': [], '/docs/': []}
        mounts = ['/'] if self.random.random() < 0.75 else ['/', '/docs/']
        for mount in mounts:
            names = 'ABCDE' if mount == '/' else 'PQR'
            for name in names[:self.random.choice((2, 2, 3, 3, 4, 5))]:
                self.make_build(name, mount)
        self.mounts = mounts
        self.held = {mount: self.builds[mount][0] for mount in mounts}
        self.saved = {}  # (mount, build) of a copy, by its name
        # some courses have few faults and much restoring, and so on
        self.faulty = self.random.choice((0, 0.3, 0.6))
        self.restoring = self.random.choice((0, 0, 1, 3))
        self.careful = self.random.choice((0, 0.5, 1))
        self.strange = self.random.choice((0, 0, 0.05, 0.3))

    def make_build(self, name, mount):
        keys = ROOT_KEYS if mount == '/' else DOCS_KEYS
        number = self.random.randint(1, len(keys))
        chosen = self.random.sample(keys, number)
        objects = [f'{key}={value}' for key in chosen
                   for value in [self.random.choice(VALUES)] if value]
        self.steps.append(['build', name, mount, *(
            objects or [f'{keys[0]}=1'])])
        self.builds[mount].append(name)

    def main_of(self, mount):
        return 'one' if mount == '/' else 'docs'

    def baseline(self, mount):
        if self.random.random() < self.strange:
            return self.random.choice(['one', 'two', 'docs', *SAVED])
        return self.main_of(mount)

    def faults(self):
        """The options of a run that something happens to."""
        if self.random.random() >= self.faulty:
            return []
        fault = self.random.choice(FAULTS)
        where = 'post' if self.random.random() < 0.5 else self.random.choice(
            ['post.1', 'post.2', 'list', 'look', 'put', 'put.1', 'put.2',
             'put.3', 'get', '1', '2', '3', '4', '5', '6', 'call', 'call'])
        if where == 'call':
            return [f'call={self.random.randint(1, 30)}']
        more = [f'fill={self.random.randint(1, 8)}'] \
            if self.random.random() < 0.3 else []
        return [f'{where}={fault}', *more]

    def run_words(self, mount=None):
        mount = mount or self.random.choice(self.mounts)
        build = self.held[mount] if self.random.random() < 0.85 else \
            self.random.choice(self.builds[mount])
        words = [build, self.baseline(mount), *self.faults()]
        if self.random.random() < self.strange / 2:
            words.append(self.random.choice(
                ('first=none', 'gone', 'keyless', 'blind', 'limited')))
        return words

    def upload(self, mount=None, build=None):
        mount = mount or self.random.choice(self.mounts)
        build = build or self.random.choice(self.builds[mount])
        if self.random.random() < self.careful:
            self.steps.append(['announce', build, self.main_of(mount)])
        keys = []
        if self.random.random() < 0.2:
            all_keys = ROOT_KEYS if mount == '/' else DOCS_KEYS
            keys = [mount[1:] + key for key in self.random.sample(
                all_keys, self.random.randint(1, len(all_keys) - 1))]
        self.steps.append(['upload', build, *keys])
        self.held[mount] = build
        if self.random.random() < 0.8:
            self.fill()
        if self.random.random() < 0.7:
            self.steps.append(['run', *self.run_words(mount)])
            if self.random.random() < 0.6:
                self.fill()

    def fill(self):
        edge = str(self.random.randrange(2))
        if self.random.random() < 0.9:
            self.steps.append(['fill', edge, 'all'])
        else:
            self.steps.append(['fill', edge, '/' + self.random.choice(
                ROOT_KEYS)])

    def evict(self):
        self.steps.append(['evict', str(self.random.randrange(2)),
                           '/' + self.random.choice(ROOT_KEYS)])

    def run(self):
        self.steps.append(['run', *self.run_words()])

    def both(self):
        order = ''.join(self.random.choice('01') for _ in range(24))
        self.steps.append(['both', order, *self.run_words(), '|',
                           *self.run_words()])

    def announce(self):
        mount = self.random.choice(self.mounts)
        self.steps.append(['announce', self.random.choice(
            self.builds[mount]), self.baseline(mount)])

    def keep(self):
        mount = self.random.choice(self.mounts)
        saved = self.random.choice(SAVED)
        self.steps.append(['copy', self.main_of(mount), saved])
        self.saved[saved] = mount, self.held[mount]
        return saved

    def put_back(self, saved):
        """An old job runs again, and often uploads its build as well."""
        mount, build = self.saved[saved]
        self.steps.append(['copy', saved, self.main_of(mount)])
        chance = self.random.random()
        if chance < 0.75:
            self.upload(mount, build if chance < 0.6 else None)

    def restore(self):
        if self.saved:
            self.put_back(self.random.choice(sorted(self.saved)))
        else:
            self.keep()

    def relapse(self):
        """Another build is deployed, then the baseline of before is back."""
        saved = self.keep()
        self.upload(self.saved[saved][0])
        self.fill()
        self.put_back(saved)

    def swap(self):
        self.steps.append(['copy', self.main_of(self.mounts[0]), 'two'])

    def delete(self):
        self.steps.append(['delete', self.main_of(
            self.random.choice(self.mounts))])

    def wait(self):
        self.steps.append(['wait', str(self.random.choice(
            (1, 30, 90, 3600)))])

    def sequence(self):
        kinds = {self.upload: 8, self.fill: 2, self.evict: 0.5, self.run: 4,
                 self.both: 0.7, self.announce: 0.5 * self.careful,
                 self.keep: self.restoring, self.restore: self.restoring,
                 self.relapse: self.restoring,
                 self.swap: 0.3 * self.restoring,
                 self.delete: 0.2 * self.restoring, self.wait: 0.4}
        count = self.random.randint(SHORTEST, LONGEST)
        while len(self.steps) < count + 6:
            self.random.choices(list(kinds), list(kinds.values()))[0]()
        for mount in self.mounts:
            self.steps.append(['upload', self.held[mount]])
            self.steps.append(['settle', self.held[mount],
                               self.main_of(mount)])
        return self.steps


def sequence(seed, store):
    return Chance(f'{store}-{seed}', store).sequence()
