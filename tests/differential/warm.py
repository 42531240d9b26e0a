"""Runs the AWS CLI many times, with its modules and models loaded once.

That is what takes the AWS CLI most of its time. Each line on standard input
is a run in JSON: args, env, cwd, and the files for stdout and stderr. A forked
child does what /usr/bin/aws does; its exit status is the answer, a line.
"""
import json
import os
import signal
import sys
import traceback

import awscli.clidriver
import awscli.handlers
import botocore.httpsession
import botocore.paginate
import botocore.retries.adaptive
import botocore.session
import botocore.waiter  # noqa: F401

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
    botocore.session.create_loader = lambda *_: loader
    for line in sys.stdin:
        run = json.loads(line)
        child = os.fork()
        if child == 0:
            aws(run)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        answers.write(f'{status}\n')
        answers.flush()


if __name__ == '__main__':
    main()
