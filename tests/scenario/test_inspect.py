"""edgediff inspect: what it reads, what follows, and what it keeps to itself."""
import copy
import json
import pathlib
import re
import sys

import pytest

from support import ROOT, Server, run, schemas

sys.path.insert(0, str(ROOT / 'tests'))
import configurations  # noqa: E402

S3 = ", S3's REST endpoint, which has no index documents, and no function " \
     'changes that'
ROOT_OBJECT = ('note', '/ is one of the URLs of /index.html: '
               'DefaultRootObject is index.html')
OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6'


def index(bucket, urls='file', of='the default behaviour', why=S3,
          domain='.s3.eu-west-1.amazonaws.com'):
    return ('note', f'--index-urls {urls} for {of}: its origin is '
            f'{bucket}-site{domain}{why}')


def foreign(text):
    return ('note', f'{text}: it goes to another origin than the build, '
            'api.example.net')


def fallback(page, code):
    return ('warning', f'URLs that no build has keep an old /{page} as long as '
            f'its own max-age says, unless --fallback {page} covers them: it '
            f'replaces error {code}, and ErrorCachingMinTTL is 0')


SAID = {
    'S3REST': [index('rest'), ROOT_OBJECT],
    'WEBSITE': [
        index('website', 'file,slash', domain='.s3-website.eu-central-1.'
              'amazonaws.com', why=', a website endpoint, which has an index '
              'document in every folder'),
        ('note', "/ is a URL of its folder's index document, like that of any "
         'folder: there is no DefaultRootObject')],
    'TWOORIGINS': [
        foreign('a wildcard that meets /api/live/* costs nothing more, as '
                'nothing there is cached'),
        foreign('a wildcard that meets /api/* costs more, since it also '
                'invalidates what is there'),
        foreign('any wildcard may also invalidate URLs of *.cgi'),
        index('two'), ROOT_OBJECT],
    'QUERYSTRINGS': [
        index('query', of='/search/*'), index('query'), ROOT_OBJECT,
        ('note', 'only wildcards cover the URLs of /search/*: its keys have '
         'query strings (cache policy search)')],
    'SPA': [index('spa'), ROOT_OBJECT, fallback('index.html', 403),
            fallback('index.html', 404)],
    'SPA300': [
        index('spa-300'), ROOT_OBJECT,
        ('note', 'a stale /index.html has everything below the prefix '
         'invalidated, as URLs that no build has keep the old page: it '
         'replaces error 403, and ErrorCachingMinTTL is 300'),
        fallback('404.html', 404)],
    'FUNCTION': [
        ('note', 'nothing is narrowed, as URLs of the default behaviour may be '
         'rewritten before the cache is looked up: arn:aws:cloudfront::'
         '123456789012:function/index-of-folder runs at viewer-request'),
        index('function', 'file,slash,bare', why=', and a function may change '
              'requests to it'), ROOT_OBJECT],
    'STAGING': [
        ('warning', 'staging distribution d0000000000009.cloudfront.net shares '
         'no cache with it, and needs an invalidation of its own, from a '
         'section of edgediff.conf: its continuous deployment policy is on, '
         'so that some viewers get that one'),
        index('staging'), ROOT_OBJECT],
    'STAGINGTWIN': [
        ('warning', 'its primary distribution shares no cache with it, and '
         'needs an invalidation of its own: Staging is true'),
        index('staging'), ROOT_OBJECT],
    'TENANTONLY': [
        ('error', 'it cannot be invalidated as a whole, only each of its '
         'tenants, with edgediff create-invalidation-for-distribution-tenant: '
         'ConnectionMode is tenant-only'),
        index('tenant', 'file,slash', why=", S3's REST endpoint, but the "
              'configuration is in doubt'), ROOT_OBJECT],
}


def inspect(server, name, *more, **how):
    return run(['inspect', '--distribution-id', name, '--endpoint-url',
                server.url, *more], **how)


def conclusions(result):
    """(level, text) of each line of a conclusion."""
    return [(line.split()[0], line[14:]) for line in result.out.splitlines()
            if line.split()[0] in ('note', 'warning', 'error')]


@pytest.mark.parametrize('name', SAID)
def test_what_is_said(server, name):
    result = inspect(server, f'E1-{name}').expect(0)
    assert conclusions(result) == SAID[name]
    assert result.err == ''
    made = inspect(server, f'E1-{name}', '--output', 'json').expect(0).json()
    assert [(one['level'], f'{one["text"]}: {one["reason"]}')
            for one in made['conclusions']] == SAID[name]
    assert f'digest        {made["digest"]}\n' in result.out


