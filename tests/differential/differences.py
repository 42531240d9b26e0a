"""Where edgediff means to differ from the AWS CLI, and why: DIFFERENCES.

Each names a case, and what edgediff does there: in the fields that are named (a
pattern is for what depends on a version), or in all that differ as the AWS CLI
does in another case, `like`. The other fields are equal. A case that doesn't
differ in just this way is wrong.
"""
import json
import re
from dataclasses import dataclass, field

from cases import CASES
from replay import ID, NAMESPACE, VERSION

DIFFERENCES = {}


@dataclass(frozen=True)
class Difference:
    why: str
    ours: dict = field(default_factory=dict)
    like: str = ''


def differs(why, name, like='', **ours):
    assert name not in DIFFERENCES, name
    DIFFERENCES[name] = Difference(why, ours, like)


def refused(why, name, text, status=252):
    """Nothing is sent, nothing printed; text is said."""
    differs(why, name, status=status, stdout='', requests=[],
            stderr=f'\n{text}\n')


# ------------------------------------------------------------------- refused

for _name in 'config, output bad', 'AWS_DEFAULT_OUTPUT bad':
    differs('An output that cannot be written is refused before anything is '
            'sent, not after.', f'create: env {_name}', requests=[])
refused('Digits are ASCII\'s.', 'create: batch shorthand quantity other digits',
        "invalid literal for int() with base 10: '１٢'", 255)
for _name in 'query', 'fragment', 'user':
    refused('An endpoint is a host and a path; what else a URL may hold is '
            'refused before anything is sent, and not shown: it may be a '
            'password.', f'create: endpoint with a {_name}',
            'bad endpoint URL: must be of the form http://<hostname>/ or '
            'https://<hostname>/', 255)
_WHY = 'A batch needs little of YAML: what else there is, and what its readers take ' \
       'in different ways, is refused.'
_INPUT = "Error parsing parameter 'cli-input-yaml': "
for _name, _text in (
        ('a date', 'line 3: a date'), ('an alias', 'line 3: an anchor'),
        ('a merge key', 'line 7: a merge key'), ('tab', 'a tab'),
        ('a tag', 'line 3: a tag other than !!str')):
    differs(_WHY, f'create: input YAML {_name}',
            stderr=f'\n{_INPUT}{_text} is not supported\n')
differs(_WHY, 'create: input YAML a key of a number', status=252,
        stderr=f'\n{_INPUT}line 7: a key that is no string is not supported\n')
for _name, _text in (
        ('a tab', 'a tab'), ('YAML 1.1', 'line 1: a version other than 1.2')):
    refused(_WHY, f'create: input YAML {_name}',
            f'{_INPUT}{_text} is not supported')
REFERENCE = 'An expression as a result is refused; the AWS CLI prints the address ' \
            'of an object, or fails half-way.'
NO_VALUE = '\n--query: an expression, as in &name, is no value: only functions ' \
           'take it\n'
differs(REFERENCE, 'list: query of no value, json', stderr=NO_VALUE)
differs(REFERENCE, 'list: query of no value, yaml', stderr=NO_VALUE)
differs(REFERENCE, 'list: query of no value, table', stderr=NO_VALUE,
        status=255, stdout='')
_SKELETON = ("Invalidation:\n  CreateTime: '1970-01-01T00:00:00'\n  Id: Id\n"
             '  InvalidationBatch:\n    CallerReference: CallerReference\n'
             '    Paths:\n      Items:\n      - string\n      Quantity: 0\n'
             '  Status: Status\nLocation: Location\n')
for _form, _text in (
        ('yaml', _SKELETON), ('yaml-stream', '- ' + _SKELETON.replace(
            '\n', '\n  ').rstrip(' '))):
    differs('A time is a string in YAML too, as in an output that is not made '
            'up.', f'create: form {_form}, skeleton', stdout=_text)
differs(REFERENCE, 'list: query of no value, text', status=255, stdout='',
        stderr=NO_VALUE, requests=[{
            'method': 'GET', 'path': f'/{VERSION}/distribution/E1/invalidation',
            'query': '', 'body': '',
            'signature': 'valid, AKIDEXAMPLE in us-east-1'}])

# ------------------------------------------------------------------- arguments


def printed(name, items, reference, **more):
    """An answer in JSON; more is what comes before it."""
    return json.dumps({**more, 'Invalidation': {
        'Id': name, 'Status': 'InProgress',
        'CreateTime': '2026-01-02T03:04:05.678000+00:00',
        'InvalidationBatch': {
            'Paths': {'Quantity': len(items), 'Items': items},
            'CallerReference': reference}}}, indent=4) + '\n'


