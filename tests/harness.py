"""What scenario tests are made of: the loopback servers, edgediff, trees.

A scenario is a function test_* in tests/scenario/test_*.py. It runs in its own
process and its own empty folder, and passes unless it raises; Skip("why")
skips it, and @limit(seconds) gives it more time than LIMIT.
"""
import fcntl
import gzip
import importlib.util
import io
import json
import os
import pathlib
import pty
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import termios
import traceback
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
LIMIT = 60  # seconds a scenario may take
PATIENCE = int(os.environ.get('EDGEDIFF_PATIENCE', '1'))  # times all limits
SKIPPED = 77  # exit status of a scenario that was skipped
SANITIZER = 99  # exit status of a program that a sanitizer stopped
BUILDS_WITH = ('CC', 'AR', 'CPPFLAGS', 'CFLAGS', 'LDFLAGS')  # build.ninja's
ACCESS_KEY = 'AKIDEXAMPLE'
# Commands that read builds, and so take --jobs.
READERS = {b'manifest', b'diff', b'plan', b'invalidate'}
SECRET_KEY = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'


class Skip(Exception):
    """This scenario cannot run here; its text says why."""


def limit(_seconds):
    """Decorator: the time a scenario may take. The runner reads it."""
    return lambda function: function


def edgediff():
    return os.environ.get('EDGEDIFF', str(ROOT / 'out/sanitize/edgediff'))


def skip_under_thread_sanitizer():
    """Its runtime makes a file and calls of its own: what forbids these, or
    has them fail, ends it."""
    if b'__tsan_init' in pathlib.Path(edgediff()).read_bytes():
        raise Skip('ThreadSanitizer makes files and calls of its own')


def command(args):
    """edgediff with arguments; EDGEDIFF_JOBS gives those that read builds
    that many threads, where they don't ask for some."""
    args = [*map(os.fsencode, args)]
    jobs = os.environ.get('EDGEDIFF_JOBS')
    if jobs and args and args[0] in READERS:
        args[1:1] = [b'--jobs', os.fsencode(jobs)]
    return [os.fsencode(edgediff()), *args]


def environment(home, **more):
    """A clean environment: nothing of the machine's AWS set-up gets in.

    A variable that is set to None is left out.
    """
    env = {
        'PATH': os.environ.get('PATH', '/usr/bin:/bin'),
        'HOME': str(home),
        'LC_ALL': 'C.UTF-8',
        'TZ': 'UTC',
        'AWS_ACCESS_KEY_ID': ACCESS_KEY,
        'AWS_SECRET_ACCESS_KEY': SECRET_KEY,
        'AWS_EC2_METADATA_DISABLED': 'true',
        'PYTHONDONTWRITEBYTECODE': '1',
        'ASAN_OPTIONS': f'exitcode={SANITIZER}:detect_leaks=1:'
                        'detect_stack_use_after_return=1:'
                        'strict_string_checks=1',
        'UBSAN_OPTIONS': f'exitcode={SANITIZER}:halt_on_error=1:'
                         'print_stacktrace=1',
        'LSAN_OPTIONS': f'exitcode={SANITIZER}',
        'TSAN_OPTIONS': f'exitcode={SANITIZER}:halt_on_error=1',
    }
    env.update(more)
    return {name: value for name, value in env.items() if value is not None}


class Result:
    """How a run of edgediff ended: status, out and err as text, raw bytes."""

    def __init__(self, done, args):
        self.args = args
        self.status = done.returncode
        self.stdout, self.stderr = done.stdout, done.stderr
        self.out = done.stdout.decode('utf-8', 'backslashreplace')
        self.err = done.stderr.decode('utf-8', 'backslashreplace')

    def json(self):
        return json.loads(self.stdout)

    def expect(self, status, *words):
        """Exit status as given, every word in what it said; or it raises."""
        assert self.status == status, \
            f'exit status {self.status}, not {status}\n{self}'
        for word in words:
            assert word in self.err, f'{word!r} is not said\n{self}'
        return self

    def __str__(self):
        return (f'edgediff {" ".join(map(str, self.args))}\n'
                f'exit status {self.status}\n--- stdout\n{self.out}'
                f'--- stderr\n{self.err}')