def rules(server, name, *more):
    made = inspect(server, name, '--output', 'json', *more).expect(0).json()
    return {one['path_pattern']: one for one in made['behaviors']}


def test_rules_for_programs(server):
    two = rules(server, 'E1-TWOORIGINS')
    assert [(pattern, one['of_build'], one['cached'])
            for pattern, one in two.items()] == [
        ('/api/live/*', False, False), ('/api/*', False, True),
        ('*.cgi', False, True), (None, True, True)]
    assert two[None]['index_urls'] == ['file']
    query = rules(server, 'E1-QUERYSTRINGS')
    assert query['/search/*']['query_strings']
    assert not query[None]['query_strings']
    # the build may be what goes to the other origin
    api = rules(server, 'E1-TWOORIGINS', '--prefix', '/api/')
    assert api['/api/*']['of_build'] and not api[None]['of_build']


def test_find(server):
    for option, wanted in ((['--alias', 'SPA.example.com'], 'E1-SPA'),
                           (['--alias', 'd0000000000002.cloudfront.net'],
                            'E1-WEBSITE'),
                           (['--alias', 'www.legacy.example.com'], 'E1-LEGACY'),
                           (['--bucket', 'website-site'], 'E1-WEBSITE'),
                           # the primary is meant, not its staging twin
                           (['--bucket', 'staging-site'], 'E1-STAGING')):
        result = run(['inspect', *option, '--endpoint-url', server.url])
        assert f'distribution  {wanted}\n' in result.expect(0).out
    for option, word in ((['--alias', 'a.example.com'], 'serves'),
                         (['--bucket', 'site'], 'has an origin in bucket'),
                         (['--bucket', 'legacy-site.s3.amazonaws.com'],
                          'has an origin in bucket')):
        run(['inspect', *option, '--endpoint-url', server.url]).expect(
            1, f'no distribution of this account {word} {option[1]}')


def describe(folder, **described):
    """A folder with these distributions, the policies, and no others."""
    folder.mkdir()
    for name, one in described.items():
        (folder / f'{name}.json').write_text(json.dumps(one))
    policies = (configurations.FOLDER / 'policies.json').read_text()
    (folder / 'policies.json').write_text(policies)
    return Server(f'{folder.name}.log', '--distributions', str(folder))


def changed(name, **config):
    """A described distribution, with another configuration."""
    one = copy.deepcopy(json.loads(
        (configurations.FOLDER / f'{name}.json').read_text()))
    one['Distribution']['DistributionConfig'].update(config)
    return one


def test_find_several(tmp_path):
    """Over two pages, and more than one that fits."""
    many = {}
    for i in range(150):
        one = changed('s3-rest', Aliases={'Quantity': 1, 'Items': [
            f'{i}.example.com']})
        one['Distribution']['Id'] = f'E{i:04d}'
        many[f'd{i:04d}'] = one
    with describe(tmp_path / 'many', **many) as server:
        run(['inspect', '--alias', '149.example.com', '--endpoint-url',
             server.url]).expect(0)
        assert [e['query'] for e in server.log()][:2] == ['', 'Marker=E0099']
        run(['inspect', '--bucket', 'rest-site', '--endpoint-url',
             server.url]).expect(
            1, '150 distributions have an origin in bucket rest-site: E0000, '
            'E0001', '...: choose one with --distribution-id')


def test_options(server):
    run(['inspect']).expect(2, 'give --distribution-id, --alias, --bucket')
    run(['inspect', '--alias', 'a', '--bucket', 'b']).expect(
        2, 'give only one')
    run(['inspect', '--distribution-id', 'a/b']).expect(2)
    run(['inspect', '--alias', 'a', '--prefix', 'docs']).expect(
        2, '--prefix')
    pathlib.Path('edgediff.conf').write_text(
        '[www]\ndistribution-id = E1-SPA\n'
        f'endpoint-url = {server.url}\n')
    run(['inspect', '--distribution', 'www']).expect(0)
    assert server.log()[0]['distribution'] == 'E1-SPA'


def test_origin_path(server):
    def said(prefix):
        return [text for _, text in conclusions(
            inspect(server, 'E1-LEGACY', '--prefix', prefix).expect(0))
            if 'OriginPath of legacy' in text]
    reason = 'OriginPath of legacy-site.s3.eu-west-1.amazonaws.com is /public'
    assert said('/') == ['keys in the bucket begin with public/, which is part '
                         f'of no URL and no prefix: {reason}']
    assert said('/public/') == ['--prefix /public/ looks wrong: viewers do not '
                                f'see this part of a key: {reason}']


