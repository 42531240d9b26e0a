"""The loopback S3 itself, and where the loopback CloudFront cuts an answer."""
import datetime
import hashlib
import http.client
import re
import socket
import threading
import urllib.parse

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

import support
from support import ACCESS_KEY, SECRET_KEY, S3Server

ANY = {'If-None-Match': '*'}
BATCH = ('<InvalidationBatch xmlns="http://cloudfront.amazonaws.com/doc/'
         '2020-05-31/"><CallerReference>r</CallerReference><Paths><Quantity>1'
         '</Quantity><Items><Path>/a</Path></Items></Paths>'
         '</InvalidationBatch>')


def etag_of(body):
    return f'"{hashlib.md5(body).hexdigest()}"'


def signed(server, method, target, body=b'', headers=(), host=None, late=0,
           signer=S3SigV4Auth, service='s3', region='us-east-1',
           secret=SECRET_KEY):
    """The headers of a request that botocore has signed."""
    port = urllib.parse.urlsplit(server.url).netloc
    request = AWSRequest(method, f'http://{host or port}{target}', data=body,
                         headers={'Host': host or port, **dict(headers)})
    request.headers['X-Amz-Content-SHA256'] = hashlib.sha256(body).hexdigest()
    when = datetime.datetime.now(datetime.timezone.utc) - \
        datetime.timedelta(seconds=late)
    request.context['timestamp'] = f'{when:%Y%m%dT%H%M%SZ}'
    request.headers['X-Amz-Date'] = request.context['timestamp']
    auth = signer(Credentials(ACCESS_KEY, secret), service, region)
    canonical = auth.canonical_request(request)
    signature = auth.signature(auth.string_to_sign(request, canonical),
                               request)
    auth._inject_signature_to_request(request, signature)
    return dict(request.headers.items())


class Answer:
    def __init__(self, answer, limit=None):
        self.status, self.headers = answer.status, answer.headers
        self.etag = answer.headers['ETag']
        self.body = answer.read(limit)
        code = re.search(rb'<Code>(.*?)</Code>', self.body)
        self.code = code[1].decode() if code else None


def send(server, method, target, body, headers, limit=None):
    """Sends it as it is; limit is how much of the answer to read."""
    connection = http.client.HTTPConnection(
        urllib.parse.urlsplit(server.url).netloc, timeout=support.limit(10))
    try:
        connection.request(method, target, body, headers)
        return Answer(connection.getresponse(), limit)
    finally:
        connection.close()


def call(server, method, target, body=b'', headers=(), limit=None, **how):
    return send(server, method, target, body,
                signed(server, method, target, body, headers, **how), limit)


def put(server, target, body=b'x', headers=(), **how):
    """Status and code."""
    answer = call(server, 'PUT', target, body, headers, **how)
    return answer.status, answer.code


def get(server, target, **how):
    return call(server, 'GET', target, **how)


def is_lost(ask, *args):
    """The request got no answer, or part of one."""
    try:
        ask(*args)
    except (ConnectionError, http.client.HTTPException):
        return True
    return False


