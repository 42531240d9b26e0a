"""How long tests wait: the one place that adapts limits to the machine."""
import math
import os
import time

MOST = 8  # how much a busy machine stretches a limit, at most


def factor():
    """What all limits are multiplied by.

    A limit is chosen for an idle machine. If more programs want to run than
    there are cores, each takes that much longer. EDGEDIFF_PATIENCE multiplies
    it for programs that are slow by themselves, as under ThreadSanitizer.
    """
    busy = os.getloadavg()[0] / len(os.sched_getaffinity(0))
    return float(os.environ.get('EDGEDIFF_PATIENCE', '1')) * \
        min(max(1, busy), MOST)


def limit(seconds):
    """A limit in seconds for this machine, as busy as it is now."""
    return seconds * factor()


def whole(seconds):
    """The same in whole seconds, for an option of edgediff."""
    return math.ceil(limit(seconds))


def wait_until(ready, seconds=20):
    """Waits until ready() is true; if it never is, the test fails."""
    end = time.monotonic() + limit(seconds)
    while not ready():
        assert time.monotonic() < end, 'what the test waits for never comes'
        time.sleep(0.02)