# ------------------------------------------------------------- what is in doubt

def behavior(name, **more):
    config = changed(name)['Distribution']['DistributionConfig']
    return {**config['DefaultCacheBehavior'], **more}


def functions(*pairs):
    return {'Quantity': len(pairs), 'Items': [
        {'FunctionARN': arn, 'EventType': event} for arn, event in pairs]}


DOUBTS = {
    'status': ({}, 'Status is InProgress'),
    'mode': ({'ConnectionMode': 'by-carrier-pigeon'}, 'ConnectionMode'),
    'event': ({'DefaultCacheBehavior': behavior(
        's3-rest', FunctionAssociations=functions(('f', 'viewer-guess')))},
        'f runs at an event that edgediff does not know'),
    'policy': ({'DefaultCacheBehavior': behavior(
        's3-rest', CachePolicyId='0a0a0a0a-0000-4000-8000-000000000009')},
        'cache policy 0a0a0a0a-0000-4000-8000-000000000009 could not be read'),
    'origin': ({'DefaultCacheBehavior': behavior(
        's3-rest', TargetOriginId='another')}, 'the group another'),
}


@pytest.mark.parametrize('doubt', DOUBTS)
def test_doubts_widen(doubt, tmp_path):
    """What is not known is never a reason for a smaller plan."""
    config, word = DOUBTS[doubt]
    one = changed('s3-rest', **config)
    if doubt == 'status':
        one['Distribution']['Status'] = 'InProgress'
    with describe(tmp_path / 'doubt', one=one) as server:
        made = inspect(server, 'E1-S3REST', '--output', 'json').expect(0)
    assert word in made.out
    default, = made.json()['behaviors']
    assert 'slash' in default['index_urls'] and default['cached']
    if doubt != 'origin':
        assert not made.json()['complete']
    assert default['query_strings'] == (doubt == 'policy')


@pytest.mark.parametrize('policy', [
    OPTIMIZED, '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'])
def test_managed_policies_are_known(policy, tmp_path):
    """Without the permission, what AWS documents is as good."""
    one = changed('s3-rest', DefaultCacheBehavior=behavior(
        's3-rest', CachePolicyId=policy))
    with describe(tmp_path / 'managed', one=one) as server:
        read = inspect(server, 'E1-S3REST', '--output', 'json').expect(0)
        server.more = [*server.more, '--fault', 'GetCachePolicy=DENIED']
    with Server('denied.log', *server.more) as server:
        assumed = inspect(server, 'E1-S3REST', '--output', 'json').expect(
            0, 'the credentials lack cloudfront:GetCachePolicy on cache policy '
            f'{policy}; what AWS documents about this policy is taken for it')
    read, assumed = read.json(), assumed.json()
    assert read['behaviors'] == assumed['behaviors']
    assert read['complete'] and assumed['complete']
    assert read['digest'] != assumed['digest']


def test_uncached(tmp_path):
    """Only where no error is kept, and nothing rewrites URLs to it."""
    off = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'
    plain = changed('s3-rest', DefaultCacheBehavior=behavior(
        's3-rest', CachePolicyId=off))
    errors = copy.deepcopy(plain)
    errors['Distribution']['DistributionConfig']['CustomErrorResponses'] = {
        'Quantity': 1, 'Items': [{'ErrorCode': 404, 'ResponsePagePath': '',
                                  'ResponseCode': '',
                                  'ErrorCachingMinTTL': 61}]}
    function = changed('s3-rest', DefaultCacheBehavior=behavior(
        's3-rest', CachePolicyId=off, FunctionAssociations=functions(
            ('f', 'viewer-request'))))
    for kind, one, cached in (('plain', plain, False), ('errors', errors, True),
                              ('function', function, True)):
        with describe(tmp_path / kind, one=one) as server:
            made = inspect(server, 'E1-S3REST', '--output', 'json').expect(0)
        assert made.json()['behaviors'][0]['cached'] == cached, kind
        codes = [one['code'] for one in made.json()['conclusions']]
        assert ('uncached' in codes) == (not cached)
        assert ('error-ttl' in codes) == (kind == 'errors')


def test_a_function_may_rewrite_to_other_keys(tmp_path):
    """Query strings of one behaviour's keys may then be those of any other."""
    plain = changed('query-strings')
    config = plain['Distribution']['DistributionConfig']
    config['CacheBehaviors']['Items'][0]['FunctionAssociations'] = functions(
        ('f', 'viewer-request'))
    with describe(tmp_path / 'rewrite', one=plain) as server:
        made = rules(server, 'E1-QUERYSTRINGS')
    assert made[None]['query_strings'] and made['/search/*']['query_strings']
    assert made[None]['index_urls'] == ['file', 'slash']
    assert made['/search/*']['index_urls'] == ['file', 'slash', 'bare']


