"""The limits of tests/sweep/limits, in families.

A family has `missing`, which says why it can't be tried here, and `of`, which makes
the faults for a scenario. Each fault is set up once the state is laid out, and
taken back before the rerun.
"""
import os
import pathlib
import re
import resource
import shutil
import stat
import subprocess
import tempfile

from limited import mounts
from limited.scenarios import Case
from support import command, edgediff, environment

NOBODY = 65534
KIB = 1024
STACKS = [*range(64, 513, 32), *range(768, 8193, 1024)]  # KiB
OPEN_FILES = range(3, 21)
PROCESSES = range(1, 5)


class Fault:
    must_pass = False  # is anything but status 0 a failure?

    def __init__(self, family, word):
        self.family, self.word = family.name, word

    def __str__(self):
        return self.word

    def begin(self, case):
        """Limits the case, whose state is laid out; arguments for its start."""
        return {}

    def end(self, case):
        """Takes the limit away; yields what is wrong."""
        return ()


class Family:
    name = None

    def __init__(self, sweep):
        self.sweep = sweep

    def missing(self):
        return None

    def case(self, scenario, fault):
        return Case(scenario, fault, self.sweep.folder())


# ------------------------------------------------------------------- space

class Full(Fault):
    def __init__(self, family, option, total, free, number, unit):
        Fault.__init__(self, family, f'room for {number} {option}')
        self.total, self.free = total, free
        self.number, self.unit = number, unit

    def begin(self, case):
        mounts.replace(case.place)
        info = os.statvfs(case.place)
        used = getattr(info, self.total) - getattr(info, self.free)
        mounts.resize(case.place, self.unit(used + self.number))
        return {}

    def end(self, case):
        mounts.resize(case.place, mounts.LARGE)
        (case.place / 'spool/filler').unlink()
        return ()


