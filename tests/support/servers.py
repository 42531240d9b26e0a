"""The loopback CloudFront, edge, S3 and STS, as context managers."""
import contextlib
import http.client
import json
import pathlib
import shutil
import subprocess
import urllib.parse

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from support.environment import ACCESS_KEY, ROOT, SECRET_KEY
from support.patience import limit

DISTRIBUTIONS = ROOT / 'tests/distributions'


class Loopback:
    """A loopback server; a context manager. Its log outlives it."""
    script = None  # under tests/

    def __init__(self, log=None, *more):
        log = log or f'{self.script}.log'
        self.log_path = pathlib.Path(log).resolve()
        self.more = more

    def __enter__(self):
        self.process = subprocess.Popen(
            ['/usr/bin/python3', str(ROOT / 'tests' / self.script),
             '--until-eof', '--log', str(self.log_path), '--access-key',
             ACCESS_KEY, '--secret-key', SECRET_KEY, *self.more],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.url = self.process.stdout.readline().decode().strip()
        assert self.url, 'the loopback server did not start'
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(limit(10))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()

    def log(self):
        """Every request so far, oldest first."""
        if not self.log_path.exists():
            return []
        text = self.log_path.read_text('utf-8')
        whole, _, _ = text.rpartition('\n')  # the last may be half written
        return [json.loads(line) for line in whole.splitlines()]


class Server(Loopback):
    """The loopback CloudFront."""
    script = 'cloudfront'

    def log(self):
        """Every request so far, without what asks how a distribution caches
        that tests/distributions does not describe: every deployment does."""
        return [entry for entry in super().log()
                if not entry.get('undescribed')]

    def posts(self, distribution=None):
        return [entry for entry in self.log() if entry['method'] == 'POST'
                and distribution in (None, entry['distribution'])]

    def created(self, distribution=None):
        """The requests that made a new invalidation."""
        return [entry for entry in self.posts(distribution)
                if entry['created']]


class S3Server(Loopback):
    """The loopback S3."""
    script = 's3'

    def puts(self, bucket=None):
        """The PUTs that were written, whatever was answered; no probes."""
        return [entry for entry in self.log() if entry['method'] == 'PUT'
                and bucket in (None, entry['bucket']) and entry['written']
                and not entry['key'].endswith('.probe')]


    def ask(self, method, bucket, key, body=b'', **headers):
        """The status of a request that botocore signs; a _ in the name of a
        header stands for -."""
        request = AWSRequest(
            method=method, data=body,
            url=f'{self.url}/{bucket}/{urllib.parse.quote(key, safe="/~")}',
            headers={name.replace('_', '-'): value
                     for name, value in headers.items()})
        region = 'eu-west-1' if bucket == 'region' else 'us-east-1'
        S3SigV4Auth(Credentials(ACCESS_KEY, SECRET_KEY), 's3',
                    region).add_auth(request)
        host, port = self.url.removeprefix('http://').split(':')
        connection = http.client.HTTPConnection(host, int(port),
                                                timeout=limit(30))
        with contextlib.closing(connection):
            connection.request(method, request.url.removeprefix(self.url),
                               body or None, dict(request.headers))
            return connection.getresponse().status

    def put(self, bucket, key, body, **headers):
        headers.setdefault('Content_Type', 'binary/octet-stream')
        assert self.ask('PUT', bucket, key, body, **headers) == 200

    def upload(self, folder, bucket, prefix='', **headers):
        """Every file of a folder."""
        folder = pathlib.Path(folder)
        for path in sorted(folder.rglob('*')):
            if path.is_file():
                self.put(bucket, prefix + str(path.relative_to(folder)),
                         path.read_bytes(), **headers)


class StsServer(Loopback):
    """The loopback STS, container and instance metadata service."""
    script = 'sts'

    def __init__(self, log=None, *more):
        super().__init__(log, '--access-key', 'issued', *more)

    def of(self, name):
        """The requests about a role, a container or an instance."""
        return [entry for entry in self.log() if entry['name'] == name]


class EdgeServer(Loopback):
    """The loopback edge, which serves the files of a folder."""
    script = 'edge'

    def __init__(self, origin='site', log=None, *more):
        self.faults_path = pathlib.Path('edge.faults').resolve()
        self.faults_path.write_text('{}', 'ascii')
        super().__init__(log, '--origin', str(pathlib.Path(origin).resolve()),
                         '--faults', str(self.faults_path), *more)

    def arrived(self):
        """Has a request come whose answer has to wait?"""
        return pathlib.Path(f'{self.faults_path}.seen').exists()

    def fault(self, path=None, **what):
        """From now on these are the faults of a path, and of no other one."""
        self.faults({path: what} if path else {})

    def faults(self, faults):
        """From now on these, for each path."""
        new = self.faults_path.with_suffix('.new')
        new.write_text(json.dumps(faults), 'ascii')
        new.replace(self.faults_path)


class EdgeOfStore(EdgeServer):
    """The loopback edge over a bucket of the loopback S3, with caches, as a
    distribution of tests/distributions is configured. It hears of the
    invalidations of `server`."""

    def __init__(self, store, server, bucket, name, log=None, *more):
        super().__init__('.', log)
        self.folder = pathlib.Path('edge.distribution').resolve()
        self.folder.mkdir(exist_ok=True)
        shutil.copy(DISTRIBUTIONS / 'policies.json', self.folder)
        self.ahead = 0
        self.configure(name)
        self.advance(0)
        self.more = ('--faults', str(self.faults_path), '--s3', store.url,
                     '--bucket', bucket, '--distribution',
                     str(self.folder / 'now.json'), '--cloudfront-log',
                     str(server.log_path), '--clock',
                     str(self.folder / 'clock'), *more)

    def write(self, name, text):
        new = self.folder / 'new'
        new.write_text(text, 'utf-8')
        new.replace(self.folder / name)

    def configure(self, name, distribution=None):
        """From now on it is this one, with this id if one is given."""
        text = (DISTRIBUTIONS / f'{name}.json').read_text('utf-8')
        if distribution:
            described = json.loads(text)
            described['Distribution']['Id'] = distribution
            text = json.dumps(described)
        self.write('now.json', text)

    def advance(self, seconds):
        """Time passes, for its caches alone."""
        self.ahead += seconds
        self.write('clock', str(self.ahead))
