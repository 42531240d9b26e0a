"""What a distribution's configuration means for the plan of a deployment."""
import json
import pathlib
import re
import shutil

import pytest

from support import ROOT, Server, run, tree
from support.servers import Loopback

DESCRIBED = ROOT / 'tests/distributions'
STAGING_SAID = (r'from a section of edgediff\.conf( \(--distribution (\w+)\))?: '
                'its continuous')
OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6'
BUILD = {'index.html': '1', 'a/index.html': '1', 'a/x.css': '1',
         'apis.html': '1', 'search/x': '1', '404.html': '1', 'keep': '1'}


def deploy(server, build, name, *more, dry=False):
    pathlib.Path('site').mkdir(exist_ok=True)
    shutil.rmtree('site')
    tree('site', build)
    return run(['invalidate', 'site', '--distribution-id', name,
                '--endpoint-url', server.url,
                *(['--dry-run'] if dry else ['--output', 'json']), *more])


def items(result):
    made = result.expect(0).json()
    return made.get('plan', made.get('InvalidationBatch', {}).get('Paths'))[
        'items' if 'plan' in made else 'Items']


def changed(*keys):
    return {key: '2' if key in keys else text for key, text in BUILD.items()}


def known(name):
    """The line of the baseline."""
    path = pathlib.Path(f'.edgediff/{name}.baseline')
    lines = path.read_bytes().split(b'\n\n')[0].decode().splitlines()
    return next((line for line in lines if line.startswith('site ')), None)


PLANS = {
    # a folder's URL is none of S3's REST endpoint, but / is
    'S3REST': (['index.html', 'a/index.html'],
               ['/', '/a/index.html', '/index.html']),
    'WEBSITE': (['index.html', 'a/index.html'],
                ['/', '/a/', '/a/index.html', '/index.html']),
    'QUERYSTRINGS': (['search/x', 'a/x.css'], ['/a/x.css', '/search/*']),
    'SPA': (['404.html'], ['/404.html']),
    'SPA300': (['index.html'], ['/*']),
    'FUNCTION': (['a/index.html'], ['/a', '/a/', '/a/index.html']),
}


@pytest.mark.parametrize('name', PLANS)
def test_plans(server, name):
    keys, wanted = PLANS[name]
    more = ['--collateral-cost', '2']  # without wildcards that cost little
    deploy(server, BUILD, f'E1-{name}', *more).expect(0)
    assert known(f'E1-{name}')
    result = deploy(server, changed(*keys), f'E1-{name}', *more)
    assert items(result) == wanted, result
    before = len(server.log())
    result = deploy(server, changed(*keys), f'E1-{name}', *more,
                    '--no-history')
    assert result.expect(0).json()['result'] == 'nothing to do'
    assert len(server.log()) == before  # nothing to send, nothing read


@pytest.mark.parametrize('limit', [['--max-wildcards', '0'],
                                   ['--never-widen', '/search/']])
def test_what_no_wildcard_covers_stays_known(server, limit):
    """Entries with query strings are stale until a run may have a wildcard."""
    name = 'E1-QUERYSTRINGS'
    deploy(server, BUILD, name).expect(0)
    build = changed('search/x', 'keep')
    result = deploy(server, build, name, *limit)
    assert items(result) == ['/keep', '/search/x']
    assert 'may stay stale with a query string' in result.err
    result = deploy(server, build, name, *limit)
    assert result.expect(0).json()['result'] == 'nothing to do'
    assert 'what begins with /search/x may still be stale' in result.err
    build['keep'] = '3'
    assert items(deploy(server, build, name, *limit)) == ['/keep']
    assert items(deploy(server, build, name)) == ['/search/*']
    assert deploy(server, build, name).expect(0).json()['result'] == \
        'nothing to do'


def test_a_page_that_no_wildcard_covers(server):
    """What was read never fails a deployment."""
    name = 'E1-SPA300'
    deploy(server, BUILD, name).expect(0)
    result = deploy(server, changed('index.html'), name, '--max-wildcards',
                    '0')
    assert items(result) == ['/', '/index.html']
    assert 'index.html is also an error page' in result.err
    assert items(deploy(server, changed('index.html'), name)) == ['/*']


def report_of(folder, name):
    return (folder / name).read_text()


