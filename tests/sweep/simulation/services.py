"""CloudFront and S3 for the simulation: the loopback servers' own handlers,
fed with bytes, with simulated time and faults that are chosen by request.

A fault is one of FAULTS. `-after` means that the service has done what was
asked before it fails to say so.
"""
import datetime
import importlib.machinery
import importlib.util
import io
import re
import sys
import types

from support import ROOT

DISTRIBUTION = 'ESIMULATION'
BUCKET = 'simulation'
FAULTS = ('lost', 'lost-after', '500', '500-after', 'busy', 'throttled',
          'denied', 'refused', 'cut-after', 'kill', 'kill-after')
ERRORS = {  # (of CloudFront, of S3)
    '500': ((500, 'InternalFailure'), (500, 'InternalError')),
    '500-after': ((500, 'InternalFailure'), (500, 'InternalError')),
    'busy': ((400, 'TooManyInvalidationsInProgress'),
             (409, 'ConditionalRequestConflict')),
    'throttled': ((400, 'Throttling'), (503, 'SlowDown')),
    'denied': ((403, 'AccessDenied'), (403, 'AccessDenied')),
    'refused': ((400, 'InvalidArgument'), (400, 'InvalidRequest')),
}
REFERENCE = re.compile(rb'<CallerReference>([^<]*)<')


def load(name):
    """A loopback server's program as a module."""
    path = str(ROOT / 'tests' / name)
    loader = importlib.machinery.SourceFileLoader(f'loopback_{name}', path)
    spec = importlib.util.spec_from_loader(loader.name, loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[loader.name] = module
    loader.exec_module(module)
    return module


cloudfront, s3 = load('cloudfront'), load('s3')
Refusal = cloudfront.Refusal


class Handled:
    """What both handlers have in common: no socket, no log, no signatures."""

    def __init__(self, request, service, fault):
        self.rfile, self.wfile = io.BytesIO(request), io.BytesIO()
        self.server = types.SimpleNamespace(service=service)
        self.client_address = ('127.0.0.1', 0)
        self.close_connection = True
        self.fault = fault
        self.handle_one_request()

    def check_signature(self, target, body):
        self.entry['signature'] = 'ok'
        return 'us-east-1'

    def now(self):
        return datetime.datetime.fromtimestamp(
            self.service.clock.now // 1000, datetime.timezone.utc)

    def finish_entry(self, status, code=None):
        pass

    def reset(self):
        self.close_connection = True
        self.wfile = io.BytesIO()

    def route(self):
        if not self.fault or self.fault.endswith('-after'):
            super().route()
        if not self.fault:
            return
        whole, self.wfile = self.wfile.getvalue(), io.BytesIO()
        if self.fault in ERRORS:
            status, code = ERRORS[self.fault][self.of_s3]
            raise Refusal(status, code, f'The simulated fault {self.fault}')
        self.close_connection = True
        if self.fault == 'cut-after':
            self.wfile.write(whole[:-len(whole) // 3])


class CloudFrontHandler(Handled, cloudfront.Handler):
    of_s3 = False


class S3Handler(Handled, s3.Handler):
    of_s3 = True


class Distribution(cloudfront.Distribution):
    def create(self, reference, items):
        one, created = super().create(reference, items)
        self.service.accepted(one, created)
        return one, created


class CloudFront(cloudfront.Service):
    """accepted(invalidation, created) is called for each accepted batch."""

    def __init__(self, clock, accepted):
        super().__init__(None, None)
        self.clock, self.accepted = clock, accepted

    def distribution(self, name):
        if name not in self.distributions:
            self.distributions[name] = Distribution(name, self)
        return self.distributions[name]

    def next_time(self, ahead):
        self.last_time = max(self.last_time + 1, self.clock.now)
        when = datetime.datetime.fromtimestamp(
            self.last_time // 1000 + ahead, datetime.timezone.utc)
        return f'{when:%Y-%m-%dT%H:%M:%S}.{self.last_time % 1000:03d}Z'


class S3(s3.Service):
    def __init__(self, clock):
        super().__init__(None, None)
        self.clock = clock

    @property
    def objects(self):
        return self.bucket(BUCKET).objects


class Services:
    """Both services; respond is what a request does and is answered."""

    def __init__(self, clock, accepted):
        self.cloudfront = CloudFront(clock, accepted)
        self.s3 = S3(clock)

    def respond(self, request, fault):
        """The bytes of the answer, and whether the connection is closed."""
        if of_cloudfront(request):
            handler = CloudFrontHandler(request, self.cloudfront, fault)
        else:
            handler = S3Handler(request, self.s3, fault)
        return handler.wfile.getvalue(), handler.close_connection


def of_cloudfront(request):
    return request.split(b' ', 2)[1].startswith(b'/2020-')


def kind_of(request):
    """What a step calls it: post, list, get-one; get, put, probe."""
    method, target, _ = request.split(b' ', 2)
    if not of_cloudfront(request):
        return 'probe' if target.endswith(b'.probe') else \
            method.decode().lower()
    if method == b'POST':
        return 'post'
    return 'list' if target.partition(b'?')[0].endswith(b'/invalidation') \
        else 'look'


def reference_of(request):
    match = REFERENCE.search(request)
    return match and match[1].decode()
