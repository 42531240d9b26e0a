"""Starts the real edgediff quickly, and sees it end: see fork_server.c."""
import mmap
import os
import pathlib
import shlex
import struct
import subprocess

from support import ROOT, environment

HERE = pathlib.Path(__file__).resolve().parent
START = 1_790_000_000_000  # ms since 1970, when the simulated clock starts


def compile_library(path):
    subprocess.run([*shlex.split(os.environ.get('CC', 'cc')), '-shared',
                    '-fPIC', '-O1', '-o', str(path),
                    str(HERE / 'fork_server.c')], check=True)


class Clock:
    """The time of the program and of its servers, in milliseconds."""

    def __init__(self, path):
        self.path = path
        path.write_bytes(struct.pack('q', START))
        with open(path, 'r+b') as file:
            self.map = mmap.mmap(file.fileno(), 8)
        self.now = START

    def reset(self):
        self.advance(START - self.now)

    def advance(self, milliseconds):
        self.now += milliseconds
        self.map[:] = struct.pack('q', self.now)


class Run:
    """One process of edgediff; status is None until it has ended."""

    def __init__(self, slot, pid, arguments):
        self.slot, self.pid, self.arguments = slot, pid, arguments
        self.status = None

    def kill(self):
        os.kill(self.pid, 9)

    @property
    def out(self):
        return self.slot.out.read_text('utf-8', 'replace')

    @property
    def err(self):
        return self.slot.err.read_text('utf-8', 'replace')


class Slot:
    """A place for one run at a time, with the port that it calls."""

    def __init__(self, binary, library, clock, folder, number):
        self.out = folder / f'out-{number}'
        self.err = folder / f'err-{number}'
        self.folder = folder
        self.process = subprocess.Popen(
            [binary], env={'LD_PRELOAD': str(library), 'LD_BIND_NOW': '1',
                           'SIMULATION_CLOCK': str(clock.path)},
            cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            bufsize=0)

    def start(self, arguments, port, seed=0, kill_at=0, **env):
        argv = ['edgediff', *map(str, arguments)]
        env = environment(self.folder, **env)
        words = [str(kill_at), str(seed), str(self.out), str(self.err),
                 str(port), str(len(argv)), *argv,
                 *(f'{name}={value}' for name, value in env.items())]
        request = b''.join(os.fsencode(word) + b'\0' for word in words)
        self.process.stdin.write(struct.pack('I', len(request)) + request)
        return Run(self, self.read(), arguments)

    def read(self):
        answer = self.process.stdout.read(4)
        if len(answer) != 4:
            raise RuntimeError('the fork server has ended')
        return struct.unpack('i', answer)[0]

    def fileno(self):
        return self.process.stdout.fileno()

    def finish(self, run):
        """Called when it is readable: the run has ended."""
        run.status = os.waitstatus_to_exitcode(self.read())

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def binary():
    return os.environ.get('EDGEDIFF', str(ROOT / 'out/release/edgediff'))