def test_reports_show_the_distribution(server, folder):
    """What was concluded, and which wildcard meets which other origin."""
    name = 'E1-TWOORIGINS'
    keys = ['a/index.html', 'a/x.css', 'apis.html']
    reports = ['report.json', 'report.md', 'report.html']
    more = ['--foreign-cost', '0', *(f'--report={one}' for one in reports)]
    deploy(server, BUILD, name).expect(0)
    foreign = [{'item': '/a*', 'path_patterns': ['/api/*']}]
    made = deploy(server, changed(*keys), name, *more).expect(0).json()
    assert made['plan']['foreign'] == foreign
    made = json.loads(report_of(folder, 'report.json'))
    assert [(one['path'], one['foreign']) for one in made['plan']['items']] \
        == [('/a*', ['/api/*'])]
    check, = made['checks']
    assert (check['title'], check['verdict']) == ('Distribution', 'passed')
    said = '/ is one of the URLs of /index.html: DefaultRootObject is ' \
        'index.html.'
    assert said in check['text'].splitlines()
    text = report_of(folder, 'report.md')
    assert '**Distribution**: passed' in text and said in text
    assert '`/a*` may also invalidate what caches have of another origin, by ' \
        '`/api/*`\n' in text
    text = report_of(folder, 'report.html')
    assert '["/a*",3,0,"/api/*"]' in text and said in text
    tree('old', BUILD)
    tree('new', changed(*keys))
    made = run(['plan', 'old', 'new', '--output', 'json', '--foreign-cost',
                '0', '--distribution-id', name, '--endpoint-url', server.url,
                '--report=report.json']).expect(0).json()
    assert made['foreign'] == foreign
    assert 'checks' in json.loads(report_of(folder, 'report.json'))


def test_reports_say_where_the_distribution_is_from(server, folder):
    name = 'E1-S3REST'
    def checks(*more, build=BUILD, **how):
        deploy(server, build, name, '--report=report.json', *more,
               **how).expect(0)
        made = json.loads(report_of(folder, 'report.json'))
        return [(one['verdict'], one['text'].splitlines()[0])
                for one in made.get('checks', [])]
    assert checks('--inspect', 'off') == []
    (verdict, text), = checks(build=changed('a/x.css'))
    assert verdict == 'passed' and text.startswith('--index-urls file for')
    assert checks(build=changed('keep'), dry=True) == [
        ('unknown', 'It is taken as it was read for the last deployment.')]
    with Server(None, '--fault', 'GetDistribution=DENIED') as denied:
        server = denied
        assert checks(build=changed('keep')) == [
            ('unknown', 'It was not read, and the options alone say how it '
             'caches.')]


def test_skip_added_wins(server):
    """An error that is kept for long: an option that is given decides."""
    name = 'E1-SPA300'
    deploy(server, BUILD, name).expect(0)
    more = {**changed('keep'), 'new.html': '1'}
    result = deploy(server, more, name, '--skip-added')
    assert items(result) == ['/keep']
    assert '--skip-added leaves 1 URL of added objects' in result.err
    result = deploy(server, {**more, 'keep': '3'}, name, '--skip-added')
    assert items(result) == ['/keep'] and 'leaves' not in result.err
    # without it, what it left is made up for
    assert items(deploy(server, more, name)) == ['/*']


def test_another_origin(server):
    """Without --foreign-cost the wildcard /a* would be the best."""
    keys = ['a/index.html', 'a/x.css', 'apis.html']
    name = 'E1-TWOORIGINS'
    deploy(server, BUILD, name).expect(0)
    assert items(deploy(server, changed(*keys), name, dry=True)) == [
        '/a/*', '/apis.html']
    cheap = deploy(server, changed(*keys), name, '--foreign-cost', '0')
    assert items(cheap) == ['/a*']
    assert '/a* also invalidates what caches have of another origin, by ' \
        '/api/*' in cheap.err
    # not by patterns that begin with a *, nor by what is not cached
    assert cheap.err.count('another origin') == 1


def test_options_win(server):
    name = 'E1-S3REST'
    result = deploy(server, BUILD, name, '--index-urls', 'file,slash')
    result.expect(0, 'options that are given win', '--index-urls')
    wanted = ['/a/', '/a/index.html']
    result = deploy(server, changed('a/index.html'), name, '--index-urls',
                    'file,slash')
    assert items(result) == wanted
    assert 'win' not in result.err  # no news


