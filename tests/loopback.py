"""What the loopback servers share: signatures, requests, the log, the start.

    tests/NAME --log FILE [--port-file FILE] [--until-eof]
               [--access-key AKID --secret-key SECRET]
               [--session-token TOKEN]

The first line on standard output is the URL; the kernel picks the port. A
server ends on SIGTERM, or with --until-eof when its standard input ends. Every
request is one JSON line in the log: that log is what tests believe.

Signatures are checked with botocore's SigV4, a signer that isn't ours. With
`--access-key issued` any key is known whose secret and token follow from it as
secret_of and token_of say; tests/sts hands out such keys. One that begins with
ASIAEXPIRED has expired.
"""
import argparse
import datetime
import email.utils
import hashlib
import hmac
import http.server
import io
import json
import os
import re
import signal
import socket
import struct
import sys
import threading
import urllib.parse

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

STALL = 600  # seconds; longer than any test


class Refusal(Exception):
    """An error the service answers with; more are elements S3 adds."""

    def __init__(self, status, code, message, **more):
        super().__init__(code)
        self.status, self.code, self.message = status, code, message
        self.more = more


# ------------------------------------------------------------- keys

EXPIRED = 'ASIAEXPIRED'


def digest(*words):
    return hashlib.sha256('\0'.join(words).encode()).hexdigest()


def issued(*words, prefix='ASIA'):
    """An access key that tells for what it was issued: one for each words."""
    return (prefix + digest(*words).upper())[:20]


def secret_of(access_key):
    return digest('secret', access_key)[:40]


def token_of(access_key):
    return 'T/+=' + digest('token', access_key)


# ------------------------------------------------------------- signatures

MISMATCH = 'The request signature we calculated does not match the ' \
           'signature you provided.'
INVALID_TOKEN = (403, 'InvalidClientTokenId',
                 'The security token included in the request is invalid.')


class Signatures:
    """What CloudFront checks; Signatures.of gives those of any service."""
    service = 'cloudfront'
    signer = SigV4Auth
    tolerance = 300
    always_signed = ()  # beside Host and x-amz-*, if they are sent
    missing = (403, 'MissingAuthenticationToken',
               'Missing Authentication Token')
    incomplete = (403, 'IncompleteSignature', 'Authorization header requires '
                  'Credential, SignedHeaders, Signature and a date: ')
    unsorted = (403, 'IncompleteSignature', 'SignedHeaders are not sorted.')
    unknown_key = no_token = wrong_token = INVALID_TOKEN
    wrong_service = (403, 'SignatureDoesNotMatch', 'Credential should be '
                     "scoped to correct service: 'cloudfront'.")
    wrong_hash = (403, 'SignatureDoesNotMatch',
                  'x-amz-content-sha256 is not the hash of the body.')

    def __init__(self, access_key, secret_key, session_token):
        self.credentials = Credentials(access_key, secret_key)
        self.session_token = session_token

    @staticmethod
    def of(service, *credentials):
        kind = {'cloudfront': Signatures, 's3': S3Signatures,
                'sts': StsSignatures}[service]
        return kind(*credentials)

    def known(self, access_key, token):
        """The credentials of an access key that may go with this token."""
        if self.credentials.access_key == 'issued':
            if token != token_of(access_key) and (
                    token or access_key.startswith('ASIA')):
                raise Refusal(*(self.wrong_token if token else self.no_token))
            if access_key.startswith(EXPIRED):
                raise Refusal(403, 'ExpiredToken', 'The security token '
                              'included in the request is expired')
            return Credentials(access_key, secret_of(access_key))
        if access_key != self.credentials.access_key:
            raise Refusal(*self.unknown_key)
        if token != self.session_token:
            raise Refusal(*(self.wrong_token if token else self.no_token))
        return self.credentials

    def check(self, method, target, headers, body, now, skewed):
        """Refuses a request whose signature botocore would not have made.

        Returns the region that it is signed for.
        """
        authorization = headers.get('Authorization', '')
        if not authorization:
            raise Refusal(*self.missing)
        match = re.fullmatch(
            r'AWS4-HMAC-SHA256 Credential=([^/, ]+)/(\d{8})/([^/, ]+)/'
            r'([^/, ]+)/aws4_request, ?SignedHeaders=([a-z0-9;_-]+), ?'
            r'Signature=([0-9a-f]{64})', authorization)
        stamp = headers.get('X-Amz-Date', '')
        if not match or not re.fullmatch(r'\d{8}T\d{6}Z', stamp):
            status, code, message = self.incomplete
            raise Refusal(status, code, message + authorization)
        key, day, region, service, names, signature = match.groups()
        names = names.split(';')
        credentials = self.known(key, headers.get('X-Amz-Security-Token'))
        self.check_scope(headers, names, day, stamp, service)
        self.check_clock(stamp, now, skewed)
        self.check_hash(headers, body)
        self.check_path(target)
        wanted = self.sign(method, target, headers, body, names, stamp,
                           region, credentials)
        if not hmac.compare_digest(wanted, signature):
            raise self.mismatch(MISMATCH)
        return region

    @staticmethod
    def mismatch(why):
        return Refusal(403, 'SignatureDoesNotMatch', why)

    def check_scope(self, headers, names, day, stamp, service):
        if service != self.service:
            raise Refusal(*self.wrong_service)
        if day != stamp[:8]:
            raise self.mismatch('Date in Credential scope does not match '
                                'YYYYMMDD from ISO-8601 version of date.')
        if names != sorted(set(names)):
            raise Refusal(*self.unsorted)
        present = {name.lower() for name in headers.keys()}
        must = {'host'} | {n for n in present if n.startswith('x-amz-')
                           or n in self.always_signed}
        for name in sorted(must - set(names)):
            raise self.unsigned(name)
        for name in sorted(set(names) - present):
            raise self.mismatch(f"'{name}' is signed but was not sent.")
        for name in names:
            if len(headers.get_all(name)) != 1:
                raise self.mismatch(f"'{name}' was sent more than once.")

    def unsigned(self, name):
        return self.mismatch(f"'{name}' must be a signed header.")

    def check_clock(self, stamp, now, skewed):
        try:
            signed = datetime.datetime.strptime(
                stamp, '%Y%m%dT%H%M%SZ').replace(tzinfo=datetime.timezone.utc)
        except ValueError:
            raise self.mismatch(f'{stamp} is no time.') from None
        off = (signed - now).total_seconds()
        if abs(off) <= self.tolerance:
            return
        if skewed:
            raise Refusal(403, 'RequestTimeTooSkewed',
                          'The difference between the request time and the '
                          'current time is too large.')
        word = 'expired' if off < 0 else 'not yet current'
        raise self.mismatch(f'Signature {word}: {stamp} is not within 5 min. '
                            f'of {now:%Y%m%dT%H%M%SZ}')

    def check_hash(self, headers, body):
        sent = headers.get('X-Amz-Content-SHA256')
        if sent is not None and sent != hashlib.sha256(body).hexdigest():
            raise Refusal(*self.wrong_hash)

    def check_path(self, target):
        pass

    def sign(self, method, target, headers, body, names, stamp, region,
             credentials):
        request = AWSRequest(method=method, data=body,
                             url=f"http://{headers['Host']}{target}")
        for name in names:
            request.headers.add_header(name, headers[name])
        request.context['timestamp'] = stamp
        signer = self.signer(credentials, self.service, region)
        canonical = signer.canonical_request(request)
        return signer.signature(signer.string_to_sign(request, canonical),
                                request)


