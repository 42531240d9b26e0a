"""In place of `aws cloudfront`: its commands, end to end."""
import base64
import fcntl
import itertools
import json
import os
import pathlib
import pty
import re
import shutil
import signal
import socket
import struct
import subprocess
import termios
import threading
import time

import pytest

from support import (ACCESS_KEY, ROOT, SECRET_KEY, edgediff, environment,
                     limit, run, start, tree)

BATCH = {
    'Paths': {'Quantity': 2, 'Items': ['/index.html', '/error.html']},
    'CallerReference': 'my-invalidation-2015-09-01',
}


def aws(server, *args, **how):
    return run([*args, '--endpoint-url', server.url], **how)


def create(server, *args, **how):
    return aws(server, 'create-invalidation', '--distribution-id',
               'S11A16G5KZMEQD', *args, **how)


def write(name, content):
    pathlib.Path(name).write_text(
        content if isinstance(content, str) else json.dumps(content))
    return f'file://{name}'


def test_the_manuals_paths(server):
    """A CallerReference of its own each time, so an invalidation each."""
    replies = [create(server, '--paths', '/index.html', '/error.html')
               .expect(0).json() for _ in range(2)]
    for reply, entry in zip(replies, server.posts()):
        batch = reply['Invalidation']['InvalidationBatch']
        match = re.fullmatch(r'cli-(\d+)-(\d+)', batch['CallerReference'])
        assert abs(int(match[1]) - time.time()) < 100
        assert 1 <= int(match[2]) <= 1000000
        assert entry['body'] == (
            '<InvalidationBatch xmlns="http://cloudfront.amazonaws.com/'
            'doc/2020-05-31/"><CallerReference>'
            f'{batch["CallerReference"]}</CallerReference><Paths>'
            '<Quantity>2</Quantity><Items><Path>/index.html</Path>'
            '<Path>/error.html</Path></Items></Paths>'
            '</InvalidationBatch>')
    assert len(server.created()) == 2
    assert list(replies[0]) == ['Location', 'Invalidation']
    assert re.fullmatch(r'[0-9-]+T[0-9:]+(\.\d{6})?\+00:00',
                        replies[0]['Invalidation']['CreateTime'])


def test_the_manuals_batch(server):
    """Sent again it is the same; with another path it is refused."""
    args = ['--invalidation-batch', write('invbatch.json', BATCH)]
    first = create(server, *args).expect(0)
    assert create(server, *args).expect(0).out == first.out
    assert len(server.created()) == 1
    other = dict(BATCH, Paths={'Quantity': 1, 'Items': ['/other.html']})
    write('invbatch.json', other)
    result = create(server, *args).expect(254)
    assert result.err == (
        '\naws: [ERROR]: An error occurred (InvalidationBatchAlreadyExists) when calling '
        'the CreateInvalidation operation: An invalidation batch with this '
        'caller reference and other paths already exists.\n')
    assert result.out == ''


def test_output_is_json_with_four_spaces(server):
    result = create(server, '--invalidation-batch', json.dumps(BATCH))
    reply = result.expect(0).json()
    assert result.out == json.dumps(reply, indent=4) + '\n'
    one = ['--distribution-id', 'S11A16G5KZMEQD', '--id',
           reply['Invalidation']['Id']]
    del reply['Location']
    assert aws(server, 'get-invalidation', *one).json() == reply
    text = aws(server, 'get-invalidation', *one, '--output', 'text')
    created = reply['Invalidation']['CreateTime']
    assert text.expect(0).out == (
        f'INVALIDATION\t{created}\t{one[3]}\tCompleted\n'
        'INVALIDATIONBATCH\tmy-invalidation-2015-09-01\nPATHS\t2\n'
        'ITEMS\t/index.html\nITEMS\t/error.html\n')
    assert aws(server, 'get-invalidation', *one, '--query',
               'Invalidation.InvalidationBatch.Paths.Items[0]'
               ).out == '"/index.html"\n'
    assert aws(server, 'get-invalidation', *one, '--query',
               'Invalidation.Id', env={'AWS_DEFAULT_OUTPUT': 'text'}
               ).out == one[3] + '\n'