FAULTS = {
    'GetDistribution=DENIED': ('note', 'cloudfront:GetDistribution'),
    'GetDistribution=503ALWAYS': ('warning', 'was not read'),
    'GetDistribution=SLOWALWAYS': ('warning', 'was not read'),
    'GetDistribution=GARBAGEALWAYS': ('warning', 'was not read'),
    'GetDistribution=RESETALWAYS': ('warning', 'was not read'),
    'GetCachePolicy=DENIED': ('note', 'GetCachePolicy'),
    'GetCachePolicy=GARBAGEALWAYS': ('note', 'this policy'),
    f'GetCachePolicy/{OPTIMIZED}=NOSUCH': ('note', 'NoSuchCachePolicy'),
}


def secrets_of_origins():
    """The values of custom headers in the described distributions."""
    found = re.findall(r'"(?:HeaderValue|Value)": "([^"]+)"', ''.join(
        path.read_text() for path in DESCRIBED.glob('*.json')))
    assert len(found) > 4
    return ['secret-of', *found]


def find_secrets(folder, *results):
    """Where one is, in all files (but for the server's log) and outputs."""
    places = {str(path): path.read_bytes() for path in folder.rglob('*')
              if path.is_file() and path.suffix != '.log'}
    for i, result in enumerate(results):
        places[f'stdout {i}'] = result.stdout
        places[f'stderr {i}'] = result.stderr
    assert any('.baseline' in name for name in places)
    return [(name, secret) for name, text in places.items()
            for secret in secrets_of_origins() if secret.encode() in text]


@pytest.mark.parametrize('fault', FAULTS)
def test_it_goes_through(fault, folder):
    """One line, and no secret."""
    level, words = FAULTS[fault]
    with Server(None, '--fault', fault) as server:
        first = deploy(server, BUILD, 'E1-S3REST').expect(0)
        result = deploy(server, changed('keep'), 'E1-S3REST', '--verbose')
        assert items(result) == ['/keep'] and len(server.posts()) == 2
    for said in (first, result):
        lines = [line for line in said.err.splitlines()
                 if 'note: ' in line or 'warning: ' in line]
        assert len(lines) == 1 and level in lines[0], said
        assert words in lines[0], said
    assert not find_secrets(folder, first, result)


@pytest.mark.parametrize('name', ['S3REST', 'TWOORIGINS', 'LEGACY', 'SPA300'])
def test_no_secret_anywhere(server, name, folder):
    """In no output, baseline, report, file or log of any command."""
    name = f'E1-{name}'
    reports = [f'--report=report.{kind}' for kind in ('html', 'md', 'json')]
    results = [
        deploy(server, BUILD, name, *reports, '--verbose'),
        deploy(server, changed('keep'), name, *reports, '--verbose', dry=True),
        deploy(server, changed('keep'), name, '--verbose')]
    tree('old', BUILD)
    for more in ([], ['--output', 'json']):
        aws = ['--distribution-id', name, '--endpoint-url', server.url]
        results += [
            run(['plan', 'old', 'site', *aws, *more, *reports, '--verbose']),
            run(['inspect', *aws, *more, '--verbose', '--save', 'saved.json']),
            run(['status', '--distribution-id', name, *more, '--verbose'])]
    for result in results:
        result.expect(0)
    assert not find_secrets(folder, *results)


def test_a_tenant_only_distribution_is_refused(server):
    deploy(server, BUILD, 'E1-TENANTONLY').expect(
        1, 'create-invalidation-for-distribution-tenant')
    assert not server.posts()


def test_expected_aliases(server):
    host = 'spa.example.com'
    deploy(server, BUILD, 'E1-SPA', '--expect-alias', 'www.example.net').expect(
        1, 'E1-SPA does not serve www.example.net', 'nothing was sent')
    assert not server.posts()
    deploy(server, BUILD, 'E1-SPA', '--expect-alias', host).expect(0)
    pathlib.Path('edgediff.conf').write_text(
        '[spa]\ndistribution-id = E1-WEBSITE\nexpect-alias = ' + host + '\n')
    run(['invalidate', 'site', '--distribution', 'spa', '--endpoint-url',
         server.url]).expect(1, f'E1-WEBSITE does not serve {host}')
    deploy(server, BUILD, 'E1', '--expect-alias', host).expect(
        1, f'--expect-alias {host} cannot be checked')
    deploy(server, BUILD, 'E1', '--expect-alias', host, '--inspect',
           'off').expect(2, 'cannot be checked')
    assert len(server.posts()) == 1


