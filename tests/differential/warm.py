"""Runs the AWS CLI many times, with its modules and models loaded once.

That is what takes the AWS CLI most of its time. Each line on standard input
is a run in JSON: args, env, cwd, and the files for stdout and stderr. A forked
child does what the program aws does; its exit status is the answer, a line.
"""
import contextlib
import importlib
import json
import os
import signal
import sys
import traceback
import warnings

import awscli.clidriver
import botocore.session

DATA_PATH = os.environ['AWS_DATA_PATH']  # awscli itself sets it


def warm_loader():
    """The loader of a session, with what the commands load in its cache."""
    loader = botocore.session.create_loader(DATA_PATH)
    for kind in ('service-2', 'waiters-2', 'paginators-1',
                 'endpoint-rule-set-1'):
        loader.load_service_model('cloudfront', kind)
    loader.list_available_services(type_name='service-2')
    loader.load_service_model('cloudfront', type_name='service-2')
    for name in 'cli', 'endpoints', 'partitions':
        loader.load_data(name)
    return loader


def fork():
    """os.fork(), which may warn of threads; what the child warns of is its own."""
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        return os.fork()


def warm_modules():
    """Imports what runs import as they go; a child makes one to find out."""
    reader, writer = os.pipe()
    child = fork()
    if child == 0:
        become({'args': ['cloudfront', 'list-invalidations', '--endpoint-url',
                         'http://127.0.0.1:9', '--distribution-id', 'E1'],
                'env': {'AWS_ACCESS_KEY_ID': 'a', 'AWS_MAX_ATTEMPTS': '1',
                        'AWS_SECRET_ACCESS_KEY': 'b', 'HOME': '/nonexistent',
                        'AWS_REGION': 'us-east-1'},
                'cwd': '/', 'seconds': 600, 'stdout': os.devnull,
                'stderr': os.devnull})
        try:
            awscli.clidriver.main()
        finally:
            os.write(writer, '\n'.join(
                name for name, module in sys.modules.items()
                if getattr(module, '__spec__', None)).encode())
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as names:
        found = names.read().split('\n')
    os.waitpid(child, 0)
    for name in filter(None, found + ['botocore.paginate', 'botocore.waiter']):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def become(run):
    """Makes this process the one that the run asks for."""
    os.chdir(run['cwd'])
    os.environ.clear()
    os.environ.update(run['env'], AWS_DATA_PATH=DATA_PATH)
    for number, name in (1, 'stdout'), (2, 'stderr'):
        fd = os.open(run[name], os.O_WRONLY | os.O_CREAT)
        os.dup2(fd, number)
        os.close(fd)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    signal.alarm(run['seconds'])
    sys.argv = ['/usr/bin/aws', *run['args']]


def aws(run):
    """The run, without the long goodbye of an interpreter."""
    try:
        become(run)
        status = awscli.clidriver.main()
    except SystemExit as end:
        status = end.code
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status or 0)


def main():
    answers = os.fdopen(os.dup(1), 'w')
    loader = warm_loader()
    warm_modules()
    botocore.session.create_loader = lambda *_: loader
    for line in sys.stdin:
        run = json.loads(line)
        child = fork()
        if child == 0:
            aws(run)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        answers.write(f'{status}\n')
        answers.flush()


if __name__ == '__main__':
    main()
