"""The loopback CloudFront itself, spoken to with botocore's own client."""
import datetime
import http.client
import urllib.parse

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
import botocore.exceptions
import botocore.session

from support import ACCESS_KEY, SECRET_KEY, Server, limit

USED = 'Your request contains a caller reference that was used'
BATCH = ('<InvalidationBatch xmlns="http://cloudfront.amazonaws.com/doc/'
         '2020-05-31/"><CallerReference>{}</CallerReference><Paths><Quantity>'
         '{}</Quantity><Items>{}</Items></Paths></InvalidationBatch>')


def client(server, tries=1, access_key=ACCESS_KEY,
           secret_key=SECRET_KEY, token=None):
    return botocore.session.Session().create_client(
        'cloudfront', region_name='us-east-1', endpoint_url=server.url,
        aws_access_key_id=access_key, aws_secret_access_key=secret_key,
        aws_session_token=token,
        config=Config(retries={'mode': 'standard', 'total_max_attempts': tries},
                      read_timeout=limit(4), proxies={}))


def create(cf, distribution, reference, *paths):
    return cf.create_invalidation(
        DistributionId=distribution, InvalidationBatch={
            'Paths': {'Quantity': len(paths), 'Items': list(paths)},
            'CallerReference': reference})


def refused(call, *args):
    """The HTTP status, code and message that a call is refused with."""
    try:
        call(*args)
    except botocore.exceptions.ClientError as error:
        return (error.response['ResponseMetadata']['HTTPStatusCode'],
                error.response['Error']['Code'],
                error.response['Error']['Message'])
    raise AssertionError(f'{args} was not refused')