def test_a_file(server):
    run(['inspect', '--distribution-id', 'E1-S3REST', '--endpoint-url',
         server.url, '--save', 'read.json']).expect(0)
    reads = len(server.log())
    deploy(server, BUILD, 'E1-S3REST', '--inspect', 'read.json').expect(0)
    assert len(server.log()) - reads == len(server.posts()) == 1
    result = deploy(server, changed('a/index.html'), 'E1-S3REST', '--inspect',
                    'read.json', dry=True)
    assert items(result) == ['/a/index.html']
    deploy(server, BUILD, 'E1-SPA', '--inspect', 'read.json').expect(
        1, 'it is about distribution E1-S3REST, not E1-SPA')
    deploy(server, BUILD, 'E1-SPA', '--inspect', 'none.json').expect(
        1, 'none.json')
    deploy(server, BUILD, 'E1-S3REST', '--inspect', 'x.json', '--report',
           'x.json').expect(2, '--inspect', '--report')
    pathlib.Path('read.json').write_text('{}')
    deploy(server, BUILD, 'E1-S3REST', '--inspect', 'read.json').expect(
        1, '--inspect read.json')


def test_off(server):
    deploy(server, BUILD, 'E1-S3REST', '--inspect', 'off').expect(0)
    assert server.log() == server.posts()
    assert not known('E1-S3REST')


def test_a_dry_run_takes_what_was_kept(server):
    name = 'E1-S3REST'
    deploy(server, BUILD, name).expect(0)
    reads = len(server.log())
    result = deploy(server, changed('a/index.html'), name, dry=True)
    assert items(result) == ['/a/index.html']
    assert 'as it was read for the last deployment' in result.err
    pathlib.Path('batch.json').write_text(result.out)
    assert len(server.log()) == reads
    sent = deploy(server, changed('a/index.html'), name, '--reviewed',
                  'batch.json')
    assert items(sent) == ['/a/index.html'] and known(name)


def test_a_dry_run_says_what_it_does_not_know(server):
    name = 'E1-S3REST'
    more = ['--expect-alias', 'rest.example.com', '--verbose']
    unknown = 'the options alone say how it caches'
    unchecked = 'note: a dry run does not check --expect-alias rest.example.com'
    first = deploy(server, BUILD, name, *more, dry=True).expect(0)
    assert unknown not in first.err  # it is all of the site in any case
    assert unchecked in first.err
    deploy(server, BUILD, name, '--inspect', 'off').expect(0)
    result = deploy(server, changed('keep'), name, *more, dry=True).expect(0)
    assert unknown in result.err and unchecked in result.err
    result = deploy(server, changed('keep'), name, '--inspect', 'off',
                    '--verbose', dry=True)
    assert unknown not in result.expect(0).err


def test_a_plan_says_that_there_is_no_such_distribution(server):
    """For invalidate the invalidation fails, which says enough."""
    tree('old', BUILD)
    tree('new', changed('keep'))
    aws = ['--distribution-id', 'ENOSUCH', '--endpoint-url', server.url]
    assert 'has no distribution ENOSUCH' in run(
        ['plan', 'old', 'new', *aws]).expect(0).err
    said = run(['invalidate', 'new', *aws]).expect(1).err
    assert said.count('ENOSUCH') == 2  # with the baseline, which is not there


def test_plan(server):
    tree('old', BUILD)
    tree('new', changed('a/index.html'))
    plan = ['plan', 'old', 'new', '--output', 'paths']
    assert run(plan).expect(0).out == '/a/\n/a/index.html\n'
    aws = ['--distribution-id', 'E1-S3REST', '--endpoint-url', server.url]
    assert run([*plan, *aws]).expect(0).out == '/a/index.html\n'
    reads = len(server.log())
    assert run([*plan, *aws, '--inspect', 'off']).expect(0).out == \
        '/a/\n/a/index.html\n'
    assert len(server.log()) == reads