def test_paths_are_sent_as_they_are(server):
    odd = ['/a b', '/é', 'no-slash', '/~', '', '/*/x', '#tag', '/&<>"\'', '/a']
    create(server, '--paths', *odd).expect(254, 'InvalidArgument')
    create(server, '--paths=/x').expect(0)
    create(server, '--pat', '/y', '--paths', '/z').expect(0)
    create(server, '--paths', '#tag', '/a*').expect(0)
    raw = create(server, '--paths', b'/\xff').expect(254)
    assert 'MalformedXML' in raw.err
    sent = [entry['items'] for entry in server.posts()]
    assert sent == [odd, ['/x'], ['/z'], ['#tag', '/a*'], None]


def test_where_parameters_come_from(server):
    quoted = "Paths={Quantity=1,Items=['/a,b']},CallerReference=%s"
    create(server, '--invalidation-batch', quoted % 'short').expect(0)
    create(server, '--invalidation-batch',
           write('batch', quoted % 'file')).expect(0)
    create(server, '--invalidation-batch', 'file:///dev/stdin',
           input=(quoted % 'stdin').encode()).expect(0)
    create(server, '--invalidation-batch', 'file://$WHERE/${WHAT}',
           env={'WHERE': os.getcwd(), 'WHAT': 'batch'}).expect(0)
    write('id', 'EFILE')
    aws(server, 'create-invalidation', '--distribution-id', 'file://id',
        '--paths', '/a').expect(0)
    whole = {'DistributionId': 'EJSON', 'InvalidationBatch': BATCH}
    aws(server, 'create-invalidation', '--cli-input-json',
        write('input', whole)).expect(0)
    aws(server, 'create-invalidation', '--cli-input-json',
        json.dumps(whole), '--distribution-id', 'EOTHER').expect(0)
    aws(server, 'create-invalidation', '--cli-input-json',
        json.dumps(whole), '--paths', '/p').expect(0)
    seen = [(entry['distribution'], entry['items'])
            for entry in server.created()]
    assert [entry['caller_reference'] for entry in server.posts()][:4] == [
        'short', 'file', 'stdin', 'file']
    assert seen[0] == ('S11A16G5KZMEQD', ['/a,b'])
    assert seen[3:] == [
        ('EFILE', ['/a']), ('EJSON', BATCH['Paths']['Items']),
        ('EOTHER', BATCH['Paths']['Items']), ('EJSON', ['/p'])]


def test_a_dry_runs_output_is_an_input(server):
    tree('one', {'index.html': 'one'})
    dry = run(['invalidate', 'one', '--distribution-id', 'E', '--dry-run',
               '--endpoint-url', server.url]).expect(0)
    write('dry.json', dry.out)
    aws(server, 'create-invalidation', '--cli-input-json',
        'file://dry.json').expect(0)
    assert server.created()[0]['items'] == ['/*']


def test_output_off(server):
    """The request is sent, and nothing is printed but an error."""
    for one, env in ((['--output', 'off'], {}),
                     (['--output', 'off', '--query', 'length(Nope)'], {}),
                     ([], {'AWS_DEFAULT_OUTPUT': 'off'})):
        done = aws(server, 'create-invalidation', '--distribution-id', 'E',
                   '--paths', '/a', *one, env=env)
        assert (done.status, done.out, done.err) == (0, '', '')
    assert len(server.log()) == 3
    done = aws(server, 'create-invalidation', '--distribution-id', 'EDENIED',
               '--paths', '/a', '--output', 'off')
    assert done.status == 254 and done.out == '' and 'An error' in done.err


def test_table_at_a_terminal(server):
    """Its width decides the form, and auto means colours there."""
    def printed(columns):
        leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ,
                    struct.pack('HHHH', 24, columns, 0, 0))
        subprocess.run(
            [edgediff(), 'list-invalidations', '--distribution-id', 'E',
             '--endpoint-url', server.url, '--output', 'table', '--query',
             '`{"a": "' + 'x' * 30 + '", "b": "' + 'y' * 30 + '"}`'],
            stdout=follower, env=environment(os.getcwd()), check=True)
        os.close(follower)
        text = os.read(leader, 65536).decode()
        os.close(leader)
        return text

    wide, narrow, unknown = printed(100), printed(60), printed(0)
    cell = '\x1b[1m\x1b[34m%s\x1b[0m'
    assert cell % ('x' * 30) in wide and cell % 'a' not in wide
    assert cell % 'a' in narrow and narrow == unknown