def post(server, body, distribution='E1', late=0, target=None, drop=()):
    """A POST by hand: its status and body."""
    when = datetime.datetime.now(datetime.timezone.utc) - \
        datetime.timedelta(seconds=late)
    target = target or f'/2020-05-31/distribution/{distribution}/invalidation'
    request = AWSRequest('POST', server.url + target, data=body)
    request.context['timestamp'] = f'{when:%Y%m%dT%H%M%SZ}'
    request.headers['X-Amz-Date'] = request.context['timestamp']
    signer = SigV4Auth(Credentials(ACCESS_KEY, SECRET_KEY),
                       'cloudfront', 'us-east-1')
    canonical = signer.canonical_request(request)
    signature = signer.signature(signer.string_to_sign(request, canonical),
                                 request)
    signer._inject_signature_to_request(request, signature)
    host = urllib.parse.urlsplit(server.url).netloc
    connection = http.client.HTTPConnection(host, timeout=limit(10))
    headers = {k: v for k, v in request.headers.items() if k not in drop}
    connection.request('POST', target, body.encode(), headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def test_create_get_list(server):
    cf = client(server)
    made = create(cf, 'E1', 'r1', '/b', '/a', '/c*')
    assert made['ResponseMetadata']['HTTPStatusCode'] == 201
    name = made['Invalidation']['Id']
    assert made['Location'] == ('https://cloudfront.amazonaws.com/'
        f'2020-05-31/distribution/E1/invalidation/{name}')
    paths = made['Invalidation']['InvalidationBatch']['Paths']
    assert paths['Quantity'] == 3
    assert set(paths['Items']) == {'/a', '/b', '/c*'}
    assert made['Invalidation']['Status'] == 'InProgress'
    states = [cf.get_invalidation(DistributionId='E1', Id=name)
              ['Invalidation']['Status'] for _ in range(3)]
    assert states == ['InProgress', 'Completed', 'Completed']
    assert refused(lambda: cf.get_invalidation(
        DistributionId='E1', Id='NONE'))[:2] == (404, 'NoSuchInvalidation')
    entry = server.log()[0]
    assert entry['signature'] == 'ok' and entry['created']
    assert entry['items'] == ['/b', '/a', '/c*']
    assert entry['caller_reference'] == 'r1' and entry['status'] == 201


def test_pages_are_newest_first(server):
    cf = client(server)
    names = [create(cf, 'E1', f'r{i}', '/a')['Invalidation']['Id']
             for i in range(7)]
    seen, marker, pages = [], {}, 0
    while True:
        page = cf.list_invalidations(DistributionId='E1', MaxItems='3',
                                     **marker)['InvalidationList']
        seen += page.get('Items', [])
        pages += 1
        assert page['MaxItems'] == 3
        if not page['IsTruncated']:
            break
        marker = {'Marker': page['NextMarker']}
    assert [one['Id'] for one in seen] == names[::-1] and pages == 3
    times = [one['CreateTime'] for one in seen]
    assert times == sorted(set(times), reverse=True)
    other = cf.list_invalidations(DistributionId='E2')['InvalidationList']
    assert other['Quantity'] == 0 and other['MaxItems'] == 100


def test_a_reference_is_idempotent(server):
    cf = client(server)
    first = create(cf, 'E1', 'r', '/a', '/b')['Invalidation']
    again = create(cf, 'E1', 'r', '/b', '/a')
    assert again['ResponseMetadata']['HTTPStatusCode'] == 201
    assert again['Invalidation']['Id'] == first['Id']
    assert again['Invalidation']['CreateTime'] == first['CreateTime']
    assert refused(create, cf, 'E1', 'r', '/c')[:2] == \
        (409, 'InvalidationBatchAlreadyExists')
    assert create(cf, 'E2', 'r', '/c')['Invalidation']['Id'] != first['Id']
    create(cf, 'EWIRE', 'r', '/a')
    status, code, message = refused(create, cf, 'EWIRE', 'r', '/c')
    assert (status, code) == (400, 'InvalidArgument')
    assert message.startswith(USED)
    assert len(server.created()) == 3


def test_bad_paths(server):
    bad = ['a', '', '/a b', '/a~', '/[x]', '/*/b', '/é', '/%zz', '/a"', '/a#b',
           '/a\\b', '/' + 'a' * 4000, '#a*', '#a,b', '#', '/a|b', '/a^', '/a%2']
    good = ['/', '/*', '/a*', "/$-_.+!'(),;/?:@=&", '/%7E%20', '#product:9',
            '/' + 'a' * 3999]
    cf = client(server)
    for path in bad:
        answer = refused(create, cf, 'E1', 'r', '/fine', path)
        assert answer == (400, 'InvalidArgument', 'Your request contains '
            'one or more invalid invalidation paths.'), path
    for path in good:
        create(cf, 'E1', 'good ' + path[:20], path)
    assert len(server.created()) == len(good)


def test_bad_bodies(server):
    bodies = {
        '': 'MissingBody', '<a': 'MalformedXML', '<a/>': 'MalformedXML',
        BATCH.format('r', 2, '<Path>/a</Path>'): 'InconsistentQuantities',
        BATCH.format('r', 'x', '<Path>/a</Path>'): 'MalformedXML',
        BATCH.format('r', 0, ''): 'InvalidArgument',
        BATCH.format('', 1, '<Path>/a</Path>'): 'InvalidArgument',
        BATCH.format('r', 1, '<Other>/a</Other>'): 'MalformedXML',
        '<!DOCTYPE a>' + BATCH.format('r', 1, '<Path>/a</Path>'):
            'MalformedXML',
    }
    for body, code in bodies.items():
        status, text = post(server, body)
        assert status == 400 and f'<Code>{code}</Code>' in text, \
            (body, status, text)
    assert post(server, BATCH.format('r', 1, '<Path>/a</Path>'))[0] == 201


def test_signatures(server):
    body = BATCH.format('r', 1, '<Path>/a</Path>')
    assert refused(create, client(server, secret_key='wrong'), 'E1', 'r',
                   '/a')[:2] == (403, 'SignatureDoesNotMatch')
    assert refused(create, client(server, access_key='AKIDOTHER'), 'E1',
                   'r', '/a')[:2] == (403, 'InvalidClientTokenId')
    assert refused(create, client(server, token='stale'), 'E1', 'r',
                   '/a')[:2] == (403, 'InvalidClientTokenId')
    for late, word in ((400, 'expired'), (-400, 'not yet current')):
        status, text = post(server, body, late=late)
        assert status == 403 and f'Signature {word}' in text, text
    assert 'IncompleteSignature' in post(server, body,
                                         drop=['X-Amz-Date'])[1]
    assert 'MissingAuthenticationToken' in post(
        server, body, drop=['Authorization'])[1]
    assert not server.created()
    assert all(one['signature'] not in ('ok', '') for one in server.log())
    assert post(server, body, late=200)[0] == 201
    with Server('token.log', '--session-token', 'tok') as server:
        create(client(server, token='tok'), 'E1', 'r', '/a')
        assert refused(create, client(server), 'E1', 'r', '/a')[1] == \
            'InvalidClientTokenId'


def test_skewed_clock(server):
    body = BATCH.format('r', 1, '<Path>/a</Path>')
    status, text = post(server, body, 'EFAULTSKEW')
    assert status == 403 and 'RequestTimeTooSkewed' in text
    assert post(server, body, 'EFAULTSKEW', late=-3600)[0] == 201


def test_quotas(server):
    cf = client(server)
    assert refused(create, cf, 'E1', 'w', *[f'/{i}*' for i in range(16)]) \
        == (400, 'TooManyInvalidationsInProgress', 'Processing your '
            'request will cause you to exceed the maximum number of '
            'in-progress wildcard invalidations.')
    assert refused(create, cf, 'E1', 'p', *[f'/{i}' for i in range(3001)]) \
        == (400, 'TooManyInvalidationsInProgress', 'Processing your '
            'request will cause you to exceed the maximum number of '
            'in-progress invalidations.')
    create(cf, 'E1', 'both', *[f'/{i}*' for i in range(15)],
           *[f'/{i}' for i in range(3000)])
    create(cf, 'E1', 'more', *[f'/{i}*' for i in range(15)])
    first = create(cf, 'EQUOTA', 'w', *[f'/{i}*' for i in range(15)])
    assert refused(create, cf, 'EQUOTA', 'x', '/a*')[1] == \
        'TooManyInvalidationsInProgress'
    create(cf, 'EQUOTA', 'y', '/a')
    for _ in range(2):
        cf.get_invalidation(DistributionId='EQUOTA',
                            Id=first['Invalidation']['Id'])
    create(cf, 'EQUOTA', 'x', '/a*')
    quick = create(cf, 'EQUICK', 'r', '/a')['Invalidation']
    assert quick['Status'] == 'Completed'


def test_refusing_faults(server):
    """Refusals, how often each comes, and that nothing is recorded."""
    faults = {'ETHROTTLE': (2, 'Throttling'), 'E503': (1, 'ServiceUnavailable'),
              'ETOOMANY': (2, 'TooManyInvalidationsInProgress'),
              'EDENIED3': (3, 'AccessDenied'), 'E5034': (4, 'ServiceUnavailable'),
              'ENOSUCH1': (1, 'NoSuchDistribution')}
    cf = client(server)
    for distribution, (count, code) in faults.items():
        for _ in range(count):
            assert refused(create, cf, distribution, 'r', '/a')[1] == code
        assert not server.created(distribution)
        create(cf, distribution, 'r', '/a')
        assert len(server.created(distribution)) == 1
    for distribution, code in (('EDOWN-2', 'ServiceUnavailable'),
                               ('EDENIED-a', 'AccessDenied'),
                               ('ETHROTTLEALWAYS', 'Throttling'),
                               ('EEXPIRED', 'ExpiredToken')):
        for _ in range(5):
            assert refused(create, cf, distribution, 'r', '/a')[1] == code
        assert not server.created(distribution)


def test_lost_answers(server):
    """The first answer is lost, the invalidation isn't: one was made."""
    lost = (botocore.exceptions.HTTPClientError,
            botocore.exceptions.ClientError,
            botocore.parsers.ResponseParserError)
    cf = client(server)
    for distribution in ('ERESET', 'ECUT', 'EGARBAGE', 'E500AFTER', 'ESLOW'):
        for _ in range(1):
            try:
                create(cf, distribution, 'r', '/a')
            except lost:
                continue
            raise AssertionError(f'{distribution} answered')
        assert len(server.created(distribution)) == 1, distribution
        create(cf, distribution, 'r', '/a')
        assert len(server.created(distribution)) == 1, distribution
    try:
        create(cf, 'ERESETEARLY', 'r', '/a')
        raise AssertionError('ERESETEARLY answered')
    except lost:
        assert not server.created('ERESETEARLY')
    create(cf, 'ERESETEARLY', 'r', '/a')
    statuses = [one['status'] for one in server.log()
                if one['status'] not in (201, 500)]
    assert statuses == ['reset', 'cut', 'stall', 'reset'], statuses


def test_old_and_used_references(server):
    cf = client(server)
    create(cf, 'EOLD', 'r1', '/a')
    old = create(cf, 'EOLD', 'r2', '/a')['Invalidation']
    assert old['CreateTime'].year == 2001 and old['Status'] == 'Completed'
    assert create(cf, 'EOLD', 'r3', '/a')['Invalidation'] \
        ['CreateTime'].year > 2001
    assert len(server.created('EOLD')) == 2
    assert refused(create, cf, 'EUSED', 'r', '/a')[1] == \
        'InvalidationBatchAlreadyExists'
    assert len(server.created('EUSED')) == 1
    assert refused(create, cf, 'EWIREUSEDOTHER', 'r', '/a')[1:] == \
        refused(create, cf, 'EWIREUSEDOTHER', 'r', '/a')[1:]
    create(cf, 'EWIREUSEDOTHER', 'r2', '/a')