def test_plan_with_a_section(server):
    """It asks if credentials are at hand, and needs none."""
    tree('old', BUILD)
    tree('new', changed('a/index.html'))
    pathlib.Path('edgediff.conf').write_text(
        f'[www]\ndistribution-id = E1-S3REST\nendpoint-url = {server.url}\n')
    plan = ['plan', 'old', 'new', '--distribution', 'www', '--output', 'paths']
    assert run(plan).expect(0).out == '/a/index.html\n'
    reads = len(server.log())
    result = run([*plan, '--verbose'], env={
        'AWS_ACCESS_KEY_ID': None, 'AWS_SECRET_ACCESS_KEY': None,
        'AWS_EC2_METADATA_DISABLED': 'true'}).expect(0)
    assert result.out == '/a/\n/a/index.html\n'
    assert 'no credentials at hand' in result.err
    assert len(server.log()) == reads


def test_a_changed_configuration():
    """What was read then and now both hold, once."""
    name = 'E1-S3REST'
    shutil.copytree(DESCRIBED, 'described')
    path = pathlib.Path('described/s3-rest.json')
    with Server(None, '--distributions', 'described') as server:
        deploy(server, BUILD, name).expect(0)
    one = json.loads(path.read_text())
    one['ETag'] = 'ETAGCHANGED'
    one['Distribution']['DistributionConfig']['DefaultRootObject'] = '404.html'
    path.write_text(json.dumps(one))
    with Server(None, '--distributions', 'described') as server:
        result = deploy(server, changed('keep'), name)
        # / is another object's now
        assert items(result) == ['/', '/keep']
        assert 'changed since the last deployment' in result.err
        result = deploy(server, changed('index.html'), name)
        assert items(result) == ['/index.html', '/keep']
        assert 'changed since' not in result.err


def test_a_change_that_is_not_everywhere():
    """As long as it spreads, what was before holds, too."""
    name = 'E1-QUERYSTRINGS'
    shutil.copytree(DESCRIBED, 'described')
    path = pathlib.Path('described/query-strings.json')
    one = json.loads(path.read_text())
    with Server(None, '--distributions', 'described') as server:
        deploy(server, BUILD, name).expect(0)
    config = one['Distribution']['DistributionConfig']
    config['CacheBehaviors'] = {'Quantity': 0, 'Items': []}
    one['ETag'] = 'ETAGCHANGED'
    for number, (status, wanted) in enumerate((
            ('InProgress', '/search/*'), ('InProgress', '/search/*'),
            ('Deployed', '/search/*'), ('Deployed', '/search/x'))):
        one['Distribution']['Status'] = status
        path.write_text(json.dumps(one))
        with Server(None, '--distributions', 'described') as server:
            result = deploy(server, {**BUILD, 'search/x': f'new {number}'},
                            name)
        assert wanted in items(result), (number, result)


def test_a_change_of_what_was_not_known():
    """Then only wildcards are certain, until it is in effect everywhere."""
    name = 'E1-S3REST'
    shutil.copytree(DESCRIBED, 'described')
    path = pathlib.Path('described/s3-rest.json')
    one = json.loads(path.read_text())
    said = 'only wildcards cover a URL for now'
    for number, (status, wanted) in enumerate((
            ('InProgress', '/*'), ('InProgress', '/keep*'),
            ('Deployed', '/keep*'), ('Deployed', '/keep'))):
        one['Distribution']['Status'] = status
        path.write_text(json.dumps(one))
        with Server(None, '--distributions', 'described') as server:
            result = deploy(server, {**BUILD, 'keep': f'new {number}'}, name)
        assert wanted in items(result), (number, result)
        assert (said in result.err) == (number == 0)


def move_behavior(path):
    """Lets the first behaviour go to another origin."""
    one = json.loads(path.read_text())
    one['ETag'] = 'ETAGCHANGED'
    config = one['Distribution']['DistributionConfig']
    first = config['Origins']['Items'][0]
    config['Origins']['Items'].append({
        **first, 'Id': 'another', 'DomainName':
        'another-site.s3.eu-west-1.amazonaws.com'})
    config['Origins']['Quantity'] += 1
    config['CacheBehaviors']['Items'][0]['TargetOriginId'] = 'another'
    path.write_text(json.dumps(one))