def test_faults_in_the_arguments(server):
    """Exit status 252, the CLI's words, and nothing is sent."""
    one = ['create-invalidation', '--distribution-id', 'E']
    batch = [*one, '--invalidation-batch']
    prefix = '\naws: [ERROR]: An error occurred (ParamValidation): '
    rows = [
        (['create-invalidation', '--paths', '/a'],
         '\naws: [ERROR]: An error occurred (ParamValidation): the following '
         'arguments are required: --distribution-id\n\nusage: edgediff '),
        (one, f'{prefix}Parameter validation failed:\nMissing required parameter in '
         'input: "InvalidationBatch"\n'),
        ([*one, '--paths', '/a', '--invalidation-batch', '{}'],
         f'{prefix}The key "paths" cannot be specified when one of the following keys '
         'are also specified: invalidation_batch\n'),
        ([*one, '--paths', '/a', '--bogus', '1'],
         '\n\naws: [ERROR]: Unknown options: --bogus, 1\n'),
        ([*one, '--paths'], 'argument --paths: expected at least one argument'),
        ([*batch, '{"Paths":'],
         f"{prefix}Error parsing parameter '--invalidation-batch': Invalid JSON: "
         'Expecting value: line 1 column 10 (char 9)\nJSON received: '
         '{"Paths":\n'),
        ([*batch, 'Paths=a}'],
         f"{prefix}Error parsing parameter '--invalidation-batch': Expected: ',', "
         "received: '}' for input:\n Paths=a}\n       ^\n"),
        ([*batch, 'file://none'],
         "Unable to load paramfile file://none: [Errno 2] No such file or "
         "directory: 'none'\n"),
        ([*batch, 'file://bytes'], 'text contents could not be decoded'),
        ([*one, '--paths', 'file://batch'], "value: /a, type: <class 'str'>"),
        ([*one, '--cli-input-json', '{'],
         f"{prefix}Error parsing parameter 'cli-input-json': Invalid JSON received.\n"),
        ([*one, '--paths', '/a', '--output', 'tabel'],
         "argument --output: Found invalid choice 'tabel'\n\nMaybe you meant:"
         '\n\n  * table\n\nusage: edgediff '),
        ([*one, '--paths', '/a', '--query', 'length(@'],
         'Bad value for --query length(@: Invalid jmespath expression: '
         'Incomplete expression:\n"length(@"\n         ^\n'),
        ([*one, '--cli-input-yaml', 'a: &b c'],
         f"{prefix}Error parsing parameter 'cli-input-yaml': line 1: an anchor "
         'is not supported\n'),
        (['wait'], 'aws: [ERROR]: too few arguments\n'),
        (['wait', 'nothing'],
         "argument subcommand: Found invalid choice 'nothing'\n"),
        (['cloudfront', 'list-distributions'],
         "argument operation: Found invalid choice 'list-distributions'\n"),
        ([*one, '--paths', '/a', '--cli-auto-prompt'], 'asks no questions'),
        (['list-invalidations', '--distribution-id', 'E', '--no-paginate',
          '--page-size', '1'], 'Cannot specify --no-paginate along with'),
    ]
    write('batch', '/a')
    pathlib.Path('bytes').write_bytes(b'\xff')
    for args, words in rows:
        result = aws(server, *args)
        assert result.status == 252 and words in result.err, result
        assert result.err[0] == '\n' and result.out == '', result
    bad = run([*one, '--paths', '/a', '--endpoint-url', 'localhost'])
    bad.expect(252, 'scheme is missing.  Must be of the form')
    aws(server, *one, '--invalidation-batch', 'fileb://bytes').expect(
        255, "'in <string>' requires string as left operand, not int")
    assert not server.log()