class S3Signatures(Signatures):
    """The path as it was sent, and the body's hash in a signed header."""
    service = 's3'
    signer = S3SigV4Auth
    tolerance = 900
    always_signed = ('content-type', 'content-md5', 'if-match',
                     'if-none-match')
    missing = (403, 'AccessDenied', 'Access Denied')
    incomplete = (400, 'AuthorizationHeaderMalformed', 'The authorization '
                  'header that you provided is not valid, or there is no '
                  'x-amz-date: ')
    unsorted = (400, 'AuthorizationHeaderMalformed',
                'The authorization header is malformed; SignedHeaders are '
                'not sorted.')
    unknown_key = no_token = (403, 'InvalidAccessKeyId', 'The AWS Access Key '
                              'Id you provided does not exist in our records.')
    wrong_token = (400, 'InvalidToken',
                   'The provided token is malformed or otherwise invalid.')
    wrong_service = (400, 'AuthorizationHeaderMalformed', 'The authorization '
                     'header is malformed; incorrect service. This endpoint '
                     'belongs to "s3".')
    wrong_hash = (400, 'XAmzContentSHA256Mismatch', "The provided "
                  "'x-amz-content-sha256' header does not match what was "
                  'computed.')

    def check_hash(self, headers, body):
        """A body that is not signed needs a hash that is."""
        if headers.get('X-Amz-Content-SHA256') != 'UNSIGNED-PAYLOAD' or \
                'Content-MD5' not in headers:
            super().check_hash(headers, body)

    def unsigned(self, name):
        return Refusal(403, 'AccessDenied', 'There were headers present in '
                       'the request which were not signed',
                       HeadersNotSigned=name)

    def check_clock(self, stamp, now, skewed):
        super().check_clock(stamp, now, True)  # it always says it so

    def check_scope(self, headers, *scope):
        if 'X-Amz-Content-SHA256' not in headers:
            raise Refusal(400, 'InvalidRequest', 'Missing required header for '
                          'this request: x-amz-content-sha256')
        super().check_scope(headers, *scope)

    def check_path(self, target):
        """S3 encodes the key itself, once; another spelling won't match."""
        path = target.partition('?')[0]
        if urllib.parse.quote(urllib.parse.unquote_to_bytes(path),
                              safe='/~') != path:
            raise self.mismatch(MISMATCH + ' The path is not encoded as in '
                                'the canonical request.')


class StsSignatures(Signatures):
    service = 'sts'
    always_signed = ('content-type',)
    wrong_service = (403, 'SignatureDoesNotMatch', 'Credential should be '
                     "scoped to correct service: 'sts'.")


