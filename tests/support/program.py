"""Runs edgediff and the programs of the tests, and shows what they print."""
import fcntl
import json
import os
import pathlib
import pty
import subprocess
import tempfile
import termios
import unittest

from support import schemas
from support.environment import ROOT, SANITIZER, environment
from support.patience import limit

SKIPPED = 77  # exit status of a program that cannot run here, and says why
SHOWN = 20000  # characters of an output that a failed test shows
READERS = {b'manifest', b'diff', b'plan', b'invalidate'}  # they take --jobs


def edgediff():
    return os.environ.get('EDGEDIFF', str(ROOT / 'out/sanitize/edgediff'))


def skip_under_thread_sanitizer():
    """Its runtime makes a file and calls of its own: what forbids these, or
    has them fail, ends it."""
    if b'__tsan_init' in pathlib.Path(edgediff()).read_bytes():
        raise unittest.SkipTest('ThreadSanitizer makes files and calls of its own')


def command(args):
    """edgediff with arguments; EDGEDIFF_JOBS gives those that read builds
    that many threads, if they don't ask for some."""
    args = [*map(os.fsencode, args)]
    jobs = os.environ.get('EDGEDIFF_JOBS')
    if jobs and args and args[0] in READERS:
        args[1:1] = [b'--jobs', os.fsencode(jobs)]
    return [os.fsencode(edgediff()), *args]


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

    def show(self):
        """Prints it: pytest shows that if the test fails."""
        text = str(self)
        print(text if len(text) <= SHOWN else
              f'{text[:SHOWN]}\n... {len(text) - SHOWN} characters more')

    def __str__(self):
        return (f'edgediff {" ".join(map(str, self.args))}\n'
                f'exit status {self.status}\n--- stdout\n{self.out}'
                f'--- stderr\n{self.err}')


def run(args, cwd='.', env=None, input=b'', timeout=50):
    """Runs edgediff; what a sanitizer or a signal ends is a failure, and so is
    JSON that is not as docs/schema says."""
    with tempfile.TemporaryDirectory(prefix='edgediff-home.') as home:
        done = subprocess.run(
            command(args), cwd=cwd, input=input,
            env=environment(home, **(env or {})), timeout=limit(timeout),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    result = Result(done, args)
    result.show()
    assert done.returncode >= 0, f'ended by a signal\n{result}'
    assert done.returncode != SANITIZER, f'stopped by a sanitizer\n{result}'
    schemas.check_run(args, cwd, result)
    return result


def deploy(server, build, *more, distribution='E1', baseline='baseline',
           env=None, **how):
    """Runs edgediff invalidate on a build, with the loopback CloudFront.

    A baseline that is None leaves the option out.
    """
    where = [] if baseline is None else ['--baseline', baseline]
    return run(['invalidate', build, '--distribution-id', distribution,
                '--endpoint-url', server.url, *where, *more], env=env, **how)


def start(args, cwd='.', env=None):
    """Starts edgediff and returns its Popen; the test ends it."""
    return subprocess.Popen(
        command(args), cwd=cwd,
        env=environment(os.path.abspath(cwd), **(env or {})),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)


def run_on_terminal(args, env=None, columns=80, until=None):
    """Runs edgediff with a terminal at standard error: a Result, the raw bytes.

    Once `until`, of what the terminal got so far, becomes true, the user
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
    result.show()
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


def run_script(path, *args, cwd='.', **env):
    """Runs a program under tests/; what it prints if its exit status is 0.

    SKIPPED skips the test, any other exit status fails it.
    """
    chosen = {name: os.environ.get(name)
              for name in ('EDGEDIFF', 'EDGEDIFF_PATIENCE')}
    done = subprocess.run(
        [str(ROOT / 'tests' / path), *map(str, args)], cwd=cwd,
        env=environment(os.getcwd(), **{'TMPDIR': os.getcwd(), **chosen,
                                        **env}),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, check=False, text=True, errors='replace')
    if done.returncode == SKIPPED:
        raise unittest.SkipTest(done.stdout.strip())
    assert done.returncode == 0, \
        f'{path}: exit status {done.returncode}\n{done.stdout}'
    return done.stdout
