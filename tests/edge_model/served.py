"""What tests/edge serves by HTTP: the model over the loopback S3's objects, with
the loopback CloudFront's invalidations, real time and faults from a file."""
import http.client
import json
import pathlib
import time
import urllib.parse

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from edge_model import configuration, network, origins
from edge_model.faults import Faults

PATIENCE = 60  # seconds


class Bucket:
    """Of the loopback S3, at an endpoint like http://127.0.0.1:PORT."""

    def __init__(self, endpoint, name, access_key, secret_key):
        self.endpoint, self.name = endpoint, name
        self.credentials = Credentials(access_key, secret_key)

    def get(self, key):
        path = f'/{self.name}/' + urllib.parse.quote(
            key, safe='/~', errors='surrogateescape')
        request = AWSRequest('GET', self.endpoint + path)
        S3SigV4Auth(self.credentials, 's3', 'us-east-1').add_auth(request)
        connection = http.client.HTTPConnection(
            urllib.parse.urlsplit(self.endpoint).netloc, timeout=PATIENCE)
        try:
            connection.request('GET', path, headers=dict(request.headers))
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        if response.status == 404:
            return None
        if response.status != 200:
            raise RuntimeError(f'{path}: {response.status} {body[:500]}')
        return origins.Object(
            body, response.getheader('Content-Type', ''),
            response.getheader('Cache-Control'),
            response.getheader('Content-Encoding'))


class FaultsOfFile(Faults):
    """Those of the file that tests/edge describes."""

    def __init__(self, path):
        self.path, self.counts = path, {}

    def of(self, name, path, encoding=None):
        if not self.path:
            return False
        faults = json.loads(pathlib.Path(self.path).read_text('utf-8'))
        fault = faults.get(path, faults.get('*', {}))
        if not fault.get(name) or encoding and \
                encoding not in fault.get('encodings', [encoding]):
            return False
        self.counts[name, path] = self.counts.get((name, path), 0) + 1
        return self.counts[name, path] <= fault.get(
            'times', self.counts[name, path])

    @staticmethod
    def encoding_of(key):
        return 'br' if 'br' in key[2] else key[2] or 'identity'

    def forgets(self, key):
        return self.of('forgets', key[0], self.encoding_of(key))

    def in_flight(self, key):
        return self.of('in flight', key[0], self.encoding_of(key))

    def late(self, path):
        return self.of('late', path)


class Invalidations:
    """Follows the loopback CloudFront's log; due() yields lists of items.

    delay: seconds, or 'completed', when CloudFront has said so.
    """

    def __init__(self, path, distribution, delay, clock):
        self.path, self.distribution = path, distribution
        self.delay, self.clock = delay, clock
        self.place, self.waiting, self.gets = 0, {}, {}

    def read(self):
        with open(self.path, 'rb') as log:
            log.seek(self.place)
            whole, _, _ = log.read().rpartition(b'\n')
        if whole:
            self.place += len(whole) + 1
        return [json.loads(line) for line in whole.splitlines()]

    def due(self):
        for entry in self.read():
            name = entry.get('invalidation')
            if entry['distribution'] != self.distribution or not name:
                continue
            if entry['method'] == 'POST' and entry['created']:
                self.waiting[name] = self.clock(), entry['items']
            else:
                self.gets[name] = self.gets.get(name, 0) + 1
        for name, (since, items) in [*self.waiting.items()]:
            if self.gets.get(name, 0) > 1 if self.delay == 'completed' \
                    else self.clock() >= since + float(self.delay):
                del self.waiting[name]
                yield items


class Served:
    """args are those of tests/edge; the caller holds its lock."""

    def __init__(self, args, encoders):
        self.args = args
        self.read_at = None
        bucket = Bucket(args.s3, args.bucket, args.access_key,
                        args.secret_key)
        self.faults = FaultsOfFile(args.faults)
        self.edge = network.Edge(
            None, origins.Origins(lambda origin: bucket, not args.unlisted),
            self.clock, self.faults, encoders)
        self.edge.keeps = True
        self.configure()
        self.invalidations = args.cloudfront_log and Invalidations(
            args.cloudfront_log, self.edge.configuration.id, args.delay,
            self.clock)

    def clock(self):
        ahead = 0
        if self.args.clock:
            ahead = float(pathlib.Path(self.args.clock).read_text('ascii'))
        return time.time() + ahead

    def configure(self):
        """Reads the configuration, if it is another one than before."""
        path = pathlib.Path(self.args.distribution)
        text = path.read_text('utf-8')
        if text == self.read_at:
            return
        self.read_at = text
        policies = json.loads(
            (path.parent / 'policies.json').read_text('utf-8'))
        self.edge.configuration = configuration.Configuration(
            json.loads(text)['Distribution'],
            {one['CachePolicy']['Id']: one['CachePolicy']['CachePolicyConfig']
             for one in policies['CachePolicies']})

    def ask(self, path, query, accept, location, signed):
        """A viewer's request: a network.Reply."""
        self.configure()
        if self.invalidations:
            for items in self.invalidations.due():
                self.edge.invalidate(items)
        return self.edge.ask(location, path, query, accept, signed)

    @staticmethod
    def original(reply):
        """The bytes that the answer was compressed from."""
        return reply.answer.original or reply.answer.body


def headers_of(reply):
    """As CloudFront has them."""
    answer = reply.answer
    out = {'Content-Type': answer.kind, 'X-Cache': reply.cache,
           'X-Amz-Cf-Pop': reply.location, 'X-Amz-Cf-Id': 'bG9vcGJhY2s=',
           'Via': '1.1 loopback.cloudfront.net (CloudFront)',
           'Vary': 'Accept-Encoding'}
    more = {'Age': reply.age, 'ETag': answer.etag,
            'Cache-Control': answer.cache_control,
            'Content-Encoding': answer.encoding, 'Location': answer.location}
    return {**out, **{name: str(value) for name, value in more.items()
                      if value is not None}}