def test_faults_of_the_service(server):
    base = 'http://127.0.0.1:1/'
    def fails(distribution, status, words, tries=1, *more):
        before = len(server.posts())
        result = aws(server, 'create-invalidation', '--distribution-id',
                     distribution, '--paths', '/a', *more)
        assert result.err == f'\naws: [ERROR]: {words}\n', result
        assert result.status == status, result
        posts = server.posts()[before:]
        assert len(posts) == tries, posts
        assert len({entry['body'] for entry in posts}) == 1
    fails('EDENIED', 254,
          'An error occurred (AccessDenied) when calling the '
          'CreateInvalidation operation: User: arn:aws:iam::123456789012:'
          'user/deploy is not authorized to perform: '
          'cloudfront:CreateInvalidation')
    fails('EDOWN', 254,
          'An error occurred (ServiceUnavailable) when calling the '
          'CreateInvalidation operation (reached max retries: 2): '
          'CloudFront encountered an internal error. Please try again.', 3)
    fails('ETOOMANY', 254,
          'An error occurred (TooManyInvalidationsInProgress) when calling '
          'the CreateInvalidation operation: Processing your request will '
          'cause you to exceed the maximum number of in-progress '
          'invalidations.')
    url = f'{server.url}/2020-05-31/distribution/%s/invalidation'
    fails('ERESETALWAYS', 255, 'Connection was closed before we received '
          f'a valid response from endpoint URL: "{url % "ERESETALWAYS"}".',
          3)
    fails('ESTALLALWAYS', 255, 'Read timeout on endpoint URL: '
          f'"{url % "ESTALLALWAYS"}"', 3, '--cli-read-timeout', '1')
    fails('EGARBAGE', 255, 'Unable to parse response (not well-formed '
          '(invalid token): line 1, column 1), invalid XML received. '
          "Further retries may succeed:\nb'<<< this is not XML'")
    for distribution in ('ETHROTTLE', 'ERESET', 'E503', 'ECUT', '.E/x?'):
        aws(server, 'create-invalidation', '--distribution-id',
            distribution, '--paths', '/a').expect(0)
        assert len(server.created(distribution)) == 1
    unreachable = run(['create-invalidation', '--distribution-id', 'E',
                       '--paths', '/a', '--endpoint-url', base])
    assert unreachable.expect(255).err == (
        f'\naws: [ERROR]: Could not connect to the endpoint URL: "{base}2020-05-31/'
        'distribution/E/invalidation"\n')


def test_error_formats(server):
    """The option, the variable, the profile; a setting never hides an error."""
    def said(distribution, *more, **env):
        return aws(server, 'create-invalidation', '--distribution-id',
                   distribution, '--paths', '/a', *more, env=env)
    # keys in the environment don't count beside --profile
    keys = f'aws_access_key_id = {ACCESS_KEY}\n' \
           f'aws_secret_access_key = {SECRET_KEY}\n'
    tree('.', {'config': '[default]\ncli_error_format = yaml\n'
               f'[profile p]\n{keys}cli_error_format = json\n'
               f'[profile none]\n{keys}cli_error_format = jsn\n'})
    config = {'AWS_CONFIG_FILE': 'config'}
    words = 'User: arn:aws:iam::123456789012:user/deploy is not authorized ' \
            'to perform: cloudfront:CreateInvalidation'
    service = {'Code': 'AccessDenied', 'Message': words}
    for args, env in ((['--cli-error-format', 'json'], {}),
                      ([], {'AWS_CLI_ERROR_FORMAT': 'JSON'}),
                      (['--profile', 'p'], config),
                      ([], {'AWS_PROFILE': 'p', **config}),
                      (['--cli-error-format', 'json'], config)):
        done = said('EDENIED', *args, **env).expect(254)
        assert json.loads(done.err) == service and done.out == ''
        done = said('E', '--invalidation-batch', '{}', *args, **env).expect(252)
        assert json.loads(done.err) == {
            'Code': 'ParamValidation', 'Message': 'The key "paths" cannot be '
            'specified when one of the following keys are also specified: '
            'invalidation_batch'}
    assert said('EDENIED', **config).expect(254).err == \
        f"Code: AccessDenied\nMessage: '{words}'\n"
    assert said('EDENIED', '--cli-error-format', 'text').err == \
        f'AccessDenied\t{words}\n'
    enhanced = f'An error occurred (AccessDenied) when calling the ' \
               f'CreateInvalidation operation: {words}'
    for args, env in ((['--cli-error-format', 'enhanced'], config),
                      (['--cli-error-format', 'legacy'], config),
                      (['--profile', 'none'], config), ([], {}),
                      ([], {'AWS_CLI_ERROR_FORMAT': 'jsn', **config})):
        done = said('EDENIED', *args, **env).expect(254)
        assert done.err == f'\naws: [ERROR]: {enhanced}\n'
    for args, env in ((['--cli-error-format', 'legacy'], {}),
                      ([], {'AWS_CLI_ERROR_FORMAT': 'legacy'})):
        done = said('E', '--query', '[', *args, **env).expect(252)
        assert done.err.startswith('\naws: [ERROR]: Bad value for --query [')
    # what has no code has one form, and so have unknown options
    said('EGARBAGE', '--cli-error-format', 'json').expect(
        255, '\naws: [ERROR]: Unable to parse response')
    said('E', '--bogus', '--cli-error-format', 'json').expect(
        252, '\naws: [ERROR]: Unknown options: --bogus\n')


