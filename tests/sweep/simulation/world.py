"""Carries out the steps of a sequence, and holds edgediff to its promise."""
import hashlib
import json
import math
import pathlib
import re

from simulation import exchange, program, services, steps
from simulation.edge import ABSENT, EDGES, Edge
from simulation.knowledge import Batch, Knowledge

ALLOW = 'empty,archive,root,moved,partial,lfs'
STATUSES = (0, 1, 3, 4)
NOTHING = re.compile('nothing|already', re.I)
UNSEEN = 'it was not checked whether'
MANIFEST = re.compile(rb'^end \d+ ([0-9a-f]{64})$', re.M)
PENDING = re.compile(rb'^pending (\S+)', re.M)
REFUSED = {('post', 'denied'), ('post', 'refused')}
CLOCK_SKEW = 61_000  # ms by which CloudFront's clocks may differ, and a second
STEP_MOST = 4000  # requests and waits of one step: more is an endless loop


class Violation(Exception):
    """What edgediff did wrong; kind is the same for the same mistake."""

    def __init__(self, kind, text):
        super().__init__(f'{kind}: {text}')
        self.kind = kind


def pending_in(text):
    return [match[1].decode() for match in PENDING.finditer(text or b'')]


def manifests_in(text):
    """The hashes of a baseline's manifests, its own and the pending one."""
    return {match[1].decode() for match in MANIFEST.finditer(text or b'')}


class Build:
    def __init__(self, name, mount, objects):
        self.name, self.mount = name, mount
        self.objects = {mount[1:] + key: value
                        for key, value in objects.items()}
        self.path = self.hash = None

    def value(self, key):
        """Its content of a key; None: the key isn't below its mount."""
        if not ('/' + key).startswith(self.mount):
            return None
        return self.objects.get(key, ABSENT)