def test_a_behavior_that_moves():
    """Another of the build's origins answers: once, no URL of it is fresh."""
    name = 'E1-QUERYSTRINGS'
    shutil.copytree(DESCRIBED, 'described')
    path = pathlib.Path('described/query-strings.json')
    with Server(None, '--distributions', 'described') as server:
        deploy(server, BUILD, name).expect(0)
    move_behavior(path)
    with Server(None, '--distributions', 'described') as server:
        assert items(deploy(server, changed('keep'), name)) == [
            '/keep', '/search/*']
        result = deploy(server, changed('keep'), name).expect(0)
        assert result.json()['result'] == 'nothing to do'


def test_never_cached():
    """Nothing to invalidate if two readings say so."""
    name = 'E1-S3REST'
    shutil.copytree(DESCRIBED, 'described')
    path = pathlib.Path('described/s3-rest.json')
    one = json.loads(path.read_text())
    config = one['Distribution']['DistributionConfig']
    config['DefaultCacheBehavior']['CachePolicyId'] = \
        '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'
    path.write_text(json.dumps(one))
    with Server(None, '--distributions', 'described') as server:
        deploy(server, BUILD, name).expect(0)
        result = deploy(server, changed('keep'), name).expect(0)
        assert result.json()['serial'] == 2, result
        assert len(server.posts()) == 1


@pytest.mark.parametrize('before', ['cached', 'not read'])
def test_not_cached_any_more(before):
    """What is kept from before goes once, then nothing is stale."""
    name = 'E1-S3REST'
    shutil.copytree(DESCRIBED, 'described')
    path = pathlib.Path('described/s3-rest.json')
    more = ['--inspect', 'off'] if before == 'not read' else []
    with Server(None, '--distributions', 'described') as server:
        deploy(server, BUILD, name, *more).expect(0)
    one = json.loads(path.read_text())
    one['ETag'] = 'ETAGCHANGED'
    config = one['Distribution']['DistributionConfig']
    config['DefaultCacheBehavior']['CachePolicyId'] = \
        '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'
    path.write_text(json.dumps(one))
    with Server(None, '--distributions', 'described') as server:
        assert items(deploy(server, changed('keep'), name)) == ['/*']
        result = deploy(server, changed('a/x.css'), name).expect(0)
        assert result.json()['serial'] == 3 and len(server.posts()) == 2


def test_a_staging_twin(server):
    said = 'shares no cache with it'
    assert said in deploy(server, BUILD, 'E1-STAGING').expect(0).err
    tree('site', BUILD)
    pathlib.Path('edgediff.conf').write_text(
        '[live]\ndistribution-id = E2-STAGING\n'
        '[twin]\ndistribution-id = E2-STAGINGTWIN\n'
        '[other]\ndistribution-id = E2-SPA\n')
    sections = ['--distribution', 'live', '--distribution']
    run(['invalidate', 'site', *sections, 'other', '--endpoint-url',
         server.url]).expect(0, said)
    tree('site', changed('keep'))
    assert said not in run(['invalidate', 'site', *sections, 'twin',
                            '--endpoint-url', server.url]).expect(0).err


def test_the_section_of_a_staging_twin(server):
    """It is named if it is found: as the file says, or as CloudFront says."""
    other = '[other]\ndistribution-id = E2-SPA\n'
    twin = '[twin]\ndistribution-id = E2-STAGINGTWIN\n'
    gone = ''.join(f'[gone{i}]\ndistribution-id = E{i}-NOSUCH\n'
                   for i in range(8))
    tree('site', BUILD)
    before = 0
    for number, (text, name, calls) in enumerate((
            (other + twin, 'twin', 2),
            (twin + other, 'twin', 1),
            (other, None, 1),
            (gone + twin, None, 8),  # no more are asked for
            # which needs no call
            (twin + '[said]\nexpect-alias = d0000000000009.cloudfront.net\n',
             'said', 0))):
        pathlib.Path('edgediff.conf').write_text(
            f'[live]\ndistribution-id = E{number}-STAGING\n' + text)
        result = run(['invalidate', 'site', '--distribution', 'live',
                      '--endpoint-url', server.url])
        found = re.findall(STAGING_SAID, result.expect(0).err)
        assert [section or None for _, section in found] == [name], result
        peeked = [entry for entry in Loopback.log(server)
                  if entry.get('operation') == 'GetDistribution'
                  and not entry['distribution'].endswith('-STAGING')]
        assert len(peeked) - before == calls, (text, peeked)
        before = len(peeked)