def test_tries(server):
    for tries in ('1', '2'):
        aws(server, 'create-invalidation', '--distribution-id',
            f'EDOWN-{tries}', '--paths', '/a',
            env={'AWS_MAX_ATTEMPTS': tries}).expect(
                254, f'(reached max retries: {int(tries) - 1})')
        assert len(server.posts(f'EDOWN-{tries}')) == int(tries)
    aws(server, 'create-invalidation', '--distribution-id', 'E',
        '--paths', '/a', env={'AWS_MAX_ATTEMPTS': 'x'}).expect(255)


def list_of(server, *args):
    return aws(server, 'list-invalidations', '--distribution-id', 'E', *args)


def ids(reply):
    return [item['Id'] for item in reply['InvalidationList']['Items']]


def queries(server, function):
    before = len(server.log())
    result = function()
    return result, [entry['query'] for entry in server.log()[before:]]


def test_lists(server):
    empty = list_of(server).expect(0)
    assert empty.json() == {'InvalidationList': {'Items': []}}
    assert list_of(server, '--output', 'text').out == ''
    for path in '/1', '/2', '/3', '/4', '/5':
        aws(server, 'create-invalidation', '--distribution-id', 'E',
            '--paths', path).expect(0)
    every = [f'I{n:013d}' for n in (5, 4, 3, 2, 1)]
    whole, sent = queries(server, lambda: list_of(
        server, '--page-size', '2'))
    assert ids(whole.json()) == every and list(whole.json()) == [
        'InvalidationList']
    assert sent == ['MaxItems=2', f'MaxItems=2&Marker={every[1]}',
                    f'MaxItems=2&Marker={every[3]}']
    # cut inside a page, and on its edge, and gone on from there
    for most, size in (('1', '2'), ('2', '2'), ('3', '2'), ('1', '5')):
        seen, token = [], []
        while len(seen) < 9:
            reply = list_of(server, '--max-items', most, '--page-size',
                            size, *token).expect(0).json()
            seen += ids(reply)
            if 'NextToken' not in reply:
                break
            token = ['--starting-token', reply['NextToken']]
        assert seen == every, (most, seen)
    token = json.loads(base64.b64decode(list_of(
        server, '--max-items', '1').json()['NextToken']))
    assert token == {'Marker': None, 'boto_truncate_amount': 1}
    assert ids(list_of(server, '--starting-token', every[2]).json()) == \
        every[3:]
    assert ids(list_of(server, '--starting-token', f'{every[2]}___1')
               .json()) == every[4:]
    list_of(server, '--starting-token', 'a___b___c').expect(
        255, 'Bad starting token: a___b___c')
    list_of(server, '--max-items', 'abc').expect(
        255, "invalid literal for int() with base 10: 'abc'")
    # as it is
    raw, sent = queries(server, lambda: list_of(
        server, '--marker', every[0], '--max-items', '1'))
    page = raw.json()['InvalidationList']
    assert sent == [f'Marker={every[0]}&MaxItems=1']
    assert list(page) == ['Marker', 'NextMarker', 'MaxItems',
                          'IsTruncated', 'Quantity', 'Items']
    assert page['IsTruncated'] is True and page['Quantity'] == 1
    assert list_of(server, '--no-paginate').json()[
        'InvalidationList']['Quantity'] == 5
    # text, a page at a time, the query on each of them
    text = list_of(server, '--output', 'text', '--page-size', '2',
                   '--max-items', '3', '--query',
                   'InvalidationList.Items[].Id').expect(0)
    assert text.out == f'{every[0]}\t{every[1]}\n{every[2]}\nNone\n'
    lines = list_of(server, '--output', 'text', '--max-items', '1')
    assert re.fullmatch(r'ITEMS\t\S+\tI0{12}5\tInProgress\n'
                        r'NEXTTOKEN\t\S+\n', lines.out), lines


