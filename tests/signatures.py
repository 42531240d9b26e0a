#!/usr/bin/python3
"""Compares edgediff's signatures with botocore's on random requests.

usage: signatures.py [N [PEER [SEED]]]; PEER is tests/unit/sign_peer.c, built;
without it, it is built in a temporary folder.

The requests are for S3 and for services that sign the path in another way; they
have odd and empty segments, query parameters that repeat, are empty or have no
value, text beyond ASCII wherever it can be, headers that repeat, and session
tokens or none.
"""
import datetime
import os
import random
import subprocess
import sys
import tempfile

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
R = random.Random(20150830)


class Clock:
    """Stands in for the module datetime inside botocore.auth."""
    seconds = 0

    def __getattr__(self, name):
        return getattr(datetime, name)

    @property
    def datetime(self):
        clock = self

        class Frozen(datetime.datetime):
            @classmethod
            def utcnow(cls):
                return cls(1970, 1, 1) + datetime.timedelta(
                    seconds=clock.seconds)
        return Frozen


CLOCK = Clock()
botocore.auth.datetime = CLOCK


def build(folder):
    peer = os.path.join(folder, 'sign_peer')
    subprocess.run(
        ['cc', '-std=c11', '-D_XOPEN_SOURCE=700', '-I.', '-o', peer,
         'tests/unit/sign_peer.c', 'aws/sigv4.c', 'aws/canonical_request.c',
         'base/ascii.c', 'base/buf.c', 'base/err.c', 'base/hex.c',
         'base/percent.c', 'base/sha256.c', '-lcrypto'], cwd=ROOT, check=True)
    return peer


def word(most=6, letters='abcXYZ019-._~'):
    return ''.join(R.choice(letters) for _ in range(R.randint(1, most)))


def path(s3):
    odd = ['%20', '%2F', '%7E', '%25', '%00', '%e2%82%ac', '+', '=', '*', '(',
           "'", ':', '@', '$', ',', ';', '!', '&', '%']
    segments = []
    for _ in range(R.randint(0, 5)):
        kind = R.randrange(8)
        segments.append(
            '' if kind == 0 else '.' if kind == 1 else '..' if kind == 2
            else word() + R.choice(odd) + word() if kind < 5
            else word() + ('%C3%A9' if s3 else 'é€𝄞') if kind == 5
            else word())
    return '/' + '/'.join(segments)


def query():
    keys = ['Marker', 'MaxItems', 'a', 'A', 'a-', '', '%C3', '%20', '%c3%a9',
            '~', '*', 'a%2Fb', 'a+b', "'"]
    values = ['', '=', '=%2F%3D', '=b=c', '==', '=%E2%82%AC', '=a+b%20c', '=~',
              '=*', '=%7e', '=/?:@']
    pairs = []
    for _ in range(R.choice([0, 0, 1, 2, 3, 5, 9])):
        pairs.append(R.choice([R.choice(keys), word()])
                     + R.choice([R.choice(values), '=' + word()]))
        if R.random() < .2:
            pairs.append(R.choice(pairs))
        if R.random() < .1:
            pairs.append(pairs[-1].partition('=')[0] + '=' + word())
    return '&'.join(pairs)


def one():
    service = R.choice(['cloudfront', 's3', 'sts', 'service'])
    headers = [('Content-Type', 'text/xml')] if R.random() < .5 else []
    if R.random() < .4:
        headers.append(('X-Amz-Meta-' + word(4, 'abC'),
                        R.choice([' a   b ', 'x', '', '"a  b"', 'a\tb'])))
    if R.random() < .2:
        headers += [('My-Header', 'b'), ('my-header', 'a')]
    if R.random() < .1:
        headers.append(('If-Match', R.choice(['"e"', 'e'])))
    return {
        'method': R.choice(['GET', 'POST', 'PUT', 'DELETE', 'HEAD']),
        'host': R.choice(['cloudfront.amazonaws.com', '127.0.0.1:8080']),
        'path': path(service == 's3'), 'query': query(),
        'body': R.choice(['', 'x', '<é>' * R.randint(1, 99)]),
        'access': 'AK' + word(12, 'ABC234'), 'secret': word(40, 'abc/+19'),
        'token': R.choice(['', word(300, 'abc/+='), word(4000, 'xyz/+=')]),
        'region': R.choice(['us-east-1', 'eu-west-1', 'cn-northwest-1']),
        'service': service,
        'now': R.randint(0, 4102444800), 'headers': headers}


def expected(q):
    CLOCK.seconds = q['now']
    url = 'http://' + q['host'] + q['path']
    request = AWSRequest(q['method'], url + ('?' if q['query'] else '')
                         + q['query'], data=q['body'].encode())
    for name, value in q['headers']:
        request.headers.add_header(name, value)
    keys = Credentials(q['access'], q['secret'], q['token'] or None)
    signer = (botocore.auth.S3SigV4Auth if q['service'] == 's3'
              else botocore.auth.SigV4Auth)
    signer(keys, q['service'], q['region']).add_auth(request)
    return request.headers['Authorization']


def line(q):
    fields = [str(q[name]) for name in (
        'method', 'host', 'path', 'query', 'body', 'access', 'secret',
        'token', 'region', 'service', 'now')]
    fields += [name + ': ' + value for name, value in q['headers']]
    return '\t'.join(field.encode().hex() for field in fields) + '\n'


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    if len(sys.argv) > 3:
        R.seed(int(sys.argv[3]))
    with tempfile.TemporaryDirectory() as folder:
        peer = sys.argv[2] if len(sys.argv) > 2 else build(folder)
        requests = [one() for _ in range(count)]
        answers = subprocess.run(
            [peer], input=''.join(map(line, requests)), text=True,
            stdout=subprocess.PIPE, check=True).stdout.splitlines()
    failed = 0
    for i, q in enumerate(requests):
        got = answers[i] if i < len(answers) else '(no answer)'
        if got != expected(q):
            failed += 1
            if failed <= 5:
                print(f'{q}\n  botocore {expected(q)}\n  edgediff {got}')
    print(f'{count - failed} passed, {failed} failed')
    return 1 if failed or count < 1 else 0


sys.exit(main())
