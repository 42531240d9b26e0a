"""What pytest needs to know about these tests: what is one, what each may
rely on, in which order they run and how a run ends."""
import os
import pathlib
import signal
import sys
import tempfile
import time

import pytest

sys.dont_write_bytecode = True
pytest.register_assert_rewrite('support')

from support import children, patience  # noqa: E402
from support.cli_case import CliFile  # noqa: E402
from support.cmocka import CmockaFile  # noqa: E402
from support.environment import (BUILDS_WITH, CHOSEN,  # noqa: E402
                                 environment)
from support.servers import S3Server, Server, StsServer  # noqa: E402

TESTS = pathlib.Path(__file__).parent


# ------------------------------------------------------------ what is a test

def pytest_collect_file(file_path, parent):
    if file_path.match('unit/t_*.c'):
        return CmockaFile.from_parent(parent, path=file_path)
    if file_path.suffix == '.test' and TESTS / 'cli' in file_path.parents:
        return CliFile.from_parent(parent, path=file_path)
    return None


# ---------------------------------------------------- what a test may rely on

@pytest.fixture(autouse=True)
def folder():
    """An empty folder to work in, which is removed after the test.

    The environment is clean, and what the test leaves running is ended.
    """
    before, outside = children.descendants(), dict(os.environ)
    chosen = {name: os.environ[name] for name in (*CHOSEN, *BUILDS_WITH)
              if name in os.environ}
    with tempfile.TemporaryDirectory(prefix='edgediff-test.') as path, \
            tempfile.TemporaryDirectory(prefix='edgediff-home.') as home:
        clean = environment(home, AWS_ACCESS_KEY_ID=None,
                            AWS_SECRET_ACCESS_KEY=None, **chosen)
        os.environ.clear()
        os.environ.update(clean)
        time.tzset()
        # what is started gets these signals, even if this process ignores them
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        mask = os.umask(0o022)
        os.chdir(path)
        yield pathlib.Path(path)
        children.end(before)
        os.chdir('/')
        os.umask(mask)
        os.environ.clear()
        os.environ.update(outside)
        time.tzset()


@pytest.fixture
def server():
    """The loopback CloudFront."""
    with Server() as running:
        yield running


@pytest.fixture
def store():
    """The loopback S3."""
    with S3Server() as running:
        yield running


@pytest.fixture
def sts():
    """The loopback STS, and the metadata services of containers and
    instances."""
    with StsServer() as running:
        yield running


# ------------------------------------------------------------------- the order

def seconds_for(item):
    """The time limit of a test on an idle machine."""
    mark = item.get_closest_marker('timeout')
    return mark.args[0] if mark else float(item.config.getini('timeout'))


def pytest_collection_modifyitems(items):
    """Those that may take long begin first: the others fill the gaps."""
    items.sort(key=seconds_for, reverse=True)


@pytest.hookimpl(tryfirst=True, hookwrapper=True)
def pytest_runtest_protocol(item):
    """On a busy machine each test gets more time."""
    item.add_marker(pytest.mark.timeout(
        seconds_for(item) * patience.factor()), append=False)
    yield


def pytest_xdist_auto_num_workers():
    return len(os.sched_getaffinity(0))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Tests go to the workers one by one, in order; those of one C program go
    to one worker, which runs the program once."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            path, _, name = nodeid.partition('::')
            return path if path.endswith('.c') and name != 'valgrind' \
                else nodeid

    return Scheduling(config, log)


# ------------------------------------------------------------- how a run ends

def pytest_sessionstart(session):
    children.adopt()


def count(session):
    reporter = session.config.pluginmanager.get_plugin('terminalreporter')
    stats = reporter.stats
    return (len(stats.get('passed', [])),
            len(stats.get('failed', [])) + len(stats.get('error', [])),
            len(stats.get('skipped', [])))


@pytest.hookimpl(tryfirst=True, hookwrapper=True)
def pytest_sessionfinish(session):
    """A run that executes no test fails; the last line is the count."""
    config = session.config
    controls = not hasattr(config, 'workerinput') and \
        not config.option.collectonly
    passed, failed, skipped = count(session) if controls else (0, 0, 0)
    if controls and not passed and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED
    yield
    if controls:
        line = f'{passed} passed, {failed} failed'
        if skipped:
            line += f', {skipped} skipped'
        config.get_terminal_writer().line(line)


def pytest_terminal_summary(terminalreporter):
    """Each skipped test by its name, with the reason."""
    for report in terminalreporter.stats.get('skipped', []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) \
            else str(report.longrepr)
        terminalreporter.write_line(
            f'skipped {report.nodeid}: {reason.removeprefix("Skipped: ")}')