def test_waiting(server):
    one = ['wait', 'invalidation-completed', '--distribution-id', 'EQUICK',
           '--id']
    made = aws(server, 'create-invalidation', '--distribution-id',
               'EQUICK', '--paths', '/a', '--query', 'Invalidation.Id',
               '--output', 'text').expect(0)
    done = aws(server, *one, made.out.strip()).expect(0)
    assert done.out == done.err == ''
    assert aws(server, *one, 'none').expect(255).err == (
        '\naws: [ERROR]: Waiter InvalidationCompleted failed: An error occurred '
        '(NoSuchInvalidation): The specified invalidation does not '
        'exist.\n')


def test_an_interrupt_is_130(server):
    aws(server, 'create-invalidation', '--distribution-id', 'ENEVER',
        '--paths', '/a').expect(0)
    process = start([
        'wait', 'invalidation-completed', '--distribution-id', 'ENEVER',
        '--id', 'I0000000000001', '--endpoint-url', server.url])
    while len(server.log()) < 2:
        time.sleep(0.05)
    time.sleep(limit(0.3))  # it has got the answer, and waits
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=limit(20))
    assert (process.returncode, out, err) == (130, b'\n', b'')


def test_tenants(server):
    """The loopback server knows no tenants: what is sent is what counts."""
    tenant = ['--id', 'dt_1']
    aws(server, 'create-invalidation-for-distribution-tenant', *tenant,
        '--invalidation-batch', json.dumps(BATCH)).expect(
            254, 'the CreateInvalidationForDistributionTenant operation')
    aws(server, 'get-invalidation-for-distribution-tenant',
        '--distribution-tenant-id', 'dt_1', '--id', 'I1').expect(254)
    aws(server, 'list-invalidations-for-distribution-tenant', *tenant,
        '--page-size', '3').expect(254)
    aws(server, 'wait', 'invalidation-for-distribution-tenant-completed',
        '--distribution-tenant-id', 'dt_1', '--id', 'I1').expect(
            255, 'Waiter InvalidationForDistributionTenantCompleted failed')
    aws(server, 'create-invalidation-for-distribution-tenant', *tenant,
        '--paths', '/a').expect(252)
    aws(server, 'list-invalidations-for-distribution-tenant', *tenant,
        '--max-items', 'x').expect(
            252, "argument --max-items: invalid int value: 'x'")
    where = '/2020-05-31/distribution-tenant/dt_1/invalidation'
    assert [(entry['method'], entry['path'], entry['query'])
            for entry in server.log()] == [
        ('POST', where, ''), ('GET', f'{where}/I1', ''),
        ('GET', where, 'MaxItems=3'), ('GET', f'{where}/I1', '')]


def test_skeletons_are_inputs(server):
    empty = aws(server, 'create-invalidation', '--generate-cli-skeleton')
    assert empty.expect(0).json() == {
        'DistributionId': '', 'InvalidationBatch': {
            'Paths': {'Quantity': 0, 'Items': ['']},
            'CallerReference': ''}}
    create(server, '--paths', '/a', '--generate-cli-skeleton', 'output',
           '--query', 'Invalidation.Status').expect(0)
    create(server, '--generate-cli-skeleton', 'output').expect(252)
    assert not server.log()
    write('input', empty.out)
    aws(server, 'create-invalidation', '--cli-input-json', 'file://input',
        '--distribution-id', 'E').expect(254, 'InconsistentQuantities')


def test_options_of_all_commands(server):
    made = run(['--region', 'eu-west-1', '--endpoint-url', server.url,
                'cloudfront', 'create-invalidation', '--distribution-id',
                'E', '--paths', '/a', '--no-cli-pager', '--color', 'off',
                '--cli-connect-timeout', '5', '--cli-binary-format',
                'base64', '--no-cli-auto-prompt'])
    made.expect(0)
    create(server, '--paths', '/a', '--no-sign-request').expect(
        254, 'MissingAuthenticationToken')
    said = create(server, '--paths', '/a', '--debug',
                  env={'AWS_SESSION_TOKEN': 'a-token'}).err
    assert '> POST http' in said and '<InvalidationBatch' in said
    for secret in ('a-token', SECRET_KEY, 'Signature='):
        assert secret not in said, said
    assert 'edgediff' in create(server, '--version').expect(0).out


