"""What origins answer: S3's REST endpoint, a website endpoint, another server.

A bucket is anything with get(key): an Object, or None. Answers of CloudFront
itself have the same form.
"""
import dataclasses
import hashlib
import urllib.parse
from xml.sax.saxutils import escape


@dataclasses.dataclass
class Object:
    """One of a bucket. Headers are those that uploads gave it."""
    body: bytes
    kind: str = 'binary/octet-stream'
    cache_control: str = None
    encoding: str = None  # Content-Encoding

    @property
    def etag(self):
        return f'"{hashlib.md5(self.body).hexdigest()}"'


@dataclasses.dataclass
class Answer:
    status: int
    body: bytes = b''
    kind: str = 'text/html'
    etag: str = None
    cache_control: str = None
    encoding: str = None
    location: str = None  # of a redirect
    server: str = 'AmazonS3'  # who made it
    original: bytes = None  # what body was compressed from
    page: str = None  # of an error page: its decoded path


def of_object(one, status=200):
    return Answer(status, one.body, one.kind, one.etag, one.cache_control,
                  one.encoding)


def missing(key, status):
    """"Error responses" of S3: 403 for who may not list the bucket."""
    code, text = ('NoSuchKey', 'The specified key does not exist.') \
        if status == 404 else ('AccessDenied', 'Access Denied')
    return Answer(status, (f'<?xml version="1.0" encoding="UTF-8"?>\n<Error>'
                           f'<Code>{code}</Code><Message>{text}</Message>'
                           '</Error>').encode(), 'application/xml')


class Origins:
    """Asks the origin of a path. bucket_of(origin) gives its bucket.

    lists: may CloudFront list the bucket? Then what is missing is 404, else 403.
    """

    def __init__(self, bucket_of, lists=True):
        self.bucket_of = bucket_of
        self.lists = lists

    def ask(self, origin, path):
        """path is as viewers write it, without OriginPath."""
        if origin.kind == 'other':
            return Answer(200, f'another server: {path}\n'.encode(),
                          'text/plain', server='other')
        # S3 takes a + in a path for itself, and decodes once
        key = urllib.parse.unquote(origin.path + path,
                                   errors='surrogateescape')[1:]
        bucket = self.bucket_of(origin)
        if origin.kind == 'website':
            return self.ask_website(origin, bucket, key)
        one = bucket.get(key) if key else None
        return of_object(one) if one else \
            missing(key, 404 if self.lists else 403)

    def ask_website(self, origin, bucket, key):
        """"Configuring an index document": of every folder, / is optional."""
        if key == '' or key.endswith('/'):
            one = bucket.get(key + 'index.html')
            return of_object(one) if one else missing(key, 404)
        one = bucket.get(key)
        if one:
            return of_object(one)
        if bucket.get(key + '/index.html'):
            place = '/' + urllib.parse.quote(
                key, errors='surrogateescape')[len(origin.path):] + '/'
            if origin.path:
                place = urllib.parse.quote(
                    ('/' + key)[len(origin.path):],
                    errors='surrogateescape') + '/'
            return Answer(302, location=place)
        return missing(escape(key), 404)
