"""Where edgediff means to differ from the AWS CLI, and why: DIFFERENCES.

Each names a case, and what edgediff does there: in the fields that are named (a
pattern is for what depends on a version), or in all that differ as the AWS CLI
does in another case, `like`. The other fields are equal. A case that doesn't
differ in just this way is wrong.
"""
import re
from dataclasses import dataclass, field

from cases import CASES

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

for _output in 'table', 'yaml', 'yaml-stream':
    refused('Two forms of output, for programs, are enough.',
            f'create: output {_output}',
            f'--output {_output} is not offered: edgediff writes json and '
            'text')
refused('JSON is YAML too; edgediff reads no other YAML.',
        'create: input YAML', '--cli-input-yaml is not offered: give the input '
        'to --cli-input-json')
differs('Likewise.', 'create: skeleton yaml-input', status=252, stdout='',
        stderr='\n--generate-cli-skeleton yaml-input is not offered: take '
               'input and --cli-input-json\n')
differs('There is no prompt.', 'create: cli-auto-prompt and not',
        stderr='\n--cli-auto-prompt is not offered\n')
QUERY = 'A query is a path of names and indexes, not all of JMESPath; what ' \
        'is wrong with one is said in those terms.'
PATHS = 'edgediff takes paths of JMESPath: names and "names", [n], [], [*], ' \
        '*, @, joined by . and |'
for _name, _query, _column in (
        ('a list of two', '[Location,Invalidation.Id]', 1),
        ('a function', 'length(Location)', 6)):
    refused(QUERY, f'create: query {_name}',
            f'Bad value for --query {_query}: column {_column}: {PATHS}')
for _name, _query, _column in (
        ('create: query bad', 'Invalidation.', 13),
        ('create: query bad bracket', 'Items[', 6),
        ('create: query bad character', 'a%b', 1),
        ('create: query from a file', 'file://query', 4),
        ('get: query bad', '[', 1), ('wait: query bad', '[', 1),
        ('list: query bad', 'a[', 2)):
    differs(QUERY, _name, stderr=f'\nBad value for --query {_query}: column '
                                 f'{_column}: {PATHS}\n')

# ------------------------------------------------------------------- regions

REGION = 'CloudFront is global: without a region edgediff signs for ' \
         'us-east-1. The AWS CLI wants one beside --endpoint-url, and ' \
         'Debian\'s stumbles when it says so.'
differs(REGION, 'get: no region', like='get: it')
differs(REGION, 'wait: no region', like='wait: it')
differs(REGION, 'list: no region', like='list: three pages')
differs(REGION, 'create: env no region', like='create: color on')
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
        stderr=re.compile(re.escape(FAILED) + r'OpenSSL/[\d.]+: error:0A00010B:'
                          'SSL routines::wrong version number\n'))
differs(OPENSSL, 'create: TLS, no such CA',
        stderr='\nCreateInvalidation: cannot use the CA bundle none: expected '
               'certificates in PEM\n')
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
