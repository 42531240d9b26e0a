"""A server for one run of one tool: it answers as a case says, and records.

A case names its answers; the n-th request gets the n-th, the last one goes on.
Two runs that send the same requests are told the same, to the byte: no answer
holds a time, a number or an id of this server's own.
"""
import ssl
import threading
import urllib.parse
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from xml.sax.saxutils import escape

from support import ACCESS_KEY, SECRET_KEY
import loopback

VERSION = '2020-05-31'
NAMESPACE = f'http://cloudfront.amazonaws.com/doc/{VERSION}/'
ID, TIME = 'I2J0I21PCUYOIK', '2026-01-02T03:04:05.678Z'
REQUEST_ID = '00000000-0000-4000-8000-000000000001'

# Access keys that requests may be signed with: the secret, the session token.
KEYS = {
    ACCESS_KEY: (SECRET_KEY, None),
    'AKIDTOKEN': ('secret/of+token', 'FwoGZXIvYXdzEBY//+token=='),
    'AKIDDEFAULT': ('secret/of+default', None),
    'AKIDOTHER': ('secret/of+other', None),
}


@dataclass(frozen=True)
class Answer:
    """What is sent: how is 'send', 'echo', 'pages', 'reset', 'stall', 'bytes'.

    'echo' is the invalidation that the request's batch would make, 'pages' a
    page of a list of `count` invalidations; with 'bytes' body is all that is
    written before the connection is closed.
    """
    status: int = 200
    body: bytes = b''
    how: str = 'send'
    headers: tuple = (('Content-Type', 'text/xml'),)
    cut: object = None
    count: int = 0


# ------------------------------------------------------------------- texts

def invalidation(batch, name=ID, status='InProgress', time=TIME):
    return (f'<?xml version="1.0"?>\n<Invalidation xmlns="{NAMESPACE}">'
            f'<Id>{name}</Id><Status>{status}</Status>'
            f'<CreateTime>{time}</CreateTime>'
            f'<InvalidationBatch>{batch}</InvalidationBatch>'
            '</Invalidation>')


def batch_of(*paths, reference='ref-1'):
    items = ''.join(f'<Path>{escape(path)}</Path>' for path in paths)
    return (f'<Paths><Quantity>{len(paths)}</Quantity><Items>{items}</Items>'
            f'</Paths><CallerReference>{escape(reference)}</CallerReference>')


def error_text(code, message, kind='Sender'):
    return (f'<?xml version="1.0"?>\n<ErrorResponse xmlns="{NAMESPACE}">'
            f'<Error><Type>{kind}</Type><Code>{code}</Code>'
            f'<Message>{escape(message)}</Message></Error>'
            f'<RequestId>{REQUEST_ID}</RequestId></ErrorResponse>')


def inner(element):
    """An element's content, without namespaces and in one spelling."""
    return escape(element.text or '') + ''.join(
        f'<{child.tag.rpartition("}")[2]}>{inner(child)}'
        f'</{child.tag.rpartition("}")[2]}>' for child in element)


def page(query, count):
    """A page of at most three of `count` invalidations, after Marker."""
    names = [f'I{number:02}' for number in range(1, count + 1)]
    marker = query.get('Marker', '')
    most = query.get('MaxItems', '3')
    if not most.isdecimal() or int(most) < 1:
        return 400, error_text('InvalidArgument', 'MaxItems is not valid.')
    if marker and marker not in names:
        return 400, error_text('InvalidArgument', 'Marker is not valid.')
    rest = names[names.index(marker) + 1:] if marker else names
    names, rest = rest[:min(int(most), 3)], rest[min(int(most), 3):]
    items = ''.join(
        f'<InvalidationSummary><Id>{name}</Id><CreateTime>2026-01-02T03:04:'
        f'{name[1:]}.678Z</CreateTime><Status>Completed</Status>'
        '</InvalidationSummary>' for name in names)
    return 200, (
        f'<?xml version="1.0"?>\n<InvalidationList xmlns="{NAMESPACE}">'
        f'<Marker>{escape(marker)}</Marker>'
        + (f'<NextMarker>{names[-1]}</NextMarker>' if rest else '')
        + f'<MaxItems>{most}</MaxItems><IsTruncated>'
        f'{"true" if rest else "false"}</IsTruncated>'
        f'<Quantity>{len(names)}</Quantity>'
        + (f'<Items>{items}</Items>' if names else '')
        + '</InvalidationList>')


