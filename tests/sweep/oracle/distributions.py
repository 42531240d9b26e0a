"""Random distributions: a short description of each, which shrinks well, and
what GetDistribution and GetCachePolicy answer for it.

A description is {'root', 'behaviors': [{'pattern', 'target', 'policy', ...}],
'path', 'errors': [[code, page, response, ttl]], 'deployed', ...}; the last
behaviour is the default, with the pattern None.
"""
import copy
import json

from edge_model.configuration import MANAGED
from support import ROOT

ID = 'EWORLD'
BASE = ROOT / 'tests/distributions/s3-rest.json'
BUCKET = 'world'
HOSTS = {'s3': f'{BUCKET}.s3.eu-west-1.amazonaws.com',
         'website': f'{BUCKET}.s3-website.eu-central-1.amazonaws.com',
         'other': 'api.example.com'}
OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6'
UNCOMPRESSED = 'b2884449-e4de-46a7-ac36-70bc7f1ddd6d'
DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'
OWN = '0a0a0a0a-0000-4000-8000-{:012d}'
# (min, default, max), (query strings, names), (gzip, brotli)
POLICIES = [
    ((0, 3600, 86400), ('none', ()), (True, True)),
    ((0, 3600, 86400), ('all', ()), (True, True)),
    ((0, 3600, 86400), ('whitelist', ('q',)), (True, False)),
    ((0, 3600, 86400), ('allExcept', ('q',)), (False, True)),
    ((0, 0, 0), ('all', ()), (False, False)),
    ((0, 0, 86400), ('none', ()), (True, True)),
    ((300, 300, 300), ('none', ()), (True, True)),
    ((0, 0, 31536000), ('whitelist', ('q', 'x')), (True, True)),
    ((60, 86400, 31536000), ('none', ()), (False, False)),
]
# Forwarded values, as distributions had them before there were policies.
LEGACY = [((0, 86400, 31536000), False, ()), ((0, 86400, 31536000), True, ()),
          ((0, 0, 0), False, ()), ((5, 10, 600), True, ('q',))]
IDS = [OWN.format(number) for number in range(len(POLICIES))]
FUNCTIONS = ('index-of-folder', 'index-of-path', 'headers')
PATTERNS = ('/a/*', 'a/*', 'api/*', '*.html', '/a/index.html', '/?', '/b*', '/a*',
            '/', '*/index.html', '*/x', '/assets/*', '/*/x', '*.css', 'docs/*',
            '/docs/a/*', '/index.html', '*', '/a', '/caf?*', '*é*', '/a%20b*',
            '/a b*', '*e\u0301*')


# ------------------------------------------------------------- descriptions

def draw_behavior(random, pattern):
    target = random.choices(('s3', 'website', 'other', 'group'),
                            (6, 4, 2 if pattern else 1, 1))[0]
    kind = random.choices(('managed', 'own', 'legacy'), (4, 5, 2))[0]
    one = {'pattern': pattern, 'target': target}
    if kind == 'managed':
        one['policy'] = random.choices((OPTIMIZED, UNCOMPRESSED, DISABLED),
                                       (6, 2, 1))[0]
    elif kind == 'own':
        one['policy'] = random.choice(IDS)
    else:
        one['legacy'] = random.randrange(len(LEGACY))
    if random.random() < .2:
        one['function'] = [random.choice(FUNCTIONS), random.choice(
            ('viewer-request', 'viewer-request', 'origin-request'))]
    if random.random() < .05:
        one['signed'] = True
    return one


def draw(random, pages):
    """A random description; pages are keys that error pages may have."""
    patterns = random.sample(PATTERNS, random.choice((0, 0, 0, 1, 1, 2, 3)))
    out = {'root': random.choice(('', 'index.html', 'index.html',
                                  random.choice(pages))),
           'behaviors': [draw_behavior(random, pattern)
                         for pattern in [*patterns, None]],
           'path': random.choice(('', '', '', '/site', '/v 1')),
           'errors': [], 'deployed': random.random() < .9,
           'unreadable': [], 'group': random.sample(('s3', 'website'), 2)}
    for code in random.sample((403, 404), random.choice((0, 0, 1, 2))):
        page = random.choice(('', *('/' + page for page in pages)))
        out['errors'].append([code, page, random.choice((200, code)),
                              random.choice((0, 0, 10, 60, 61, 300))])
    if random.random() < .08:
        out['unreadable'] = random.sample(IDS, 4)
    return out


# ------------------------------------------------------------- GetDistribution

