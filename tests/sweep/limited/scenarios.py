"""The runs of tests/sweep/limits, what they write, and what must hold after them.

Everything that a scenario writes is in case.place, a folder with a folder for each
kind of file, which a limit can make small, read-only or strange. stdout is a file
there, too.
"""
import json
import os
import subprocess

import strace
from support import Result, command, environment, limit, run

LIMIT = 60  # seconds of a run
STATUSES = (0, 1, 2, 3, 4)  # of edgediff's own commands
FOLDERS = ('out', 'made', 'report', 'cache', 'spool')
KEYS = 120
SHARDS = 40  # more than are merged at once
LONG = 'a-folder-with-a-long-name/' + 'n' * 80

BUILDS = [{f'{LONG}-{n:03}.html': f'{content} {n}' if n % step == 0 else 'same'
           for n in range(KEYS)}
          for content, step in (('one', 1), ('two', 3), ('three', 2))]


def is_whole(path):
    """Does a report have its end?"""
    text = path.read_text('utf-8')
    if path.suffix == '.html':
        return text.rstrip().endswith('</html>')
    if path.suffix == '.json':
        return json.loads(text) is not None
    return text.endswith('\n')


class Case:
    """One run with a fault, in a folder of its own, and what came of it."""

    def __init__(self, scenario, fault, folder):
        self.scenario, self.fault, self.folder = scenario, fault, folder
        self.place = folder / 'kept'
        self.env, self.args, self.result, self.wrong = {}, [], None, []
        self.known = False  # it never came to edgediff's own code

    def __str__(self):
        return f'{self.fault.family}, {self.scenario.name}: {self.fault}'

    def start(self, preexec_fn=None, env=None, user=None):
        """Runs edgediff, with its output in the place."""
        with open(os.devnull, 'rb') as nothing, \
                open(self.place / 'out/stdout', 'wb') as output:
            done = subprocess.run(
                command(self.args), cwd=self.folder, stdin=nothing,
                stdout=output, stderr=subprocess.PIPE, user=user,
                group=user, extra_groups=None if user is None else [],
                preexec_fn=preexec_fn, timeout=limit(LIMIT), check=False,
                env=environment(self.folder, **self.env, **(env or {})))
        done.stdout = (self.place / 'out/stdout').read_bytes()
        self.result = Result(done, self.args)

    def files(self):
        return {str(path.relative_to(self.place))
                for path in self.place.rglob('*') if not path.is_dir()}


class Scenario:
    """A command that writes files, and has no state."""
    written = ()  # files that status 0 leaves, besides stdout

    def __init__(self, name, args, written=()):
        self.name, self.args, self.written = name, args, written
        self.whole = None  # what each file has after a run without a fault

    def lay_out(self, case):
        case.folder.mkdir()
        self.make_folders(case)
        case.args = self.args

    @staticmethod
    def make_folders(case):
        for name in FOLDERS:
            (case.place / name).mkdir(parents=True, exist_ok=True)
        (case.place / 'out/stdout').touch()
        case.env['TMPDIR'] = str(case.place / 'spool')

    def contents(self, case):
        return {name: (case.place / name).read_bytes()
                for name in ('out/stdout', *self.written)}

    def refer(self, case):
        self.lay_out(case)
        case.start()
        case.result.expect(0)
        self.whole = self.contents(case)
        self.files = case.files()

    def judge(self, case):
        if case.result.status == 0 and self.contents(case) != self.whole:
            yield 'status 0, and other output'
        for path in (case.place / 'report').iterdir():
            if path.is_file() and not is_whole(path):
                yield f'{path.name} is not whole'

    def rerun(self, case):
        first = case.result
        case.start()
        again, case.result = case.result, first
        again.expect(0)
        if self.contents(case) != self.whole:
            yield 'other output of the rerun'
        more = case.files() - self.files
        if more:
            yield f'the rerun leaves {sorted(more)}'


class Deployment(Scenario):
    """An `edgediff invalidate` from a state of strace.Stage."""
    written = ('made/stamp', 'made/depfile', 'report/report.html',
               'report/report.json', 'here/baseline')

    def __init__(self, name, stage, start, *more):
        Scenario.__init__(self, name, None)
        self.stage, self.start, self.more = stage, start, more

    def lay_out(self, case):
        inner = case.inner = strace.Case(self.start)
        self.stage.lay_out(inner)
        case.folder, case.place = inner.folder, inner.folder / 'kept'
        self.make_folders(case)
        case.env['GITHUB_OUTPUT'] = str(case.place / 'made/outputs')
        case.args = [
            *self.stage.args(self.start.build, inner.distribution),
            '--cache', 'kept/cache/cache', '--stamp', 'kept/made/stamp',
            '--depfile', 'kept/made/depfile', '--report',
            'kept/report/report.html', '--report', 'kept/report/report.json',
            *self.more]

    def contents(self, case):
        """Which files there are; what they say has times and numbers."""
        return {name for name in self.written
                if (case.place / name).is_file()}

    def judge(self, case):
        yield from Scenario.judge(self, case)
        inner = case.inner
        inner.result = case.result
        self.stage.look(inner)
        if case.result.status == 0 and inner.left != 'new':
            yield f'status 0, and it left {inner.left}'
        if case.result.status in (1, 2) and inner.left == 'new':
            yield f'status {case.result.status}, and it left the new baseline'

    def rerun(self, case):
        # what is done is not done again, and writes no report
        self.stage.rerun(case.inner)
        inner = case.inner
        created = [entry['items'] for entry in
                   self.stage.server.created(inner.distribution)]
        if created != self.start.items:
            yield f'created: {len(created)} invalidations, ' \
                  f'not {len(self.start.items)}'
        more = {name for name in case.files() - self.files
                if not name.startswith('here/baseline.cache')}
        if more:
            yield f'the rerun leaves {sorted(more)}'


def shards(folder, build):
    for shard in range(1, SHARDS + 1):
        text = run(['manifest', build, '--shard', f'{shard}/{SHARDS}'])
        (folder / f'shard-{shard}').write_bytes(text.expect(0).stdout)
        yield folder / f'shard-{shard}'


def scenarios(stage):
    folder = stage.folder
    one, two, _ = stage.builds.values()
    none, baseline, pending, *_ = stage.starts()
    for start in none, baseline, pending:
        stage.refer(start)
    subprocess.run(['tar', '-czf', folder / 'two.tgz', '-C', two, '.'],
                   check=True)
    subprocess.run(['zip', '-qr', folder / 'two.zip', '.'], cwd=two,
                   check=True)
    yield Scenario('manifest', ['manifest', str(one), '--jobs', '3', '--cache',
                                'kept/cache/cache'])
    yield Scenario('archive', ['manifest', str(folder / 'two.tgz')])
    yield Scenario('zip', ['manifest', str(folder / 'two.zip'), '--jobs', '3'])
    yield Scenario('merge', ['merge', *map(str, shards(folder, one))])
    reports = [f'report/report.{kind}' for kind in ('html', 'md', 'json')]
    for name in 'plan', 'diff':
        yield Scenario(name, [name, str(one), str(two), *(
            word for report in reports
            for word in ('--report', f'kept/{report}'))], reports)
    yield Deployment('first', stage, none)
    yield Deployment('next', stage, baseline)
    yield Deployment('pending', stage, pending)