def accepted(name):
    """What is sent and printed if /a of this distribution is invalidated."""
    path = f'/{VERSION}/distribution/{name}/invalidation'
    reference = 'cli-SECONDS-NUMBER'
    body = f'<n0:InvalidationBatch xmlns:n0="{NAMESPACE}">' \
           f'<n0:CallerReference>{reference}</n0:CallerReference><n0:Paths>' \
           '<n0:Quantity>1</n0:Quantity><n0:Items><n0:Path>/a</n0:Path>' \
           '</n0:Items></n0:Paths></n0:InvalidationBatch>'
    return {'status': 0, 'stderr': '',
            'stdout': printed(ID, ['/a'], reference, Location=f'https://'
                              f'cloudfront.amazonaws.com{path}/{ID}'),
            'requests': [{'method': 'POST', 'path': path, 'query': '',
                          'body': body, 'signature':
                          'valid, AKIDEXAMPLE in us-east-1'}]}


differs('Arguments are bytes, and pass as such; the AWS CLI fails to encode '
        'them.', 'create: id that is not UTF-8', **accepted('E%FF'))

# ------------------------------------------------------------------- settings

UNSET = 'A variable that is set to nothing is as one that is not set.'
differs(UNSET, 'create: env AWS_PROFILE, empty', like='create: env config')
differs(UNSET, 'create: env AWS_DEFAULT_OUTPUT, empty',
        like='create: color on')

# ------------------------------------------------------------------- regions

REGION = 'CloudFront is global: without a region edgediff signs for ' \
         'us-east-1. The AWS CLI wants one beside --endpoint-url, and ' \
         'Debian\'s stumbles when it says so.'
differs(REGION, 'get: no region', like='get: it')
differs(REGION, 'wait: no region', like='wait: it')
differs(REGION, 'list: no region', like='list: three pages')
differs(REGION, 'create: env no region', like='create: color on')
differs(REGION, 'create: env region of no profile',
        like='create: env profile without keys')
EMPTY = 'No service takes a signature for a region without a name.'
for _name in 'region, empty', 'env AWS_REGION, empty', \
        'env AWS_DEFAULT_REGION, empty':
    differs(EMPTY, f'create: {_name}', like='create: color on')

# ------------------------------------------------------------------- TLS

OPENSSL = 'OpenSSL and libcurl say it in words of their own.'
FAILED = '\nSSL validation failed for https://127.0.0.1:PORT/2020-05-31/' \
         'distribution/E1/invalidation '
differs(OPENSSL, 'create: TLS, unknown CA',
        stderr=f'{FAILED}SSL certificate problem: self-signed certificate\n')
differs(OPENSSL, 'create: TLS asked of plain',
        stderr=re.compile(
            r'\n?' + re.escape(FAILED.strip()) + r' OpenSSL/[\d.]+: error:'
            r'0A00010B:SSL routines::wrong version number\n?'))
differs(OPENSSL, 'create: TLS, no such CA',
        stderr='\ncannot use the CA bundle none: expected certificates in '
               'PEM\n')
for _name in 'create: TLS, no-verify-ssl', 'create: TLS, no-verify-ssl, CA':
    differs('The AWS CLI\'s warning is one of its HTTP library.', _name,
            stderr='')

# ------------------------------------------------------------------- answers


def unreadable(name, why):
    """What is said of an answer that isn't XML, with its bytes."""
    body = next(case for case in CASES if case.name == name).answers[0].body
    return f'\nUnable to parse response ({why}), invalid XML received. ' \
           f'Further retries may succeed:\n{body!r}\n'


differs('An answer that is cut is asked for again, under the same reference.',
        'create: cut, then accepted', like='create: reset, then accepted')
PARSER = 'Another XML parser puts it in other words.'
for _name, _why in (
        ('not XML, quotes', 'syntax error: line 1, column 0'),
        ('JSON', 'syntax error: line 1, column 0'),
        ('not UTF-8', 'no element found: line 1, column 30'),
        ('latin-1', 'no element found: line 2, column 332')):
    differs(PARSER, f'create: answer {_name}',
            stderr=unreadable(f'create: answer {_name}', _why))
for _name, _why, _text in (
        ('UTF-16', 'CloudFront answers in UTF-8.',
         'syntax error: line 1, column 0'),
        ('a DTD', 'CloudFront sends no DTD; edgediff reads none.',
         'no element found: line 1, column 364')):
    differs(_why, f'create: answer {_name}', status=255, stdout='',
            stderr=unreadable(f'create: answer {_name}', _text))
differs('CloudFront sends no DTD; edgediff reads none.',
        'create: Error with a DTD',
        stderr='\nAn error occurred (403) when calling the CreateInvalidation '
               'operation (reached max retries: 0): Forbidden\n')
for _time in '20260102T030405Z', 'Fri, 02 Jan 2026 03:04:05 GMT':
    differs('CloudFront writes its times one way; of the others that dateutil '
            'guesses at, edgediff reads those with dashes and colons.',
            f'create: time {_time}', status=255, stdout='',
            stderr=f'\nInvalid timestamp "{_time}": Unknown string format: '
                   f'{_time}\n')

FIRST = 'CloudFront says nothing twice; if a server does, the first counts.'
differs(FIRST, 'create: answer Location twice',
        stdout=printed(ID, ['/b', '/a'], 'ref-1', Location='a'))
differs(f'{FIRST} The AWS CLI fails half-way through its output.',
        'create: answer members twice', status=0, stderr='',
        stdout=printed('x', ['/b', '/a'], 'ref-1'))