def test_objects(store):
    missing = get(store, '/site/a/b.json')
    assert missing.status == 404, missing.body
    assert re.fullmatch(
        rb'<\?xml version="1.0" encoding="UTF-8"\?>\n<Error><Code>NoSuchKey'
        rb'</Code><Message>[^<]+</Message><Key>a/b.json</Key><RequestId>'
        rb'\w+</RequestId><HostId>[^<]+</HostId></Error>', missing.body)
    one = call(store, 'PUT', '/site/a/b.json', b'one',
               {'Content-Type': 'application/json'})
    assert (one.status, one.etag) == (200, etag_of(b'one'))
    host = 'site.localhost:' + store.url.rpartition(':')[2]
    for answer in (get(store, '/site/a/b.json'),
                   get(store, '/a/b.json', host=host)):
        assert (answer.status, answer.body) == (200, b'one')
        assert answer.etag == one.etag
        assert answer.headers['Content-Type'] == 'application/json'
        assert answer.headers['Last-Modified'].endswith(' GMT')
    keys = ('//a', '/a//b', '/%20%2B%25', '/a/../b', '/%C3%A9')
    for key in keys:
        assert put(store, key, key.encode(), host=host) == (200, None)
    for key in keys:
        assert get(store, '/site' + key).body == key.encode(), key
    assert get(store, '/other/a/b.json').code == 'NoSuchKey'
    assert get(store, '/site/a?acl').status == 400
    for method in ('POST', 'OPTIONS', 'BREW'):
        assert call(store, method, '/site/a').status == 405, method
    assert get(store, '/site').status == 405
    assert put(store, '/site/%FF') == (400, 'InvalidURI')
    assert put(store, '/site/' + 1025 * 'k') == (400, 'KeyTooLongError')
    log = store.log()
    assert [e['status'] for e in log[:2]] == [404, 200]
    entry = log[1]
    assert (entry['method'], entry['bucket'], entry['key']) == \
        ('PUT', 'site', 'a/b.json')
    assert entry['length'] == 3 and entry['etag'] == one.etag
    assert entry['sha256'] == hashlib.sha256(b'one').hexdigest()
    assert entry['signature'] == 'ok' and entry['written']
    assert entry['headers']['content-type'] == 'application/json'
    assert [e['key'] for e in store.puts('site')] == \
        ['a/b.json', '/a', 'a//b', ' +%', 'a/../b', '\u00e9']


def test_what_uploaders_use(store):
    good = {'Content-MD5': 'kAFQmDzST7DWlj99KOF/cg=='}
    assert put(store, '/b/k/%3C', b'abc', good) == (200, None)
    assert put(store, '/b/l', b'abd', good) == (400, 'BadDigest')
    answer = call(store, 'HEAD', '/b/k/%3C')
    assert (answer.status, answer.body) == (200, b'')
    assert answer.headers['Content-Length'] == '3'
    for query, keys in (('list-type=2', [b'k/&lt;']),
                        ('encoding-type=url&list-type=2', [b'k/%3C']),
                        ('list-type=2&prefix=k%2F', [b'k/&lt;']),
                        ('list-type=2&prefix=l', [])):
        answer = get(store, f'/b?{query}')
        assert re.findall(b'<Key>(.*?)</Key>', answer.body) == keys
    assert get(store, '/b?list-type=1').status == 400
    for _ in range(2):
        assert call(store, 'DELETE', '/b/k/%3C').status == 204
    assert get(store, '/b/k/%3C').status == 404
    assert not store.log()[-1]['written']


def test_bodies(store):
    """No part of a body is written, and none that is too large."""
    def begin(length, body):
        headers = signed(store, 'PUT', '/b/k', body)
        with socket.create_connection(('127.0.0.1', port), 10) as wire:
            wire.sendall(b'PUT /b/k HTTP/1.1\r\n' + ''.join(
                f'{name}: {value}\r\n' for name, value in
                {**headers, **length}.items()).encode() + b'\r\n' + body)
            wire.shutdown(socket.SHUT_WR)
            answer = wire.makefile('rb').read()
        return re.search(rb'<Code>(.*?)</Code>', answer)[1].decode()

    port = int(store.url.rpartition(':')[2])
    assert begin({'Content-Length': '4'}, b'abc') == 'IncompleteBody'
    assert begin({'Content-Length': str((256 << 20) + 1)}, b'') == \
        'EntityTooLarge'
    assert begin({}, b'') == 'MissingContentLength'
    assert begin({'Transfer-Encoding': 'chunked',
                  'Content-Length': '0'}, b'') == 'MissingContentLength'
    assert not store.puts() and len(store.log()) == 4
    assert get(store, '/b/k').status == 404
    large = bytes(20 << 20)
    assert put(store, '/b/k', large, {'Expect': '100-continue'}) == \
        (200, None)
    assert get(store, '/b/k').body == large