def test_digest_changes_with_what_was_read(server, tmp_path):
    digests = set()
    for what in ('nothing', 'etag', 'time', 'policy'):
        one = changed('s3-rest')
        if what == 'etag':
            one['ETag'] = 'ANOTHER'
        if what == 'time':
            one['Distribution']['LastModifiedTime'] = '2026-12-01T00:00:00Z'
        with describe(tmp_path / what, one=one) as changed_server:
            if what == 'policy':
                path = tmp_path / what / 'policies.json'
                path.write_text(path.read_text().replace(
                    '"EPOLICY658327"', '"EPOLICY0"'))
            digests.add(inspect(changed_server, 'E1-S3REST', '--output',
                                'json').json()['digest'])
    assert len(digests) == 4
    assert inspect(server, 'E1-S3REST', '--output', 'json').json()['digest'] \
        in digests


# ------------------------------------------------------------- faults

@pytest.mark.parametrize('name, words', [
    ('EDENIED-S3REST', ['lack cloudfront:GetDistribution on distribution '
                        'EDENIED-S3REST']),
    ('ENOSUCH', ['has no distribution ENOSUCH', '--profile']),
    ('E503ALWAYS-S3REST', ['ServiceUnavailable', 'attempt']),
    ('ERESETALWAYS-S3REST', ['GetDistribution']),
    ('ECUTALWAYS-S3REST', ['GetDistribution']),
    ('EGARBAGEALWAYS-S3REST', ['not well-formed XML']),
])
def test_unreadable(server, name, words):
    result = inspect(server, name, env={'AWS_MAX_ATTEMPTS': '2'})
    assert result.expect(1, *words).out == ''


@pytest.mark.parametrize('name', ['E503-S3REST', 'ERESET-S3REST',
                                  'ECUT-S3REST', 'EGARBAGE-S3REST',
                                  'ETHROTTLE-S3REST', 'E500AFTER-S3REST',
                                  'EFAULTSKEW-S3REST'])
def test_passing_faults(server, name):
    assert conclusions(inspect(server, name).expect(0)) == SAID['S3REST']


@pytest.mark.parametrize('fault', ['DENIED', '503ALWAYS', 'GARBAGEALWAYS',
                                   'RESETALWAYS', 'CUTALWAYS'])
def test_policies_unreadable(fault):
    """One note for all cache policies, however many there are."""
    with Server('log', '--fault', f'GetCachePolicy={fault}', '--fault',
                f'GetContinuousDeploymentPolicy={fault}') as server:
        result = inspect(server, 'E1-TWOORIGINS',
                         env={'AWS_MAX_ATTEMPTS': '1'}).expect(0)
        assert result.err.count('warning:') == 1
        assert 'its URLs are taken as cached, with any query string' in \
            result.err or 'what AWS documents' in result.err
        asked = [e['path'] for e in server.log()
                 if e['operation'] == 'GetCachePolicy']
        assert len(asked) == 1
        staging = inspect(server, 'E1-STAGING',
                          env={'AWS_MAX_ATTEMPTS': '1'}).expect(0)
        assert 'there may be a staging distribution' in staging.err
        assert ('warning', 'if a staging distribution gets some of the '
                'viewers, it needs an invalidation of its own: continuous '
                'deployment policy 0c0c0c0c-0000-4000-8000-000000000001 could '
                'not be read') in conclusions(staging)


def test_policy_that_is_gone_is_passed_over():
    """The others are still asked for."""
    api = '0a0a0a0a-0000-4000-8000-000000000001'
    with Server('log', '--fault', f'GetCachePolicy/{api}=NOSUCH') as server:
        inspect(server, 'E1-TWOORIGINS').expect(0, api)
        assert [e['status'] for e in server.log()
                if e['operation'] == 'GetCachePolicy'] == [404, 200, 200]


# ------------------------------------------------------------- hostile answers

def document(**config):
    one = changed('s3-rest', **config)
    return configurations.document(
        'Distribution', one['Distribution'],
        'http://cloudfront.amazonaws.com/doc/2020-05-31/')


def many(name, item, count):
    return (f'<{name}><Quantity>{count}</Quantity><Items>{item * count}'
            f'</Items></{name}>')