# ------------------------------------------------------------------- the server

class Signatures:
    """Checks with the secret of whichever key signed."""

    def check(self, method, target, headers, body, now, skewed):
        key = headers.get('Authorization', '').partition('Credential=')[2]
        key = key.partition('/')[0]
        secret, token = KEYS.get(key, ('', None))
        region = loopback.Signatures(key, secret, token).check(
            method, target, headers, body, now, skewed)
        return f'{key} in {region}'


class Recorder(loopback.Service):
    def __init__(self, answers):
        super().__init__(Signatures(), None)
        self.answers = answers
        self.requests_seen = []

    def write_log(self, entry):
        with self.lock:
            self.requests_seen.append({name: entry[name] for name in (
                'method', 'path', 'query', 'body', 'signature')})


class Handler(loopback.Handler):
    server_version = 'CloudFront'

    def do_POST(self):
        self.answer()

    do_GET = do_PUT = do_HEAD = do_POST

    def new_entry(self):
        path, mark, query = self.path.partition('?')
        return {'path': path, 'query': mark + query, 'body': ''}

    def route(self):
        body = self.read_body(64 << 20)
        self.entry['body'] = body.decode('utf-8', 'surrogateescape')
        try:
            region = self.check_signature(self.path, body)
            self.entry['signature'] = f'valid, {region}'
        except loopback.Refusal:
            # the text after the code tells the time
            self.entry['signature'] = self.entry['signature'].partition(':')[0]
        answers = self.service.answers
        one = answers[min(self.number, len(answers)) - 1]
        getattr(self, f'answer_{one.how}')(one, body)

    def answer_send(self, one, body):
        self.send(one.status, one.headers, one.body, cut=one.cut)

    def answer_reset(self, one, body):
        self.reset()

    def answer_stall(self, one, body):
        self.stall()

    def answer_bytes(self, one, body):
        self.finish_entry(one.status)
        self.close_connection = True
        self.wfile.write(one.body)

    def answer_pages(self, one, body):
        query = urllib.parse.parse_qs(self.path.partition('?')[2])
        status, text = page({key: values[0] for key, values in query.items()},
                            one.count)
        self.send(status, one.headers, text.encode())

    def answer_echo(self, one, body):
        try:
            batch = inner(ET.fromstring(body))
        except ET.ParseError:
            text = error_text('MalformedXML', 'The XML is malformed.')
            self.send(400, one.headers, text.encode())
            return
        path = self.path.partition('?')[0]
        location = f'https://cloudfront.amazonaws.com{path}/{ID}'
        self.send(201, (*one.headers, ('Location', location)),
                  invalidation(batch).encode())


class Replay:
    """The server, a context manager; tls is a certificate with its key."""

    def __init__(self, answers, tls=None):
        self.recorder = Recorder(answers)
        self.tls = tls

    def __enter__(self):
        self.server = loopback.Server(('127.0.0.1', 0), Handler)
        self.server.service = self.recorder
        self.host = f'127.0.0.1:{self.server.server_address[1]}'
        self.url = f'http://{self.host}'
        if self.tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.tls)
            self.server.socket = context.wrap_socket(
                self.server.socket, server_side=True,
                do_handshake_on_connect=False)
            self.url = f'https://{self.host}'
        self.thread = threading.Thread(
            target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.recorder.stop.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    @property
    def requests(self):
        with self.recorder.lock:
            return list(self.recorder.requests_seen)