def test_conditions(store):
    for match in (etag_of(b''), '"x"', '*'):
        assert put(store, '/b/k', b'', {'If-Match': match}) == \
            (404, 'NoSuchKey')
    assert put(store, '/b/k', b'1', ANY) == (200, None)
    refused = call(store, 'PUT', '/b/k', b'1', ANY)
    assert refused.status == 412 and refused.code == 'PreconditionFailed'
    assert b'<Condition>If-None-Match</Condition>' in refused.body
    for match in (etag_of(b'2'), f'W/{etag_of(b"1")}', ''):
        refused = call(store, 'PUT', '/b/k', b'2', {'If-Match': match})
        assert refused.status == 412, match
        assert b'<Condition>If-Match</Condition>' in refused.body
    assert get(store, '/b/k').body == b'1'
    assert put(store, '/b/k', b'2', {'If-Match': etag_of(b'1')})[0] == 200
    assert put(store, '/b/k', b'3', {
        'If-Match': etag_of(b'2').strip('"')})[0] == 200
    assert put(store, '/b/k', b'4', {'If-None-Match': '"a"'})[0] == 501
    assert put(store, '/b/k', b'4')[0] == 200
    written = store.puts()
    assert [entry['etag'] for entry in written] == \
        [etag_of(body) for body in (b'1', b'2', b'3', b'4')]
    assert store.log()[2]['etag'] is None