class Machine:
    """What all worlds of a process share: the program, ready to start."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.clock = program.Clock(self.folder / 'clock')
        library = self.folder / 'fork_server.so'
        program.compile_library(library)
        self.ports = [exchange.Port(program.Slot(
            program.binary(), library, self.clock, self.folder, number))
            for number in range(2)]
        self.known = {}  # builds that were read
        self.features = {name: self.has(*words) for name, words in {
            'announce': ('help', 'announce'),
            'blind': ('invalidate', '--no-history', '--help'),
            'inspect': ('invalidate', '--inspect', 'off', '--help'),
            'lock': ('invalidate', '--lock-timeout', '0', '--help')}.items()}

    def close(self):
        for port in self.ports:
            port.slot.close()

    def call(self, *arguments, **how):
        port = self.ports[0]
        port.run = port.slot.start(arguments, port.number, **how)
        exchange.converse([port], None, self.clock, None)
        return port.run

    def has(self, *arguments):
        return self.call(*arguments).status == 0

    def read(self, build):
        """Write its manifest, which is the BUILD of runs, and its hash."""
        content = tuple(sorted((key[len(build.mount) - 1:], value)
                               for key, value in build.objects.items()))
        if content not in self.known:
            name = hashlib.sha256(repr(content).encode()).hexdigest()[:16]
            folder = self.folder / 'builds' / name
            for key, value in content:
                path = folder / key
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(value)
            folder.mkdir(parents=True, exist_ok=True)
            run = self.call('manifest', folder, '--quiet')
            text = run.out
            assert run.status == 0, run.err
            path = folder.with_suffix('.manifest')
            path.write_text(text)
            self.known[content] = (path, text.split()[-1])
        build.path, build.hash = self.known[content]


class World:
    def __init__(self, machine, sequence, show=None, deaf=False):
        self.machine, self.show = machine, show
        self.deaf = deaf  # caches ignore all invalidations but the first
        self.clock = machine.clock
        self.clock.reset()
        self.builds, self.store = {}, 'file'
        self.known = {}  # knowledge of the baselines
        self.batches = {}  # by reference
        self.services = services.Services(self.clock, self.note_accepted)
        self.last = None  # the last run
        self.checked = self.zeros = self.runs = 0
        self.run_info = {}
        self.seeds = 0
        for name in self.names():
            self.write(name, None)
        header = [step for step in sequence if step[0] in ('build', 'store')]
        for step in header:
            if step[0] == 'store':
                self.store = step[1]
            else:
                build = Build(step[1], step[2],
                              dict(word.split('=') for word in step[3:]))
                machine.read(build)
                self.builds[build.name] = build
        for name in self.names():
            self.write(name, None)
        self.edge = Edge(sorted({key for build in self.builds.values()
                                 for key in build.objects}))
        self.mounts = {build.mount for build in self.builds.values()}
        self.steps = [step for step in sequence if step not in header]

    # ---------------------------------------------------------- baselines

    def names(self):
        if self.store == 's3':
            return [*self.services.s3.objects]
        return [path.name.split('.')[0]
                for path in self.machine.folder.glob('*.baseline*')]

    def path(self, name):
        return self.machine.folder / f'{name}.baseline'

    def where(self, name):
        return f's3://{services.BUCKET}/{name}' if self.store == 's3' else \
            str(self.path(name))

    def text(self, name):
        if self.store == 's3':
            found = self.services.s3.objects.get(name)
            return found and found.content
        try:
            return self.path(name).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, name, text):
        if self.store == 's3':
            if text is None:
                self.services.s3.objects.pop(name, None)
            else:
                self.services.s3.objects[name] = services.s3.Object(text)
        elif text is None:
            self.path(name).unlink(missing_ok=True)
        else:
            self.path(name).write_bytes(text)

    # ---------------------------------------------------------- the mounts

    def keys_of(self, mount):
        """Those below the mount, but for what other mounts have below it."""
        below = [other for other in self.mounts
                 if other != mount and other.startswith(mount)]
        return {key for key in self.edge.key_of.values()
                if ('/' + key).startswith(mount)
                and not any(('/' + key).startswith(other) for other in below)}

    def holds(self, build):
        return all(self.edge.value(key) == build.value(key)
                   for key in self.keys_of(build.mount))

    # ---------------------------------------------------------- the services

    def note_accepted(self, one, created):
        batch = self.batches[one.reference]
        if created:
            if not (self.deaf and self.edge.invalidations):
                self.edge.invalidate(one.items)
            self.edge.next_tick()
            batch.accepted, batch.time = self.edge.tick, self.clock.now
            batch.items = tuple(one.items)
        self.current['accepted'].append((batch, created))

    def note_sent(self, reference):
        info = self.current
        known = self.known[info['baseline']]
        batch = self.batches.get(reference)
        if batch:  # its own; or it tells of another copy, if the clocks do
            if batch.accepted and self.clock.now - batch.time < CLOCK_SKEW \
                    and reference not in known.own:
                known.adopt(batch, info['tick'])
            if not batch.accepted and batch.step != self.step_tick and \
                    reference not in pending_in(info['before']):
                # it was dropped, or is of a copy that is gone, and made again
                batch.made, batch.step = info['tick'], self.step_tick
                known.own[reference] = batch
            return
        digits = reference.split('-')[1:2]
        build = next((build for build in self.builds.values()
                      if [build.hash[:16]] == digits), None)
        self.batches[reference] = known.own[reference] = Batch(
            reference, build, known.family, info['tick'],
            'limited' in info['options'], self.step_tick)

    def respond(self, run, request):
        info = self.current = self.run_info[run.pid]
        kind, options = services.kind_of(request), info['options']
        info['count'] += 1
        counts = info['counts']
        counts[kind] = counts.get(kind, 0) + 1
        if info['count'] > STEP_MOST:
            raise Violation('endless', f'{info["count"]} requests')
        fault = options.get(str(info['count'])) or \
            options.get(f'{kind}.{counts[kind]}') or options.get(kind)
        if options.get('fill') == str(info['count']):
            self.fill_all()
        if kind == 'post':
            self.note_sent(services.reference_of(request))
        if self.show:
            self.show(f'      {kind} {fault or ""}')
        info['faults'].add(fault and (kind, fault))
        if fault == 'kill':
            run.kill()
            return None
        before = self.text(info['baseline']) if kind == 'put' else None
        answer = self.services.respond(request, fault)
        if self.store == 's3':
            self.note_stored(info, kind, before)
        if fault == 'kill-after':
            run.kill()
            return None
        if kind in ('list', 'look'):
            info['looked' if not fault else 'blinded'] = True
        return answer

    def note_stored(self, info, kind, before):
        """Of two runs at once with S3: when it saved last, or was under way."""
        now = self.text(info['baseline'])
        saves = kind == 'put' and now != before
        if saves or not info['saved']:
            info['noted'] = self.edge.next_tick()
        if not saves:
            return
        info['saved'] = True
        for reference in pending_in(now):
            self.note_pending(info, self.known[info['baseline']], reference)

    # ---------------------------------------------------------- steps

    def go(self):
        for number, step in enumerate(self.steps):
            self.number = number
            if self.show:
                self.show(' '.join(step))
            getattr(self, 'do_' + step[0])(*step[1:])

    def do_upload(self, name, *keys):
        build = self.builds[name]
        for key in keys or sorted(self.keys_of(build.mount)):
            self.edge.put(key, build.value(key))

    def fill_all(self, edges=range(EDGES)):
        for number in edges:
            for url in self.edge.key_of:
                self.edge.fill(number, url)

    def do_fill(self, number, url='all'):
        if url == 'all':
            self.fill_all([int(number)])
        elif url in self.edge.key_of:
            self.edge.fill(int(number), url)

    def do_evict(self, number, url):
        self.edge.evict(int(number), url)

    def do_copy(self, name, to):
        self.write(to, self.text(name))
        if name in self.known:
            self.known[to] = self.known[name].copy()
        else:
            self.known.pop(to, None)

    def do_delete(self, name):
        self.write(name, None)
        self.known.pop(name, None)

    def do_wait(self, seconds):
        self.clock.advance(int(seconds) * 1000)

    def do_run(self, *words):
        self.carry_out([('invalidate', words)], [])

    def do_announce(self, *words):
        if self.machine.features['announce']:
            self.carry_out([('announce', words)], [])

    def do_both(self, order, *words):
        middle = words.index('|')
        self.carry_out([('invalidate', words[:middle]),
                        ('invalidate', words[middle + 1:])],
                       [int(digit) for digit in order])

    def do_settle(self, name, baseline):
        known = self.known.get(baseline)
        if known and known.mount != self.builds[name].mount:
            return  # it is refused
        for number in range(3):
            self.do_run(name, baseline)
            if self.last['run'].status == 0 and \
                    NOTHING.search(self.result().get('result', '')):
                return
        raise Violation('unsettled', 'the third run without faults ends with '
                        f'{self.last["run"].status}: {self.result()} '
                        f'{self.last["run"].err}')

    def do_expect(self, count, what=None):
        got = len([batch for batch in self.batches.values()
                   if batch.accepted]) if what else self.last['run'].status
        if got != int(count):
            raise Violation('unexpected', f'{got}, not {count} '
                            f'{what or "as the exit status"}\n'
                            f'{self.last["run"].err}')

    def result(self):
        try:
            return json.loads(self.last['run'].out)
        except ValueError:
            return {}

    # ---------------------------------------------------------- runs

    def arguments(self, command, build, baseline, options, port):
        path = '/dev/null/gone' if 'gone' in options else build.path
        more = []
        if command == 'invalidate':
            more = ['--endpoint-url', f'http://127.0.0.1:{port.number}',
                    '--wait-timeout', '30']
            # the model has no configuration: unit/t_edge_oracle.c has one
            if self.machine.features['inspect']:
                more += ['--inspect', 'off']
            if 'first' in options:
                more += ['--first-run', options['first']]
            if 'limited' in options:
                more += ['--never-widen', '/', '--max-paths', '1']
            if 'blind' in options and self.machine.features['blind']:
                more += ['--no-history']
        return [command, path, '--distribution-id', services.DISTRIBUTION,
                '--baseline', self.where(baseline), '--prefix', build.mount,
                '--allow', ALLOW, '--no-cache', '--jobs', '1', '--output',
                'json', *more]

    def start(self, command, words, port):
        name, baseline, *rest = words
        build, options = self.builds[name], steps.options_of(rest)
        env = {'AWS_ENDPOINT_URL_S3': f'http://127.0.0.1:{port.number}',
               'AWS_REGION': 'us-east-1'}
        if 'keyless' in options and self.store == 'file':
            env.update(AWS_ACCESS_KEY_ID=None, AWS_SECRET_ACCESS_KEY=None)
        self.seeds += 1
        if baseline not in self.known:
            self.known[baseline] = Knowledge(
                build.mount, self.edge.tick, options.get('first') != 'none')
        before = self.text(baseline)
        tick = self.edge.next_tick()
        run = port.run = port.slot.start(
            self.arguments(command, build, baseline, options, port),
            port.number, self.seeds, int(options.get('call', 0)), **env)
        info = {'run': run, 'build': build, 'baseline': baseline,
                'options': options, 'tick': tick, 'before': before,
                'command': command, 'held': self.holds(build),
                'looked': False, 'blinded': False, 'count': 0, 'counts': {},
                'noted': tick, 'saved': False,
                'accepted': [], 'faults': set(), 'foreign': self.known[
                    baseline].has_news(self.batches.values())}
        self.run_info[run.pid] = info
        port.wait()
        return info

    def carry_out(self, commands, order):
        self.run_info = {}
        self.step_tick = self.edge.tick
        order = iter(order)
        ports = self.machine.ports[:len(commands)]
        try:
            infos = [self.start(command, words, port)
                     for (command, words), port in zip(commands, ports)]
            exchange.converse(ports, self.respond, self.clock,
                              lambda count: next(order, 0) % count)
        finally:
            for port in ports:
                port.end()
        for info in infos:
            self.runs += 1
            self.last = info
            self.take_in(info)
        for info in infos:
            self.judge(info)
            self.note_look(info)

    def take_in(self, info):
        """What is known of a baseline after a run."""
        run, name = info['run'], info['baseline']
        known, now = self.known.get(name), self.text(name)
        if self.show:
            self.show(f'      exit status {run.status}: '
                      f'{run.err.strip().splitlines()}')
        if now is None or not known:
            self.known.pop(name, None)
            return
        saved = now != info['before']
        if run.status < 0 and len(self.run_info) > 1:
            saved = 'post' in info['counts']  # it may have been the other
        if saved:
            for reference in pending_in(now):
                self.note_pending(info, known, reference)
        if run.status > 0 and ('announce' in run.err
                               or known.mount != info['build'].mount):
            saved = False  # it says that it could not record it
        elif run.status >= 0:
            saved = run.status != 2
        if saved and 'gone' not in info['options']:
            known.see(info['noted'], info['build'])

    def note_pending(self, info, known, reference):
        """A batch that was saved, but perhaps not sent."""
        if reference not in self.batches:
            self.batches[reference] = known.own[reference] = Batch(
                reference, info['build'], known.family, info['noted'],
                'limited' in info['options'], self.step_tick)

    def judge(self, info):
        run, build, options = info['run'], info['build'], info['options']
        killed = run.status == -9
        if not killed and run.status not in STATUSES:
            raise Violation('status', f'{run.status}\n{run.err}')
        if killed or info['command'] != 'invalidate':
            return
        own = [batch for batch, _ in info['accepted'] if batch.build
               and batch.build.hash == build.hash]
        if run.status == 4 and not own:
            raise Violation('status 4', 'this build was not accepted'
                            f'\n{run.err}')
        if run.status == 1 and any(batch.made >= info['tick']
                                   for batch in own):
            raise Violation('status 1', f'this build was accepted\n{run.err}')
        if run.status == 3 and len(self.run_info) == 1 and \
                info['faults'] & REFUSED == info['faults'] - {None} and \
                info['faults'] & REFUSED and \
                not options.keys() & {'call', 'gone', 'keyless'}:
            raise Violation('status 3', 'all was refused for good'
                            f'\n{run.err}')
        if run.status != 0:
            return
        if len(own) == 2 and not info['foreign'] and \
                len(self.run_info) == 1 and self.is_twice(info, *own):
            raise Violation('twice', f'{own[0].reference} was accepted, and '
                            f'{own[1].reference} as well\n{run.err}')
        if 'gone' in options:
            raise Violation('status 0', 'BUILD is gone')
        self.zeros += 1
        known = self.known.get(info['baseline'])
        if info['held'] and self.holds(build) and known:
            self.checked += 1
            self.check(info, known)

    def note_look(self, info):
        """Where the next look begins: a look that failed is made up for."""
        run, known = info['run'], self.known.get(info['baseline'])
        if not known or info['command'] != 'invalidate':
            return
        if run.status == 0 and info['looked'] and UNSEEN not in run.err \
                and 'blind' not in info['options']:
            known.looked = self.edge.tick
        elif any(created for _, created in info['accepted']):
            own = sorted(batch.accepted for batch in known.accepted())
            before = max([known.looked, *own[-2:-1]])
            known.looked = own[-1] if before == math.inf else before

    def is_twice(self, info, first, second):
        """Was the second batch sent although nothing had changed?"""
        known = self.known[info['baseline']]
        return first.made < info['tick'] <= second.made and not any(
            tick > first.step and build.hash != first.build.hash
            for tick, build in known.seen)

    def check(self, info, known):
        """The promise."""
        history = 'blind' not in info['options'] and not info['blinded'] \
            and 'keyless' not in info['options']
        before = [batch for batch in self.batches.values()
                  if batch.accepted < info['tick']]
        others = {other['noted'] for other in self.run_info.values()
                  if other is not info}
        told = {info['build'].hash, *manifests_in(info['before'])}
        for number, url, entry in self.edge.stale(
                self.keys_of(info['build'].mount)):
            key = self.edge.key_of[url]
            why = known.why_due(key, entry, told, before, history, others)
            if why:
                raise Violation('stale', (
                    f'edge {number} has {entry.value} for {url}, the bucket '
                    f'{self.edge.value(key)}; {why}\n'
                    f'{info["run"].err}'))
