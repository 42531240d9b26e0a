"""One case, run by one of the two tools; what the AWS CLI does is kept."""
import hashlib
import json
import os
import pathlib
import queue
import re
import subprocess
import tempfile
import threading
import xml.etree.ElementTree as ET
from dataclasses import dataclass

import support
from support import ROOT, SANITIZER, limit, whole
import replay

HERE = pathlib.Path(__file__).resolve().parent
CACHE = ROOT / 'out/differential'
NEWER = ROOT / 'out/aws-newer'  # made by `newer`
SECONDS = 100  # that one run may take
SOURCES = [HERE / name for name in ('run.py', 'warm.py', 'replay.py',
                                    '../loopback.py')]


@dataclass(frozen=True)
class Cli:
    """An AWS CLI: the program, its Python, and how ours is to say errors."""
    aws: str
    python: str
    ours: tuple = ()
    before_2_34: bool = False

    def version(self):
        """Its version, '' if it isn't there or isn't version 2."""
        if not os.access(self.aws, os.X_OK):
            return ''
        with tempfile.TemporaryDirectory() as home:
            done = subprocess.run(
                [self.aws, '--version'], stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, check=False, text=True,
                env=support.environment(home))
        return done.stdout if done.stdout.startswith('aws-cli/2.') else ''


DEBIAN = Cli('/usr/bin/aws', '/usr/bin/python3',
             (('AWS_CLI_ERROR_FORMAT', 'legacy'),), before_2_34=True)
NEWEST = Cli(str(NEWER / 'aws'), str(NEWER / 'python'))


# ------------------------------------------------------------------- the tools
#
# A tool is called with the arguments, the environment and the folder, and
# returns the exit status, standard output and standard error.

def started(*command):
    """The tool that is this command."""
    def call(args, env, cwd):
        done = subprocess.run(
            [*command, *args], cwd=cwd, env=env, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
            timeout=limit(SECONDS))
        return done.returncode, done.stdout, done.stderr
    return call


class Warm:
    """The AWS CLI without its start-up; so many at the same time."""

    def __init__(self, cli, jobs):
        self.cli, self.jobs = cli, jobs
        self.idle = queue.Queue()

    def __enter__(self):
        for _ in range(self.jobs):
            self.idle.put(subprocess.Popen(
                [self.cli.python, str(HERE / 'warm.py')], text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                env=support.environment('/')))
        return self

    def __exit__(self, *_):
        while not self.idle.empty():
            process = self.idle.get()
            process.communicate()

    def __call__(self, args, env, cwd):
        process = self.idle.get()
        try:
            with tempfile.TemporaryDirectory() as folder:
                names = {name: os.path.join(folder, name)
                         for name in ('stdout', 'stderr')}
                process.stdin.write(json.dumps(
                    {'args': [os.fsdecode(arg) for arg in args], 'env': env,
                     'cwd': cwd, 'seconds': whole(SECONDS), **names}) + '\n')
                process.stdin.flush()
                status = int(process.stdout.readline())
                out, err = (pathlib.Path(names[name]).read_bytes()
                            for name in ('stdout', 'stderr'))
        finally:
            self.idle.put(process)
        return status, out, err


# ------------------------------------------------------------------- a run

def environment(case, folder):
    return support.environment(folder, **{
        'AWS_DEFAULT_REGION': 'us-east-1', 'AWS_MAX_ATTEMPTS': '1',
        **case.env})


def lay_out(case, folder, server, tls):
    """The case's files; returns the arguments and the environment."""
    def fill(text):
        for name, value in (('@URL@', server.url), ('@HOST@', server.host),
                            ('@PWD@', folder)):
            text = text.replace(name.encode(), value.encode())
        return text
    for name, content in case.files.items():
        path = os.path.join(folder, name)
        os.makedirs(path if content is None else os.path.dirname(path),
                    exist_ok=True)
        if content is not None:
            with open(path, 'wb') as file:
                file.write(fill(content))
    if tls:
        os.symlink(tls, os.path.join(folder, 'ca.pem'))
    return [fill(os.fsencode(arg)) for arg in case.args], {
        name: os.fsdecode(fill(os.fsencode(value)))
        for name, value in environment(case, folder).items()}


def run(tool, case, tls, more=()):
    """What a tool does, without what differs from run to run.

    That is status, stdout, stderr and the requests, as JSON has them. more:
    variables for those that the case doesn't set.
    """
    tls = tls if case.tls else None
    with tempfile.TemporaryDirectory(prefix='edgediff-differential.') as folder:
        with replay.Replay(case.answers, tls) as server:
            args, env = lay_out(case, folder, server, tls)
            status, out, err = tool(args, {**dict(more), **env}, folder)
            requests = server.requests
    if status < 0 or status == SANITIZER:
        raise RuntimeError(f'ended with status {status}\n'
                           + err.decode('utf-8', 'backslashreplace'))

    def plain(data):
        text = data if isinstance(data, str) else \
            data.decode('utf-8', 'surrogateescape')
        text = text.replace(server.host, '127.0.0.1:PORT')
        text = text.replace(folder, '@PWD@')
        return re.sub(r'cli-\d{10}-\d{1,7}\b', 'cli-SECONDS-NUMBER', text)
    for request in requests:
        request['body'] = as_xml(plain(request['body']))
        request['path'] = plain(request['path'])
    return {'status': status, 'stdout': plain(out),
            'stderr': without_names(plain(err)), 'requests': requests}


def as_xml(text):
    """A document in its canonical form; what isn't well-formed as it is."""
    try:
        return ET.canonicalize(text, rewrite_prefixes=True) if text else ''
    except (ET.ParseError, UnicodeEncodeError):
        return f'not XML: {text}'


def without_names(text):
    """Standard error without the program's name, usage and list of choices."""
    text = re.sub(r'(?ms)^usage: .*?(?=^(?:aws|edgediff): error: '
                  r'|^Unknown options: )', 'usage: ...\n', text)
    text = re.sub(r'usage: (?:aws|edgediff) .*\n.*\n\n(?:  .*\n)+', 'usage: ...\n',
                  text)
    text = re.sub(r'usage: (?:aws|edgediff) [^"]*\\n', 'usage: ...', text)
    return re.sub(r'(?m)^(?:aws|edgediff): ', 'PROGRAM: ', text)


class Reference:
    """What the AWS CLI does, and did earlier."""

    def __init__(self, cli, warm, tls):
        self.cli, self.warm, self.tls = cli, warm, tls
        self.cold = started(cli.aws, 'cloudfront')
        self.base = hashlib.sha256(cli.version().encode())
        for path in SOURCES:
            self.base.update(path.read_bytes())
        CACHE.mkdir(parents=True, exist_ok=True)

    def run(self, case):
        if not self.warm:
            return run(self.cold, case, self.tls)
        key = self.base.copy()
        key.update(repr((case, environment(case, ''))).encode(
            'utf-8', 'surrogateescape'))
        path = CACHE / f'{key.hexdigest()}.json'
        if path.exists():
            return json.loads(path.read_text('ascii'))
        result = run(self.tool(case), case, self.tls)
        new = path.with_suffix(f'.{os.getpid()}-{threading.get_ident()}')
        new.write_text(json.dumps(result), 'ascii')
        new.rename(path)
        return result

    def tool(self, case):
        """The warm one, unless the start looks at the environment."""
        if 'LC_ALL' in case.env:
            return self.cold
        return lambda args, *more: self.warm([b'cloudfront', *args], *more)