def test_simultaneous_writers(store):
    """One of them wins, whichever condition they meet."""
    def race(condition):
        results, start = [], threading.Barrier(20)

        def write(number):
            # each differs from what is there: otherwise the ETag would stay
            body = f'{number} {condition}'.encode()
            headers = signed(store, 'PUT', '/b/k', body, condition)
            start.wait()
            results.append((send(store, 'PUT', '/b/k', body, headers).status,
                            body))

        threads = [threading.Thread(target=write, args=(number,))
                   for number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(status for status, _ in results) == [200] + 19 * [412]
        assert get(store, '/b/k').body == min(results)[1]
        return etag_of(min(results)[1])

    etag = race(ANY)
    for _ in range(3):
        etag = race({'If-Match': etag})
    assert len(store.puts('b')) == 4


def test_signatures(store):
    def code(headers, target='/b/k'):
        return send(store, 'PUT', target, b'x', headers).code

    def unsigned(drop=(), **more):
        headers = signed(store, 'PUT', '/b/k', b'x')
        return code({k: v for k, v in {**headers, **more}.items()
                     if k not in drop})

    assert put(store, '/b/k', secret='wrong') == \
        (403, 'SignatureDoesNotMatch')
    assert put(store, '/b/k', service='cloudfront', signer=SigV4Auth) == \
        (400, 'AuthorizationHeaderMalformed')
    for late in (1000, -1000):
        assert put(store, '/b/k', late=late) == \
            (403, 'RequestTimeTooSkewed')
    assert unsigned(['Authorization']) == 'AccessDenied'
    assert unsigned(['X-Amz-Content-SHA256']) == 'InvalidRequest'
    assert unsigned(['X-Amz-Date']) == 'AuthorizationHeaderMalformed'
    for name in ('Content-Type', 'If-Match', 'If-None-Match', 'X-Amz-Acl'):
        assert unsigned(**{name: '*'}) == 'AccessDenied', name
    assert unsigned(**{'X-Amz-Security-Token': 't'}) == 'InvalidToken'
    headers = signed(store, 'PUT', '/b/k', b'y')
    assert code(headers) == 'XAmzContentSHA256Mismatch'
    # the path as it is sent, encoded once
    assert code(signed(store, 'PUT', '/b/a/../k', b'x')) == \
        'SignatureDoesNotMatch'
    assert put(store, '/b/a%20b', signer=SigV4Auth) == \
        (403, 'SignatureDoesNotMatch')
    for target in ('/b/a+b', '/b/%61', '/b/%c3%a9'):
        assert put(store, target) == (403, 'SignatureDoesNotMatch')
    assert all(one['signature'] not in ('ok', '') for one in store.log())
    assert not store.puts()
    assert put(store, '/b/k', late=800, region='eu-west-3') == (200, None)
    with S3Server('token.log', '--session-token', 'tok') as server:
        assert put(server, '/b/k') == (403, 'InvalidAccessKeyId')
        assert put(server, '/b/k', headers={'X-Amz-Security-Token': 'tok'}) \
            == (200, None)


def test_other_stores(store):
    """Buckets that understand conditions otherwise, probes included."""
    quoted = {'If-Match': etag_of(b'x')}
    bare = {'If-Match': etag_of(b'x').strip('"')}
    for key in ('k', '.probe'):
        for bucket in ('ignores', 'ignores-2'):
            for condition in (quoted, ANY, ANY, {'If-Match': 'no'}):
                assert put(store, f'/{bucket}/{key}', b'x',
                           condition)[0] == 200
        assert put(store, f'/ignoresmatch/{key}', b'', quoted)[0] == 200
        assert put(store, f'/ignoresmatch/{key}', b'', ANY)[0] == 412
        assert put(store, f'/unquoted/{key}', b'x', bare)[0] == 404
        assert put(store, f'/unquoted/{key}', b'x', ANY)[0] == 200
        assert put(store, f'/unquoted/{key}', b'y', quoted)[0] == 412
        assert put(store, f'/unquoted/{key}', b'y', bare)[0] == 200
    assert put(store, '/absent412/k', b'x', quoted)[0] == 412
    assert put(store, '/absent412/.probe', b'x', quoted)[0] == 404
    assert call(store, 'PUT', '/noetag/k').etag is None
    assert get(store, '/noetag/k').etag == etag_of(b'')
    assert call(store, 'PUT', '/noetag/.probe').etag == etag_of(b'')


def test_refusing_faults(store):
    def statuses(bucket, method='PUT', key='k', often=5):
        return [call(store, method, f'/{bucket}/{key}').status
                for _ in range(often)]

    assert statuses('busy') == [409, 409, 200, 200, 200]
    assert statuses('busy3-a') == [409, 409, 409, 200, 200]
    assert statuses('busyalways') == 5 * [409]
    assert statuses('busy-p', key='a.probe') == 5 * [200]
    assert statuses('busy-p', 'GET') == 5 * [404]
    assert statuses('busy-p') == [409, 409, 200, 200, 200]
    assert statuses('slowdown', 'GET') == [503, 503, 404, 404, 404]
    assert statuses('down') == statuses('down', 'GET', '.probe') == \
        5 * [503]
    for method in ('GET', 'PUT'):
        assert call(store, method, '/denied/k').code == 'AccessDenied'
        assert call(store, method, '/nosuch/k').code == 'NoSuchBucket'
        moved = call(store, method, '/moved/k')
        assert moved.status == 301 and moved.code == 'PermanentRedirect'
        assert moved.headers['x-amz-bucket-region'] == 'eu-west-1'
        assert b'<Endpoint>moved.s3.eu-west-1.' in moved.body
        wrong = call(store, method, '/region/k')
        assert wrong.status == 400, wrong.body
        assert wrong.code == 'AuthorizationHeaderMalformed'
        assert b'<Region>eu-west-1</Region>' in wrong.body
    assert put(store, '/region/k', region='eu-west-1')[0] == 200
    assert statuses('deniedput') == 5 * [403]
    assert statuses('deniedput', 'GET') == 5 * [404]
    assert statuses('noprobe') == 5 * [200]
    assert statuses('noprobe', key='.probe') == 5 * [403]
    skewed = call(store, 'PUT', '/skew/k')
    assert skewed.code == 'RequestTimeTooSkewed'
    ahead = datetime.datetime.strptime(
        skewed.headers['Date'], '%a, %d %b %Y %H:%M:%S GMT') - \
        datetime.datetime.utcnow()
    assert 3500 < ahead.total_seconds() < 3700
    assert put(store, '/skew/k', late=-3600) == (200, None)


def test_lost_answers_and_rivals(store):
    for bucket, written in (('lost', True), ('lostearly', False)):
        assert put(store, f'/{bucket}/.probe', b'', ANY)[0] == 200
        assert is_lost(put, store, f'/{bucket}/k', b'1', ANY)
        assert (get(store, f'/{bucket}/k').status == 200) == written
        assert put(store, f'/{bucket}/k', b'2')[0] == 200
        assert len(store.puts(bucket)) == 1 + written
    assert put(store, '/lost-2/k')[0] == 200  # it has no condition
    assert put(store, '/lost-2/k', b'1', ANY)[0] == 412
    assert is_lost(put, store, '/lost-2/k', b'1',
                   {'If-Match': etag_of(b'x')})
    assert put(store, '/after500/k', b'1') == (500, 'InternalError')
    assert get(store, '/after500/k').body == b'1'
    assert put(store, '/after500/k', b'2')[0] == 200
    assert len(store.puts('after500')) == 2

    assert put(store, '/raced2/k', b'1')[0] == 200
    for times in (1, 2):
        etag = get(store, '/raced2/k').etag
        assert put(store, '/raced2/k', b'2', {'If-Match': etag})[0] == 412
        assert get(store, '/raced2/k').body == times * b'raced\n'
    etag = get(store, '/raced2/k').etag
    assert put(store, '/raced2/k', b'2', {'If-Match': etag})[0] == 200
    assert put(store, '/raced/k', b'1', ANY)[0] == 412

    assert put(store, '/rival/k', b'1', ANY)[0] == 200
    rival = {'If-Match': etag_of(b'1')}
    assert put(store, '/rival/k', b'2', rival)[0] == 412
    assert get(store, '/rival/k').body == b'2'
    assert len(store.puts('rival')) == 1

    assert get(store, '/cut/k').status == 404
    assert put(store, '/cut/k', b'0123456789')[0] == 200
    try:
        get(store, '/cut/k')
        raise AssertionError('all of it came')
    except http.client.IncompleteRead as error:
        assert error.partial == b'01234'
    assert get(store, '/cut/k').body == b'0123456789'
    huge = get(store, '/huge/k', limit=10 << 20)
    assert huge.headers['Content-Length'] == '3000000000'
    assert len(huge.body) == 10 << 20
    assert [e['status'] for e in store.log() if e['status'] not in
            (200, 404, 412)] == ['reset', 'reset', 'reset', 500, 'cut']


def test_cut_bytes(server):
    """ECUTBYTE: the bytes that come, and that they end with a FIN."""
    class Counted(http.client.HTTPResponse):
        """Takes whatever comes until the connection is closed."""

        def begin(self):
            self.all, self.will_close = self.fp.read(), True

    def post(distribution):
        target = f'/2020-05-31/distribution/{distribution}/invalidation'
        headers = signed(server, 'POST', target, BATCH.encode(),
                         signer=SigV4Auth, service='cloudfront')
        connection = http.client.HTTPConnection(
            urllib.parse.urlsplit(server.url).netloc,
            timeout=support.limit(10))
        connection.response_class = Counted
        connection.request('POST', target, BATCH.encode(), headers)
        answer = connection.getresponse()
        connection.close()
        return answer.all

    whole = post('ECUTBYTE-99999')
    assert whole.startswith(b'HTTP/1.1 201 ')
    assert whole.endswith(b'</Invalidation>')
    assert server.posts()[0]['status'] == 201
    # Ids of one length: the answers differ in no length then.
    for count in (0, 1, 12, 200, len(whole) - 1, len(whole)):
        name = f'ECUTBYTE-{count:05d}'
        assert len(post(name)) == count, count
        assert len(server.created(name)) == 1
        assert server.posts(name)[0]['status'] == \
            ('cut' if count < len(whole) else 201)
    assert [len(post('ECUTBYTE2-5-a')) for _ in range(2)] == [5, 5]
    assert [len(post('ECUTBYTEALWAYS-7')) for _ in range(4)] == 4 * [7]
    assert len(server.created('ECUTBYTEALWAYS-7')) == 1