def run(args, cwd='.', env=None, input=b'', timeout=50):
    """Runs edgediff; what a sanitizer or a signal ends is a failure."""
    timeout *= PATIENCE
    with tempfile.TemporaryDirectory(prefix='edgediff-home.') as home:
        done = subprocess.run(
            command(args), cwd=cwd, input=input,
            env=environment(home, **(env or {})), timeout=timeout,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    result = Result(done, args)
    assert done.returncode >= 0, f'ended by a signal\n{result}'
    assert done.returncode != SANITIZER, f'stopped by a sanitizer\n{result}'
    return result


def start(args, cwd='.', env=None):
    """Starts edgediff and returns its Popen; the scenario ends it."""
    return subprocess.Popen(
        command(args), cwd=cwd,
        env=environment(os.path.abspath(cwd), **(env or {})),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)


def run_on_terminal(args, env=None, columns=80, until=None):
    """Runs edgediff with a terminal at standard error: a Result, the raw bytes.

    Where `until`, of what the terminal got so far, becomes true, the user
    presses Ctrl-C: the status of a process that a signal ended is negative.
    """
    outer, inner = pty.openpty()
    raw = termios.tcgetattr(inner)
    raw[1] &= ~termios.OPOST  # no \r before each \n
    termios.tcsetattr(inner, termios.TCSANOW, raw)
    termios.tcsetwinsize(inner, (24, columns))
    printed = tempfile.TemporaryFile()
    process = subprocess.Popen(
        command(args), stdin=inner, stdout=printed, stderr=inner,
        start_new_session=True, env=environment(
            os.getcwd(), **{'TERM': 'xterm', **(env or {})}),
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
    os.close(inner)
    got = b''
    while True:
        try:
            piece = os.read(outer, 65536)
        except OSError:  # the other end is closed
            break
        got += piece
        if until and until(got):
            os.write(outer, b'\x03')
            until = None
    os.close(outer)
    process.wait()
    printed.seek(0)
    result = Result(subprocess.CompletedProcess(
        args, process.returncode, printed.read(), got), args)
    printed.close()
    assert result.status != SANITIZER, f'stopped by a sanitizer\n{result}'
    return result


# Linux counts what a process held when it started another one in the other's
# peak, so a small one starts it: a peak below its 8 MB can't be seen. It prints
# seconds, peak in kB, exit status.
LAUNCH = '''
import os, sys, time
start = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(child, 0)
print(time.perf_counter() - start, usage.ru_maxrss,
      os.waitstatus_to_exitcode(status), file=sys.stderr)
'''


def spend(command, env, cwd=None, stdout=subprocess.DEVNULL):
    """Seconds and peak memory in bytes of one run, for benchmarks."""
    done = subprocess.run(
        ['/usr/bin/python3', '-I', '-S', '-c', LAUNCH, *command], env=env,
        cwd=cwd, stdin=subprocess.DEVNULL, stdout=stdout,
        stderr=subprocess.PIPE, text=True, check=True)
    said, _, last = done.stderr.rstrip('\n').rpartition('\n')
    seconds, peak, status = last.split()
    if status != '0':
        raise RuntimeError(f'{command[0]}: exit status {status}: {said}')
    return float(seconds), int(peak) * 1024


class Loopback:
    """A loopback server; a context manager. Its log outlives it."""
    script = None  # under tests/

    def __init__(self, log=None, *more):
        log = log or f'{self.script}.log'
        self.log_path = pathlib.Path(log).resolve()
        self.more = more

    def __enter__(self):
        self.process = subprocess.Popen(
            ['/usr/bin/python3', str(ROOT / 'tests' / self.script),
             '--until-eof', '--log', str(self.log_path), '--access-key',
             ACCESS_KEY, '--secret-key', SECRET_KEY, *self.more],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.url = self.process.stdout.readline().decode().strip()
        assert self.url, 'the loopback server did not start'
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()

    def log(self):
        """Every request so far, oldest first."""
        if not self.log_path.exists():
            return []
        text = self.log_path.read_text('utf-8')
        whole, _, _ = text.rpartition('\n')  # the last may be half written
        return [json.loads(line) for line in whole.splitlines()]


class Server(Loopback):
    """The loopback CloudFront."""
    script = 'cloudfront'

    def posts(self, distribution=None):
        return [entry for entry in self.log() if entry['method'] == 'POST'
                and distribution in (None, entry['distribution'])]

    def created(self, distribution=None):
        """The requests that made a new invalidation."""
        return [entry for entry in self.posts(distribution)
                if entry['created']]


class S3Server(Loopback):
    """The loopback S3."""
    script = 's3'

    def puts(self, bucket=None):
        """The PUTs that were written, whatever was answered; no probes."""
        return [entry for entry in self.log() if entry['method'] == 'PUT'
                and bucket in (None, entry['bucket']) and entry['written']
                and not entry['key'].endswith('.probe')]


class StsServer(Loopback):
    """The loopback STS, container and instance metadata service."""
    script = 'sts'

    def __init__(self, log=None, *more):
        super().__init__(log, '--access-key', 'issued', *more)

    def of(self, name):
        """The requests about a role, a container or an instance."""
        return [entry for entry in self.log() if entry['name'] == name]


def tree(folder, files):
    """Writes files (name: text or bytes) under folder; returns its path."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = os.path.join(os.fsencode(folder), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'wb') as file:
            file.write(content if isinstance(content, bytes)
                       else content.encode())
    return folder


def tick():
    """Until the file system's clock goes on: no file has this time then."""
    probe = pathlib.Path('probe')
    probe.write_text('x')
    first = probe.stat().st_ctime_ns
    while probe.stat().st_ctime_ns // 10**7 == first // 10**7:
        probe.write_text('x')
    probe.unlink()


def remove(folder):
    shutil.rmtree(folder)


def read_tree(folder):
    """Every file under folder: name and bytes."""
    folder = pathlib.Path(folder)
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob('*')) if path.is_file()}


def flip_bit(path, offset, bit=0):
    data = bytearray(pathlib.Path(path).read_bytes())
    data[offset] ^= 1 << bit
    pathlib.Path(path).write_bytes(data)


def tar(path, members, mode='w:'):
    """An archive of members: (name, bytes, or a TarInfo ready to add)."""
    with tarfile.open(path, mode) as archive:
        for name, content in members:
            if isinstance(content, tarfile.TarInfo):
                content.name = name
                archive.addfile(content)
                continue
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


def zip_archive(path, members, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, 'w', method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def compress(path, to):
    """Compresses a file by its new suffix, with Python or the usual tool."""
    suffix = pathlib.Path(to).suffix
    if suffix == '.gz':
        with open(path, 'rb') as source, gzip.open(to, 'wb') as target:
            shutil.copyfileobj(source, target)
        return to
    tool = {'.xz': 'xz', '.bz2': 'bzip2', '.zst': 'zstd'}[suffix]
    if not shutil.which(tool):
        raise Skip(f'{tool} is not installed')
    with open(to, 'wb') as target:
        subprocess.run([tool, '-q', '-c', str(path)], stdout=target,
                       check=True)
    return to


def sites(name):
    """The folder with the versions of a real published site.

    $EDGEDIFF_SITES names a folder that has them; otherwise npm fetches them.
    """
    given = os.environ.get('EDGEDIFF_SITES')
    if given:
        folder = pathlib.Path(given) / name
        if folder.is_dir():
            return folder
    script = ROOT / '../shared/real-sites/fetch'
    if not script.exists():
        raise Skip('real sites: set EDGEDIFF_SITES to a folder that has them')
    if not shutil.which('npm'):
        raise Skip('real sites: npm is not installed')
    folder = ROOT / 'out/sites'
    done = subprocess.run([str(script), str(folder), name],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)
    if done.returncode != 0:
        raise Skip(f'real sites: npm could not fetch {name}')
    return folder / name


def main(path, name):
    """Runs one scenario, in the folder this process is in."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.stdout.reconfigure(errors='backslashreplace')
    sys.path.insert(0, str(ROOT / 'tests'))
    spec = importlib.util.spec_from_file_location('scenario', path)
    module = importlib.util.module_from_spec(spec)
    # one harness for both: its Skip is then the one caught below
    sys.modules['harness'] = sys.modules[__name__]
    spec.loader.exec_module(module)
    try:
        getattr(module, name)()
    except Skip as skip:
        print(skip)
        return SKIPPED
    except BaseException:
        traceback.print_exc(file=sys.stdout)
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], sys.argv[2]))
