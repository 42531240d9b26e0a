"""Ends the processes that a test leaves running."""
import ctypes
import os
import pathlib
import signal

PR_SET_CHILD_SUBREAPER = 36


def adopt():
    """Makes orphans among this process's descendants its children."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def children(pid):
    found = []
    try:
        for task in pathlib.Path(f'/proc/{pid}/task').iterdir():
            found += map(int, (task / 'children').read_text().split())
    except OSError:  # it has ended
        pass
    return found


def descendants():
    """The processes that this one started, and those that they started."""
    found, new = set(), children(os.getpid())
    while new:
        found.update(new)
        new = [child for pid in new for child in children(pid)
               if child not in found]
    return found


def end(before):
    """Ends every descendant that was not one before; returns their number.

    Whatever they start meanwhile is found in the next round.
    """
    ended = set()
    while True:
        left = descendants() - before
        if not left:
            return len(ended)
        ended |= left
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        for pid in set(children(os.getpid())) & left:
            try:
                os.waitpid(pid, 0)
            except ChildProcessError:  # somebody else has waited for it
                pass