def test_plans_name_the_section_of_a_staging_twin(server):
    """Also where no section is named, and the plan is for a part of the site."""
    tree('old', BUILD)
    tree('new', changed('keep'))
    conf = pathlib.Path('edgediff.conf')

    def named(*more):
        result = run(['plan', 'old', 'new', '--endpoint-url', server.url, *more])
        return [section for _, section in re.findall(
            STAGING_SAID, result.expect(0).err)]
    by_id = ['--distribution-id', 'E1-STAGING']
    assert named(*by_id) == ['']  # there is no file
    conf.write_text('[live]\ndistribution-id = E1-STAGING\n'
                    '[twin]\ndistribution-id = E1-STAGINGTWIN\n')
    before = len(Loopback.log(server))
    assert named(*by_id) == named('--distribution', 'live') == ['twin']
    asked = [entry['distribution'] for entry in Loopback.log(server)[before:]
             if entry.get('operation') == 'GetDistribution']
    assert asked == ['E1-STAGING', 'E1-STAGINGTWIN'] * 2
    assert named(*by_id, '--inspect', 'off') == []
    conf.write_text('[twin]\nfault = 1\n')  # it is not this run's
    assert named(*by_id) == ['']
    assert named('--distribution-id', 'E1-SPA') == []


@pytest.mark.parametrize('command', ['plan', 'invalidate'])
def test_a_file_names_the_section_of_a_staging_twin(server, command):
    """By what files say: nobody is asked for a distribution."""
    for name in ('STAGING', 'STAGINGTWIN', 'SPA'):
        run(['inspect', '--distribution-id', f'E1-{name}', '--endpoint-url',
             server.url, '--save', f'{name}.json']).expect(0)
    tree('old', BUILD)
    tree('new', changed('keep'))
    builds = ['old', 'new'] if command == 'plan' else ['new']
    reads = len(server.log()) - len(server.posts())
    other = '[other]\ndistribution-id = E1-SPA\ninspect = SPA.json\n'
    twin = '[twin]\ndistribution-id = E1-STAGINGTWIN\n'
    for number, (text, wanted) in enumerate((
            ('', ''), (other + twin, ''),
            (other + twin + 'inspect = STAGINGTWIN.json\n', 'twin'),
            (other + twin + 'inspect = none.json\n', ''),
            (twin + 'expect-alias = d0000000000009.cloudfront.net\n', 'twin'))):
        pathlib.Path('edgediff.conf').write_text(text)
        result = run([command, *builds, '--distribution-id', 'E1-STAGING',
                      '--endpoint-url', server.url, '--inspect',
                      'STAGING.json', *(['--baseline', f'{number}.baseline']
                                        if command == 'invalidate' else [])])
        assert [section for _, section in re.findall(
            STAGING_SAID, result.expect(0).err)] == [wanted], text
    assert len(server.log()) - len(server.posts()) == reads


def test_a_behavior_that_moves_and_limits():
    """What was read never fails a deployment: what is left is named, and kept."""
    name = 'E1-QUERYSTRINGS'
    shutil.copytree(DESCRIBED, 'described')
    path = pathlib.Path('described/query-strings.json')
    build = {**BUILD, **{f'search/{i}': '1' for i in range(9)}}
    with Server(None, '--distributions', 'described') as server:
        deploy(server, build, name).expect(0)
    move_behavior(path)
    few = ['--max-wildcards', '0', '--max-paths', '3']
    with Server(None, '--distributions', 'described') as server:
        result = deploy(server, {**build, 'keep': '2'}, name, *few)
        assert items(result) == ['/keep']
        assert 'URLs, such as /search/0, may be stale since the distribution ' \
            'was changed: there is no room for them until a run that allows ' \
            '/*\n' in result.err
        result = deploy(server, {**build, 'keep': '3'}, name, *few)
        assert items(result) == ['/keep']
        assert 'what begins with / may still be stale' in result.err
        assert items(deploy(server, {**build, 'keep': '3'}, name)) == ['/*']
        assert deploy(server, {**build, 'keep': '3'}, name).expect(
            0).json()['result'] == 'nothing to do'
