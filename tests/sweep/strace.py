"""What the sweeps share: the states to start from, strace, the server's log.

A sweep runs `edgediff invalidate` once under strace to learn its system calls,
then once for each of them, with a fault before that call. Every such case has
a state and a distribution of its own; one loopback server serves them all, and
its log has the last word. EDGEDIFF names another binary to test than
out/release/edgediff.
"""
import argparse
import collections
import concurrent.futures
import hashlib
import itertools
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from support import (ACCESS_KEY, ROOT, SECRET_KEY, Result,  # noqa: E402
                     S3Server, Server, edgediff, environment, limit, run,
                     tree)

os.environ['EDGEDIFF'] = os.path.abspath(os.environ.get(
    'EDGEDIFF', ROOT / 'out/release/edgediff'))

LIMIT = 60  # seconds a run may take
QUIET = 0.5  # seconds without a request after which none is under way
NOT_REACHED_MAX = 0.02  # of all cases
SHOWN = 20  # failing cases to print whole
BASELINE = 'kept/here/baseline'  # its folders are made by the first run

ONE = {'index.html': 'one', 'x.html': 'one'}
TWO = dict(ONE, **{'x.html': 'two'})
THREE = dict(TWO, **{'index.html': 'three'})


def arguments(doc):
    parser = argparse.ArgumentParser(description=doc.split('\n')[0])
    parser.add_argument('--sample', type=int, metavar='N')
    parser.add_argument('--jobs', type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


def each(jobs, function, items):
    """Calls function for every item, so many at once; results in order."""
    with concurrent.futures.ThreadPoolExecutor(max(1, jobs)) as pool:
        try:
            return list(pool.map(function, items))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


# ---------------------------------------------------------------- system calls

# name, its number among the calls of that name, its line of the trace, and
# whether it is between the baseline's first temporary file and last fsync
Call = collections.namedtuple('Call', 'name number text inside')


def read_trace(path):
    """The calls in a trace, in order, counted in each thread as strace does.

    The execve that starts edgediff is strace's own, and left out.
    """
    found, count = [], collections.Counter()
    for line in path.read_text('utf-8', 'replace').splitlines():
        match = re.match(r'(\d+) +((\w+)\(.*)', line)
        if match:
            count[match[1], match[3]] += 1
            found.append((match[3], count[match[1], match[3]], match[2]))
    first = next((n for n, (name, _, text) in enumerate(found)
                  if name == 'openat' and '.tmp"' in text), 0)
    last = max((n for n, (name, _, _) in enumerate(found) if name == 'fsync'),
               default=len(found))
    return [Call(*call, first <= n <= last) for n, call in enumerate(found)
            if call[0] != 'execve']


def sample(cases, count, always):
    """Every case, or about count of them and those that are always wanted."""
    if count is None:
        return cases
    step = max(1, len(cases) // max(1, count))
    return [case for n, case in enumerate(cases)
            if n % step == 0 or always(case)]


# ---------------------------------------------------------------- states

class Start:
    """A state to start from, and those that may come of it.

    states are (serial, manifest, pending manifest, number of uncertain keys)
    by their words, from the old one to the new one. refused is what a run
    leaves that has read the build and sent nothing, if that is none of them.
    """

    def __init__(self, word, build, baseline, states, refused=None,
                 bucket=None):
        self.word, self.build, self.baseline = word, build, baseline
        self.bucket = bucket  # with the build, for --check-upload
        self.states = {state: word for word, state in states.items()}
        self.new = states['new']
        self.refused = refused
        self.calls = None  # of the reference run
        self.items = None  # of each invalidation that it led to


class Case:
    """One run with a fault, on a state of its own, and what came of it."""

    def __init__(self, start, call=None, error=None):
        self.start, self.call, self.error = start, call, error
        self.distribution = self.folder = None
        self.result = None  # of the run with the fault
        self.reached = True  # did the fault take place?
        self.left = None  # the word of the state that it left
        self.wrong = []

    def __str__(self):
        fault = f'{self.error} at ' if self.error else ''
        return f'{self.start.word}: {fault}{self.call.name} ' \
               f'{self.call.number}: {self.call.text}'


def manifest(build):
    return run(['manifest', build]).expect(0).out.splitlines()


def manifest_hash(build):
    return manifest(build)[-1].split()[-1]


def count_changed(old, new):
    """How many files differ between two builds of the same files?"""
    return sum(a != b for a, b in
               zip(manifest(old)[:-1], manifest(new)[:-1]))


def for_distribution(text, distribution):
    """The same baseline, but of this distribution."""
    text = re.sub(rb'\ndistribution .*', b'\ndistribution %b' %
                  distribution.encode(), text[:text.rindex(b'end ')], count=1)
    return text + b'end %b\n' % hashlib.sha256(text).hexdigest().encode()


def pending_body(text):
    match = re.search(rb'^pending \S+ (\d+)\n(?:.+\n)*\n', text, re.M)
    return text[match.end():match.end() + int(match[1])] if match else None


def post(url, distribution, body):
    """Sends a batch, signed by botocore; the whole answer, head and body."""
    request = AWSRequest(
        'POST', f'{url}/2020-05-31/distribution/{distribution}/invalidation',
        data=body)
    SigV4Auth(Credentials(ACCESS_KEY, SECRET_KEY),
              'cloudfront', 'us-east-1').add_auth(request)
    host = url.partition('//')[2]
    path = request.url.partition(host)[2]
    headers = {'Host': host, 'Content-Length': len(body),
               'Connection': 'close', **dict(request.headers.items())}
    head = f'POST {path} HTTP/1.1\r\n' + ''.join(
        f'{name}: {value}\r\n' for name, value in headers.items()) + '\r\n'
    address, port = host.split(':')
    with socket.create_connection((address, int(port)),
                                  limit(LIMIT)) as connection:
        connection.sendall(head.encode() + body)
        return b''.join(iter(lambda: connection.recv(65536), b''))


class Stage:
    """A folder for the cases and the loopback server; a context manager.

    builds are the files of three builds, all with the same names.
    """

    def __init__(self, builds=(ONE, TWO, THREE)):
        self.files = builds

    def __enter__(self):
        self.temporary = tempfile.TemporaryDirectory(prefix='edgediff-sweep.')
        self.folder = pathlib.Path(self.temporary.name).resolve()
        self.numbers = itertools.count(1)
        self.builds = {
            name: tree(self.folder / name, files)
            for name, files in zip(('one', 'two', 'three'), self.files)}
        self.server = Server(self.folder / 'log')
        self.server.__enter__()
        self.s3 = S3Server(self.folder / 's3.log')
        self.s3.__enter__()
        self.env = {'AWS_ENDPOINT_URL_S3': self.s3.url}
        return self

    def __exit__(self, *error):
        self.s3.__exit__(*error)
        self.server.__exit__(*error)
        self.temporary.cleanup()

    def args(self, build, distribution, bucket=None):
        # one thread: strace counts each thread's calls apart
        check = ['--check-upload', f's3://{bucket}', '--check-wait', '0']
        return ['invalidate', str(build), '--distribution-id', distribution,
                '--endpoint-url', self.server.url, '--baseline', BASELINE,
                '--jobs', '1', *(check if bucket else [])]

    def deploy(self, build, distribution, folder, bucket=None):
        return run(self.args(build, distribution, bucket), folder,
                   env=self.env, timeout=LIMIT)

    def state(self, folder):
        """What `edgediff status` says of it; see Start."""
        said = run(['status', '--baseline', BASELINE, '--output',
                    'json'], folder).expect(0).json()
        return (said.get('serial', 0), said.get('manifest_hash'),
                said['pending'] and said['pending']['manifest_hash'],
                said.get('unknown_objects', 0))

    def starts(self):
        """No baseline; one of build one; one with build two pending; the
        second one again, with a look at the bucket.

        A pending batch is left by a run whose answers were lost.
        """
        one, two, three = self.builds.values()
        hashes = [manifest_hash(build) for build in (one, two, three)]
        folder, texts = self.folder / 'start', []
        folder.mkdir()
        for build, status in ((one, 3), (one, 0), (two, 3)):
            self.deploy(build, 'ERESET3', folder).expect(status)
            texts.append((folder / BASELINE).read_bytes())
        a, b, c = hashes
        uncertain = count_changed(two, three)
        return [
            Start('no baseline', one, None, {
                'old': (0, None, None, 0), 'pending': (0, None, a, 0),
                'new': (1, a, None, 0)}),
            Start('a baseline', two, texts[1], {
                'old': (1, a, None, 0), 'pending': (1, a, b, 0),
                'new': (2, b, None, 0)},
                  (1, a, None, count_changed(one, two))),
            Start('a pending batch', three, texts[2], {
                'old': (1, a, b, 0),
                'recorded': (1, a, b, count_changed(one, three)),
                'settled': (2, b, None, uncertain),
                'pending': (2, b, c, uncertain), 'new': (3, c, None, 0)}),
            Start('a baseline and a bucket', two, texts[1], {
                'old': (1, a, None, 0),
                'recorded': (1, a, None, count_changed(one, two)),
                'pending': (1, a, b, count_changed(one, two)),
                'new': (2, b, None, 0)}, bucket=self.bucket(two))]

    def bucket(self, build, name='site'):
        """A bucket that holds a build."""
        self.s3.upload(build, name)
        return name

    def lay_out(self, case):
        """Gives the case a distribution and a folder with its state."""
        number = next(self.numbers)
        case.distribution = f'E-{number}'
        case.folder = self.folder / str(number)
        case.folder.mkdir()
        text = case.start.baseline
        if text is None:
            return
        path = case.folder / BASELINE
        path.parent.mkdir(parents=True)
        path.write_bytes(for_distribution(text, case.distribution))
        body = pending_body(text)
        if body:
            answer = post(self.server.url, case.distribution, body)
            assert b' 201 ' in answer, answer

    def trace(self, case, *options):
        """Runs edgediff under strace; the trace, which a kill may cut."""
        env = environment(case.folder, **self.env)
        env['ASAN_OPTIONS'] += ':detect_leaks=0'  # it can't under a tracer
        path = case.folder / 'trace'
        args = self.args(case.start.build, case.distribution,
                         case.start.bucket)
        done = subprocess.run(
            ['strace', '-f', '-qq', '-o', str(path), *options,
             edgediff(), *args], cwd=case.folder, env=env,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, timeout=limit(LIMIT), check=False)
        case.result = Result(done, args)
        return path

    def refer(self, start):
        """The reference run: the start's calls, and what is invalidated."""
        case = Case(start)
        self.lay_out(case)
        start.calls = read_trace(self.trace(case))
        case.result.expect(0)
        assert self.state(case.folder) == start.new, case.result
        start.items = [entry['items'] for entry in
                       self.server.created(case.distribution)]

    def look(self, case):
        """Notes what the fault left; whatever isn't a state is wrong."""
        state = self.state(case.folder)
        case.left = case.start.states.get(state)
        if state == case.start.refused:
            case.left = 'refused'
        assert case.left, f'it left {state}'

    def rerun(self, case):
        """The plain run after the fault: it ends well, in the new state."""
        self.deploy(case.start.build, case.distribution, case.folder,
                    case.start.bucket).expect(0)
        state = self.state(case.folder)
        assert state == case.start.new, f'the rerun left {state}'

    def posts(self):
        """The POSTs of each distribution, when none is under way any more."""
        size = -1
        while size != self.server.log_path.stat().st_size:
            size = self.server.log_path.stat().st_size
            time.sleep(QUIET)
        found = collections.defaultdict(list)
        for entry in self.server.posts():
            found[entry['distribution']].append(entry)
        return found


# ---------------------------------------------------------------- a sweep

def run_cases(stage, args, cases, run_case, judge):
    """Runs the cases of one start, each guarded; the seconds that it took.

    judge says what is wrong with a case, given its POSTs.
    """
    began = time.monotonic()

    def guarded(case):
        try:
            run_case(case)
        except Exception as error:  # whatever went wrong fails this case
            case.wrong.append(f'{type(error).__name__}: {error}')

    each(args.jobs, guarded, cases)
    posts = stage.posts()
    for case in cases:
        if case.reached and case.result:
            case.wrong += judge(case, posts[case.distribution])
    return time.monotonic() - began


def judge_created(case, posts):
    """Was each batch made into an invalidation, exactly once?"""
    created = [entry['items'] for entry in posts if entry['created']]
    if created != case.start.items:
        yield f'created: {created}, not {case.start.items}'


def left_words(cases):
    """How many cases left each state, from the old one to the new one."""
    count = collections.Counter(case.left for case in cases)
    words = [*cases[0].start.states.values()]
    words += ['refused'] if count['refused'] else []
    return ', '.join(f'{count[word]} {word}' for word in words)


def conclude(cases):
    """Prints what failed; the exit status."""
    missed = [case for case in cases if not case.reached]
    wrong = [case for case in cases if case.wrong]
    for case in missed:
        print(f'not reached: {case}')
    for case in wrong[:SHOWN]:
        print(f'FAILED {case}')
        for line in '\n'.join([*case.wrong, str(case.result)]).splitlines():
            print(f'    {line}')
    for case in wrong[SHOWN:]:
        print(f'FAILED {case}: {case.wrong[0].splitlines()[0]}')
    if len(missed) > NOT_REACHED_MAX * len(cases):
        print(f'{len(missed)} of {len(cases)} cases were not reached')
        return 1
    if wrong:
        print(f'{len(wrong)} of {len(cases)} cases failed')
    return 1 if wrong else 0