WHOLE = document()
SECRET = 'secret-of-the-origin-'
HOSTILE = {
    'EMPTY': ('<Distribution/>', 'DistributionConfig'),
    'OTHER': (WHOLE.replace('<Id>E1-S3REST', '<Id>E2'), 'another'),
    'NOBEHAVIOR': (re.sub('<DefaultCacheBehavior>.*</DefaultCacheBehavior>', '',
                          WHOLE), 'DefaultCacheBehavior'),
    'NOTARGET': (WHOLE.replace('<TargetOriginId>site</TargetOriginId>', ''),
                 'TargetOriginId'),
    'QUANTITY': (WHOLE.replace('<Aliases><Quantity>1', '<Aliases><Quantity>2'),
                 'Quantity'),
    'NOQUANTITY': (WHOLE.replace('<Aliases><Quantity>1</Quantity>',
                                 '<Aliases>'), 'Quantity'),
    'BOOL': (WHOLE.replace('<Staging>false', '<Staging>maybe'), 'Staging'),
    'NUMBER': (WHOLE.replace('<CustomErrorResponses><Quantity>0</Quantity>',
                             '<CustomErrorResponses><Quantity>-1</Quantity>'),
               'Quantity'),
    'ALIASES': (re.sub('<Aliases>.*</Aliases>', many(
        'Aliases', '<CNAME>a</CNAME>', 10001), WHOLE), 'more than 10000'),
    'PATTERN': (re.sub('<CacheBehaviors>.*?</CacheBehaviors>', many(
        'CacheBehaviors', '<CacheBehavior><PathPattern>' + 'a' * 256 +
        '</PathPattern><TargetOriginId>site</TargetOriginId></CacheBehavior>',
        1), WHOLE), 'PathPattern'),
    'BEHAVIORS': (re.sub('<CacheBehaviors>.*?</CacheBehaviors>', many(
        'CacheBehaviors', '<CacheBehavior/>', 1001), WHOLE), 'more than 1000'),
    'LONG': (WHOLE.replace('<OriginPath>', '<OriginPath>/' + 'a' * 5000),
             'OriginPath'),
    'DTD': ('<!DOCTYPE a [<!ENTITY b "c">]>' + WHOLE.partition('\n')[2],
            'DTD'),
    'ENTITY': (WHOLE.replace(SECRET + '1', '&' + SECRET + '1;'),
               'not well-formed XML'),
    'TAG': (WHOLE.replace(SECRET + '1', '<' + SECRET), 'not well-formed XML'),
    'DEEP': ('<a>' * 100000, 'not well-formed XML'),
}


@pytest.mark.parametrize('name', HOSTILE)
def test_hostile(name, tmp_path):
    text, word = HOSTILE[name]
    folder = tmp_path / 'raw'
    folder.mkdir()
    (folder / 'E1-S3REST.xml').write_text(text)
    with Server('log', '--distributions', str(folder)) as server:
        result = inspect(server, 'E1-S3REST', '--verbose',
                         env={'AWS_MAX_ATTEMPTS': '1'})
    result.expect(1, word)
    assert result.out == ''
    assert SECRET not in result.err


# ------------------------------------------------------------- secrets, snapshots

@pytest.mark.parametrize('name', [
    one['Distribution']['Id'] for one in
    configurations.Configurations().distributions.values()])
def test_no_secret_is_shown_or_kept(server, name, folder):
    """Whatever a configuration holds of secrets: nowhere."""
    secrets = re.findall(r'"(?:HeaderValue|Value)": "([^"]+)"', ''.join(
        path.read_text() for path in configurations.FOLDER.glob('*.json')))
    assert len(secrets) > 4
    for more in (['--verbose'], ['--verbose', '--output', 'json']):
        inspect(server, name, *more, '--save', 'saved.json').expect(0)
    shown = [path.read_bytes() for path in folder.rglob('*')
             if path.is_file() and not path.name.endswith('.log')]
    for result in (inspect(server, name, '--verbose'),
                   inspect(server, name, '--verbose', '--output', 'json')):
        shown += [result.stdout, result.stderr]
    assert pathlib.Path('saved.json').read_bytes() in shown
    for secret in ['secret-of', *secrets]:
        assert not any(secret.encode() in text for text in shown), secret


@pytest.mark.parametrize('name', ['E1-S3REST', 'E1-STAGING', 'E1-LEGACY',
                                  'E1-TWOORIGINS', 'E1-SPA300'])
def test_save(server, name):
    inspect(server, name, '--save', 'saved.json').expect(0)
    text = pathlib.Path('saved.json').read_bytes()
    schemas.check('reading', text)
    inspect(server, name, '--save', 'saved.json').expect(0)
    assert pathlib.Path('saved.json').read_bytes() == text
    inspect(server, name, '--save', 'no/folder.json').expect(1, '--save')