class Space(Family):
    """A tmpfs with room for so many pages, or files, from none to enough."""
    name = 'space'

    def missing(self):
        return mounts.missing()

    def of(self, scenario):
        """All that can be there at once: old, new and temporary files."""
        pages = sum(-(-size // mounts.PAGE) for size in scenario.sizes) * 2 + 3
        files = len(scenario.sizes) * 2 + 5
        kinds = ([Full(self, 'pages', 'f_blocks', 'f_bfree', number,
                       lambda n: f'size={n * mounts.PAGE}')
                  for number in range(pages)],
                 [Full(self, 'files', 'f_files', 'f_ffree', number,
                       lambda n: f'nr_inodes={n}')
                  for number in range(files)])
        for faults in kinds:
            faults[-1].must_pass = True  # or not all of them were tried
        return [fault for faults in kinds for fault in faults]


# --------------------------------------------------------------- read-only

class ReadOnlyMount(Fault):
    def __init__(self, family, folders):
        Fault.__init__(self, family, 'read-only: ' + ', '.join(folders))
        self.folders = folders

    def begin(self, case):
        for name in self.folders:
            if (case.place / name).is_dir():
                mounts.make_read_only(case.place / name)
        if '.' in self.folders:
            mounts.make_writable(case.place / 'out')
        return {}

    def end(self, case):
        mounts.unmount_all(case.place)
        return ()


class Forbidden(Fault):
    """No write permission, for a user who isn't root."""

    def __init__(self, family, folder):
        Fault.__init__(self, family, f'no permission to write in {folder}')
        self.folder = folder

    def begin(self, case):
        for path in case.folder, *case.folder.rglob('*'):
            os.chown(path, NOBODY, NOBODY)
        if (case.place / self.folder).is_dir():
            (case.place / self.folder).chmod(0o555)
        return {'user': NOBODY}

    def end(self, case):
        if (case.place / self.folder).is_dir():
            (case.place / self.folder).chmod(0o755)
        return ()


def may_be_nobody():
    """Why edgediff can't be started as another user, or None."""
    if os.geteuid() != 0 or os.environ[mounts.INSIDE] == 'user':
        return 'only root can start edgediff as another user'
    done = subprocess.run([edgediff(), 'version'], user=NOBODY, check=False,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return None if done.returncode == 0 else \
        'another user cannot start this edgediff'


class ReadOnly(Family):
    """Each folder that is written to, alone and with all others, is read-only."""
    name = 'read-only'

    def missing(self):
        return mounts.missing()

    def of(self, scenario):
        names = scenario.folders
        return [ReadOnlyMount(self, [name]) for name in (*names, '.')] + \
            [ReadOnlyMount(self, names)]


class Permission(Family):
    """Another user may not write in each of the folders."""
    name = 'permission'

    def missing(self):
        return may_be_nobody()

    def of(self, scenario):
        return [Forbidden(self, name) for name in (*scenario.folders, '.')]


# ------------------------------------------------------------------- plants

class Plant(Fault):
    """Something else has the name of a file that the run makes."""

    def __init__(self, family, name, kind):
        Fault.__init__(self, family, f'{kind} at {name}')
        self.name, self.kind = name, kind

    def plant(self, case):
        """In the child that becomes edgediff, whose ID is in some names."""
        path = case.place / self.name.replace('PID', str(os.getpid()))
        path.parent.mkdir(exist_ok=True)
        {'symlink': lambda: path.symlink_to(case.folder / 'victim'),
         'dangling link': lambda: path.symlink_to(case.folder / 'missing'),
         'link': lambda: path.hardlink_to(case.folder / 'victim'),
         'pipe': lambda: os.mkfifo(path),
         'folder': path.mkdir}[self.kind]()

    def begin(self, case):
        (case.folder / 'victim').write_text('of somebody else')
        return {'preexec_fn': lambda: self.plant(case)}

    def end(self, case):
        victim = case.folder / 'victim'
        if victim.read_text() != 'of somebody else':
            yield 'it wrote into a file of somebody else'
        if (case.folder / 'missing').exists():
            yield 'it made the file that a link leads to'
        pattern = re.escape(self.name).replace('PID', r'\d+')
        for path in case.place.rglob('*'):
            if not re.fullmatch(pattern, str(path.relative_to(case.place))):
                continue
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            elif path.is_symlink() or path.is_fifo() or \
                    path.samefile(victim):
                path.unlink()


class Plants(Family):
    """Links, pipes and folders at the name of each lock and temporary file.

    The names are those that strace sees edgediff make, but for random ones.
    """
    name = 'plants'
    kinds = ('symlink', 'dangling link', 'link', 'pipe', 'folder')

    def missing(self):
        done = shutil.which('strace') and subprocess.run(
            ['strace', '-o', '/dev/null', 'true'], check=False,
            stderr=subprocess.DEVNULL)
        return None if done and done.returncode == 0 else \
            'strace cannot trace here'

    def names(self, scenario):
        case = self.case(scenario, None)
        scenario.lay_out(case)
        trace = case.folder / 'trace'
        subprocess.run(
            ['strace', '-f', '-y', '-qq', '-o', trace, '-e', 'trace=open,openat',
             *command(case.args)], cwd=case.folder, check=True,
            env=environment(case.folder, **case.env),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        text = trace.read_text('utf-8', 'replace')
        pid = text.split()[0]
        found = set()
        for folder, name, flags in re.findall(
                r'openat\((\S+), "([^"]*)", (\S+)', text):
            if 'O_CREAT' not in flags:
                continue
            folder = case.folder if folder == 'AT_FDCWD' or name[0] == '/' \
                else folder[folder.index('<') + 1:-1]
            path = pathlib.Path(os.path.realpath(case.folder / folder / name))
            if case.place in path.parents:
                found.add(str(path.relative_to(case.place)))
        final = {name for name in scenario.files if not name.endswith('.lock')}
        return sorted(name.replace(f'.{pid}-', '.PID-')
                      for name in found - final)

    def of(self, scenario):
        return [Plant(self, name, kind) for name in self.names(scenario)
                for kind in self.kinds]


# ------------------------------------------------------------------- rlimits

class Limit(Fault):
    def __init__(self, family, which, value, unit='', user=None):
        Fault.__init__(self, family, f'{which} {value}{unit}')
        self.which = getattr(resource, f'RLIMIT_{which}')
        self.value = value * (KIB if unit == ' KiB' else 1)
        self.user = user

    def set(self):
        resource.setrlimit(self.which, (self.value, self.value))

    def begin(self, case):
        if self.user:
            for path in case.folder, *case.folder.rglob('*'):
                os.chown(path, self.user, self.user)
        return {'preexec_fn': self.set, 'user': self.user}

    def starts(self):
        """Does the dynamic loader come to main?"""
        try:
            return subprocess.run(
                [edgediff(), 'version'], preexec_fn=self.set, check=False,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                user=self.user).returncode == 0
        except OSError:  # it isn't even executed
            return False


class Limits(Family):
    """RLIMIT_NOFILE, FSIZE, STACK, AS and NPROC."""
    name = 'limits'
    as_step = 256  # KiB

    def of(self, scenario):
        sizes = range(-(-max(scenario.sizes) // 512) + 1)
        return [*(Limit(self, 'NOFILE', n) for n in OPEN_FILES),
                *(Limit(self, 'FSIZE', n * 512) for n in sizes),
                *(Limit(self, 'STACK', n, ' KiB') for n in STACKS),
                *self.memory(scenario)]

    def memory(self, scenario):
        """From where edgediff starts to where the scenario passes."""
        def passes(kib):
            case = self.case(scenario, None)
            scenario.lay_out(case)
            case.start(Limit(self, 'AS', kib, ' KiB').set)
            return case.result.status == 0

        least = bisect(4096, 1 << 20, 256, lambda kib: Limit(
            self, 'AS', kib, ' KiB').starts())
        most = bisect(least, 1 << 20, 1024, passes)
        return [Limit(self, 'AS', kib, ' KiB') for kib in
                range(least, most + 4 * self.as_step, self.as_step)]


def bisect(low, high, step, holds):
    """The least number for which it holds, about; it holds for high."""
    while high - low > step:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


class Processes(Family):
    """RLIMIT_NPROC, which counts threads, and not for root."""
    name = 'threads'

    def missing(self):
        return may_be_nobody()

    def of(self, scenario):
        return [Limit(self, 'NPROC', n, user=NOBODY) for n in PROCESSES]


# --------------------------------------------------------------- file systems

class Lack(Fault):
    """The file system lacks something: failing_calls.c makes the call fail."""

    def __init__(self, family, word, must_pass):
        Fault.__init__(self, family, f'without {word}')
        self.lacks, self.must_pass, self.library = word, must_pass, family.library

    def begin(self, case):
        return {'env': {'LD_PRELOAD': str(self.library),
                        'FAIL_CALLS': self.lacks,
                        'FAIL_LOG': str(case.folder / 'failed')}}


class Lacks(Family):
    """Calls that a file system does not have. Locks are needed."""
    name = 'lacks'
    words = {'folder-sync': True, 'folder-sync-2': True, 'nameless': True,
             'lock': False, 'no-lock': False, 'mode': True, 'type': True,
             'advice': True}

    def __init__(self, sweep):
        Family.__init__(self, sweep)
        self.library = sweep.library

    def of(self, scenario):
        return [Lack(self, word, must) for word, must in self.words.items()]