# ------------------------------------------------------------- requests

class Service:
    """What the server knows; the handlers hold the lock to look at it."""

    def __init__(self, signatures, log):
        self.signatures = signatures
        self.log = log
        self.lock = threading.Lock()
        self.requests = 0
        self.stop = threading.Event()

    def next_request(self):
        with self.lock:
            self.requests += 1
            return self.requests

    def write_log(self, entry):
        with self.lock:
            self.log.write(json.dumps(entry) + '\n')
            self.log.flush()


class Handler(http.server.BaseHTTPRequestHandler):
    """One request after the other of a connection.

    A server says what to log (new_entry), what to do (route), and how an error
    looks (refuse).
    """
    protocol_version = 'HTTP/1.1'
    sys_version = ''
    timeout = 900
    skewed = False

    def log_message(self, *_):
        pass

    def now(self):
        now = datetime.datetime.now(datetime.timezone.utc)
        return now + datetime.timedelta(hours=1) if self.skewed else now

    def date_time_string(self, timestamp=None):
        return email.utils.format_datetime(self.now(), usegmt=True)

    def answer(self):
        self.service = self.server.service
        self.number = self.service.next_request()
        self.entry = {
            'method': self.command,
            'headers': {k.lower(): v for k, v in self.headers.items()},
            'signature': '', 'status': None, 'code': None,
            **self.new_entry()}
        try:
            self.route()
        except Refusal as refusal:
            self.refuse(refusal)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def read_body(self, limit):
        length = self.headers.get('Content-Length', '0')
        if 'Transfer-Encoding' in self.headers or \
                not re.fullmatch(r'[0-9]{1,9}', length) or int(length) > limit:
            self.close_connection = True
            raise Refusal(411, 'MissingContentLength',
                          'You must provide the Content-Length HTTP header.')
        return self.rfile.read(int(length))

    def check_signature(self, target, body):
        """Notes how the signature is; returns the region it is for."""
        try:
            region = self.service.signatures.check(
                self.command, target, self.headers, body, self.now(),
                self.skewed)
        except Refusal as refusal:
            self.entry['signature'] = f'{refusal.code}: {refusal.message}'
            raise
        self.entry['signature'] = 'ok'
        return region

    def finish_entry(self, status, code=None):
        self.entry['status'] = status
        self.entry['code'] = code
        self.service.write_log(self.entry)

    def reset(self):
        """Closes the connection with a RST."""
        self.finish_entry('reset')
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                   struct.pack('ii', 1, 0))
        os.close(self.connection.detach())

    def stall(self):
        self.finish_entry('stall')
        self.close_connection = True
        self.service.stop.wait(STALL)

    def send(self, status, headers, data, code=None, cut=None, length=None):
        """Logs, then answers; length replaces the true Content-Length.

        cut is 'half' for half of the body, or how many bytes of the whole
        answer to send; the connection is closed then.
        """
        wire, self.wfile = self.wfile, io.BytesIO()
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header('Content-Length', str(length or len(data)))
        self.end_headers()
        head, self.wfile = self.wfile.getvalue(), wire
        whole = head + (b'' if self.command == 'HEAD' else data)
        if cut is not None:
            self.close_connection = True
        if cut == 'half':
            cut = len(head) + len(data) // 2
        if cut is not None and cut < len(whole):
            whole, status = whole[:cut], 'cut'
        self.finish_entry(status, code)
        self.wfile.write(whole)


# ------------------------------------------------------------- the start

class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


def main(doc, name, service, handler, options=()):
    """Serves until it is told to stop; name is that of the signed service.

    options are those of this server alone, each a name and what argparse wants
    to know; the service finds them in its member args.
    """
    parser = argparse.ArgumentParser(description=doc.split('\n')[0])
    parser.add_argument('--log', required=True)
    parser.add_argument('--port-file')
    parser.add_argument('--access-key', default='AKIDEXAMPLE')
    parser.add_argument('--secret-key',
                        default='wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY')
    parser.add_argument('--session-token')
    parser.add_argument('--until-eof', action='store_true')
    for option, how in options:
        parser.add_argument(option, **how)
    args = parser.parse_args()

    server = Server(('127.0.0.1', 0), handler)
    with open(args.log, 'a', encoding='utf-8') as log:
        server.service = service(
            Signatures.of(name, args.access_key, args.secret_key,
                          args.session_token), log)
        server.service.args = args

        def stop(*_):
            server.service.stop.set()
            threading.Thread(target=server.shutdown, daemon=True).start()

        def watch_input():
            while os.read(0, 4096):
                pass
            stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        if args.until_eof:
            threading.Thread(target=watch_input, daemon=True).start()
        port = server.server_address[1]
        if args.port_file:
            with open(args.port_file + '.new', 'w', encoding='ascii') as file:
                file.write(f'{port}\n')
            os.rename(args.port_file + '.new', args.port_file)
        print(f'http://127.0.0.1:{port}', flush=True)
        server.serve_forever(poll_interval=0.05)
        server.server_close()