def listed(things):
    return {'Quantity': len(things), **({'Items': things} if things else {})}


def origin(name, host, path):
    base = template()['DistributionConfig']['Origins']['Items'][0]
    one = {**base, 'Id': name, 'DomainName': host, 'OriginPath': path}
    if name != 's3':
        del one['S3OriginConfig']
        one['CustomOriginConfig'] = {
            'HTTPPort': 80, 'HTTPSPort': 443,
            'OriginProtocolPolicy': 'http-only',
            'OriginSslProtocols': listed(['TLSv1.2']),
            'OriginReadTimeout': 30, 'OriginKeepaliveTimeout': 5}
    return one


def behavior(one):
    base = template()['DistributionConfig']['DefaultCacheBehavior']
    out = {'PathPattern': one['pattern']} if one['pattern'] else {}
    out.update(base, TargetOriginId=one['target'])
    out.pop('CachePolicyId', None)
    if one.get('signed'):
        out['TrustedKeyGroups'] = {'Enabled': True, **listed(['key-group'])}
    if one.get('function'):
        name, event = one['function']
        if event == 'viewer-request':
            out['FunctionAssociations'] = listed([{
                'FunctionARN': 'arn:aws:cloudfront::123456789012:function/'
                + name, 'EventType': event}])
        else:
            out['LambdaFunctionAssociations'] = listed([{
                'LambdaFunctionARN': 'arn:aws:lambda:us-east-1:123456789012:'
                f'function:{name}:3', 'EventType': event,
                'IncludeBody': False}])
    if 'policy' in one:
        out['CachePolicyId'] = one['policy']
        return out
    times, query, names = LEGACY[one['legacy']]
    out['ForwardedValues'] = {
        'QueryString': query, 'Cookies': {'Forward': 'none'},
        'Headers': listed([]), 'QueryStringCacheKeys': listed(list(names))}
    out.update(zip(('MinTTL', 'DefaultTTL', 'MaxTTL'), times))
    return out


def policy_config(name, times, query_strings, encodings):
    (least, default, most), (query, names) = times, query_strings
    gzip, brotli = encodings
    strings = {'QueryStringBehavior': query}
    if names:
        strings['QueryStrings'] = listed(list(names))
    return {'Comment': '', 'Name': name, 'DefaultTTL': default,
            'MaxTTL': most, 'MinTTL': least,
            'ParametersInCacheKeyAndForwardedToOrigin': {
                'EnableAcceptEncodingGzip': gzip,
                'EnableAcceptEncodingBrotli': brotli,
                'HeadersConfig': {'HeaderBehavior': 'none'},
                'CookiesConfig': {'CookieBehavior': 'none'},
                'QueryStringsConfig': strings}}


CONFIGS = {
    **{name: policy_config(name, *POLICIES[number])
       for number, name in enumerate(IDS)},
    **{name: policy_config('Managed', times, (query, ()), encodings)
       for name, (*times, query, gzip, brotli) in MANAGED.items()
       for encodings in [(gzip, brotli)]}}
TEMPLATE = []


def template():
    if not TEMPLATE:
        TEMPLATE.append(json.loads(BASE.read_text('utf-8'))['Distribution'])
    return TEMPLATE[0]


def distribution(described, number=0):
    """As GetDistribution returns it; the number tells changes apart."""
    out = {**template(), 'Id': ID, 'LastModifiedTime':
           f'2026-10-01T08:00:{number:02d}.123000Z',
           'Status': 'Deployed' if described['deployed'] else 'InProgress'}
    config = out['DistributionConfig'] = copy.copy(out['DistributionConfig'])
    config['DefaultRootObject'] = described['root']
    config['Origins'] = listed([
        origin(name, host, described['path'] if name != 'other' else '')
        for name, host in HOSTS.items()])
    config['OriginGroups'] = listed([{
        'Id': 'group', 'FailoverCriteria': {
            'StatusCodes': listed([403, 404, 500])},
        'Members': listed([{'OriginId': name}
                           for name in described['group']])}])
    *others, default = map(behavior, described['behaviors'])
    config['DefaultCacheBehavior'] = default
    config['CacheBehaviors'] = listed(others)
    config['CustomErrorResponses'] = listed([{
        'ErrorCode': code, 'ResponsePagePath': page,
        'ResponseCode': str(response) if page else '',
        'ErrorCachingMinTTL': ttl}
        for code, page, response, ttl in described['errors']])
    return {'ETag': f'ETAG{number}', 'Distribution': out}