def test_help():
    said = run(['help']).expect(0).out
    for word in ('create-invalidation', 'list-invalidations',
                 'wait invalidation-completed'):
        assert word in said
    for args in (['help', 'create-invalidation'],
                 ['create-invalidation', 'help'],
                 ['cloudfront', 'create-invalidation', '--help']):
        page = run(args).expect(0).out
        assert '--invalidation-batch' in page and '--query' in page
    assert '--id' in run(['help', 'wait', 'invalidation-completed']).out
    # beside anything else --help is what it is to the CLI
    run(['create-invalidation', '--distribution-id', 'E', '--help']).expect(
        252, 'Unknown options: --help')


def test_output_that_cannot_be_written(server):
    done = subprocess.run(
        ['sh', '-c', 'exec "$@" >/dev/full', 'sh', edgediff(),
         'create-invalidation', '--distribution-id', 'E', '--paths', '/a',
         '--endpoint-url', server.url],
        env=environment(os.getcwd()), check=False,
        stderr=subprocess.PIPE)
    assert done.returncode == 255, done


def shell(command, *folders):
    env = environment(os.getcwd(), AWS_DEFAULT_REGION='us-east-1')
    env['PATH'] = os.pathsep.join([*map(str, folders), env['PATH']])
    return subprocess.run(['sh', '-c', command], env=env, check=False,
                          text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT).stdout


def test_the_shell_function():
    """Invalidations go to edgediff, with every option; the rest to aws."""
    for name in ('edgediff', 'aws'):
        path = tree('bin', {name: f'#!/bin/sh\necho {name} "$@"\n'})
        (path / name).chmod(0o755)
    script = ROOT / 'samples/aws-alias/aws.sh'
    create_it = 'cloudfront create-invalidation --distribution-id E --paths /a'
    wait_for_it = 'cloudfront wait invalidation-completed --id I'
    for who, args in (
            ('edgediff', create_it),
            ('edgediff', f'--profile p --no-verify-ssl {create_it}'),
            ('edgediff', f'--region=r {create_it}'),
            ('edgediff', 'cloudfront --output text get-invalidation --id I'),
            ('edgediff', 'cloudfront list-invalidations'),
            ('edgediff', wait_for_it),
            ('aws', 'cloudfront wait distribution-deployed --id E'),
            ('aws', 'cloudfront wait'), ('aws', 's3 ls cloudfront'),
            ('aws', '--profile cloudfront s3 ls'), ('aws', ''),
            ('aws', 'cloudfront get-distribution --id create-invalidation')):
        said = shell(f'. {script}; aws {args}', os.path.abspath('bin'))
        assert said == f'{who} {args}'.rstrip() + '\n', said


def test_the_clis_own_alias():
    real = '/usr/bin/aws'
    if not os.path.exists(real) or 'aws-cli/2' not in subprocess.run(
            [real, '--version'], stdout=subprocess.PIPE, text=True,
            check=False).stdout:
        pytest.skip('no version 2 of the AWS CLI in /usr/bin')
    path = tree('bin', {'edgediff': '#!/bin/sh\necho edgediff "$@"\n'})
    (path / 'edgediff').chmod(0o755)
    os.makedirs('.aws/cli')
    shutil.copy(ROOT / 'samples/aws-alias/alias', '.aws/cli/alias')
    for args in ('create-invalidation --distribution-id E --paths /a /b',
                 'list-invalidations --distribution-id E'):
        said = shell(f'{real} cloudfront {args}', os.path.abspath('bin'))
        assert said == f'edgediff {args}\n', said


def test_list_without_end():
    """A new marker on each page: it is given up after a limit that is named."""
    pages = itertools.count(1)

    def serve(listener):
        while True:
            try:
                connection = listener.accept()[0]
            except OSError:  # closed
                return
            with connection:
                connection.recv(65536)
                body = ('<InvalidationList><IsTruncated>true</IsTruncated>'
                        f'<NextMarker>m{next(pages)}</NextMarker>'
                        '</InvalidationList>')
                connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: %d'
                                   b'\r\n\r\n%s' % (len(body), body.encode()))

    with socket.create_server(('127.0.0.1', 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        run(['list-invalidations', '--distribution-id', 'E', '--endpoint-url',
             f'http://127.0.0.1:{listener.getsockname()[1]}']).expect(
                 255, 'the list goes on after 10000 pages')
        listener.shutdown(socket.SHUT_RDWR)
    assert next(pages) == 10001
