"""Mounts in a name space of this process: nobody else sees them, and they end with it."""
import ctypes
import os
import shutil
import subprocess
import sys

PAGE = os.sysconf('SC_PAGE_SIZE')
READ_ONLY, REMOUNT, BIND, DETACH = 1, 32, 4096, 2
INSIDE = 'EDGEDIFF_LIMITS_INSIDE'  # set in the process that has its own name space
LARGE = 'size=64m,nr_inodes=10000'

libc = ctypes.CDLL(None, use_errno=True)


def enter():
    """Starts this program anew in a name space of its own, if that is possible."""
    if INSIDE in os.environ:
        return
    for options in (['--mount'], ['--user', '--map-root-user', '--mount']):
        program = ['unshare', *options, '--propagation', 'private']
        done = subprocess.run([*program, 'mount', '-t', 'tmpfs', 'none', '/mnt'],
                              stderr=subprocess.DEVNULL, check=False) \
            if shutil.which('unshare') else None
        if done and done.returncode == 0:
            os.environ[INSIDE] = 'user' if '--user' in options else 'root'
            os.execvp(program[0], [*program, sys.executable, *sys.argv])
    os.environ[INSIDE] = ''


def missing():
    """Why nothing can be mounted here, or None."""
    return None if os.environ[INSIDE] else \
        'this process may not have a name space for mounts'


def mount(source, target, kind, flags, options):
    if libc.mount(*(os.fsencode(text) if text else None for text in
                    (source, target, kind)), ctypes.c_ulong(flags),
                  options.encode() if options else None) != 0:
        error = ctypes.get_errno()
        raise OSError(error, f'mount: {os.strerror(error)}', str(target))


def unmount(target):
    """Also if files in it are open."""
    libc.umount2(os.fsencode(target), DETACH)


def unmount_all(folder):
    """What is mounted on a folder, or in it."""
    with open('/proc/self/mountinfo', encoding='utf-8') as file:
        points = [line.split()[4] for line in file]
    for point in reversed(points):
        if point == str(folder) or point.startswith(f'{folder}/'):
            unmount(point)


def replace(folder):
    """Puts a large tmpfs in the place of a folder, with the same files."""
    old = folder.with_name(f'{folder.name}.old')
    folder.rename(old)
    folder.mkdir()
    mount('none', folder, 'tmpfs', 0, LARGE)
    shutil.copytree(old, folder, dirs_exist_ok=True)
    shutil.rmtree(old)
    # a tmpfs whose size is 0 has no limit
    (folder / 'spool/filler').write_bytes(b'x' * PAGE)


def resize(folder, options):
    mount('none', folder, 'tmpfs', REMOUNT, options)


def make_read_only(folder):
    mount(folder, folder, None, BIND, None)
    mount(None, folder, None, REMOUNT | BIND | READ_ONLY, None)


def make_writable(folder):
    """A folder in a read-only one."""
    mount(folder, folder, None, BIND, None)
    mount(None, folder, None, REMOUNT | BIND, None)
