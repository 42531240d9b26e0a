"""Where a baseline is by default: a file for each distribution and prefix."""
import hashlib
import os

from support import run, tree


def deploy(server, prefix, *options):
    return run(['invalidate', 'site', '--distribution-id', 'E1',
                '--endpoint-url', server.url, '--prefix', prefix, *options])


def status(*options):
    return run(['status', '--distribution-id', 'E1', '--output', 'json',
                *options])


def test_names(server):
    """The prefix is part of it; what is beside it follows."""
    tree('site', {'index.html': 'x'})
    for prefix, name in (('/', 'E1'), ('/docs/', 'E1.docs'),
                         ('/docs/api/', 'E1.docs%2Fapi'),
                         ('/a b/', 'E1.a%20b'), ('//', 'E1.')):
        before = set(os.listdir('.edgediff')) \
            if os.path.exists('.edgediff') else set()
        deploy(server, prefix).expect(0)
        assert set(os.listdir('.edgediff')) - before == \
            {f'{name}.baseline', f'{name}.baseline.lock', f'{name}.cache'}
        said = status('--prefix', prefix).expect(0).json()
        assert said['baseline'] == f'.edgediff/{name}.baseline'
        assert said['state'] == 'settled'
        assert 'nothing to do' in deploy(server, prefix).expect(0).out
    assert len(server.created()) == 5


def test_long_prefix(server):
    """The name is bounded, and still another one for each prefix."""
    tree('site', {'index.html': 'x'})
    most = '/' + 96 * 'a' + '/'
    deploy(server, most).expect(0)
    assert os.path.exists(f'.edgediff/E1.{96 * "a"}.baseline')
    names = set()
    for prefix in ('/' + 97 * 'a' + '/', '/' + 98 * 'a' + '/',
                   '/' + 150 * '\u00e9' + '/'):
        deploy(server, prefix).expect(0)
        where = status('--prefix', prefix).expect(0).json()['baseline']
        digits = hashlib.sha256(prefix.encode()).hexdigest()[:16]
        part = where[len('.edgediff/E1.'):-len('.baseline')]
        assert part.endswith('+' + digits) and len(part) == 96, part
        assert os.path.exists(where)
        names.add(where)
    assert len(names) == 3


def test_prefix_that_is_none():
    """`status` takes the same prefixes as `invalidate`, and no other."""
    for prefix in ('docs', '/docs', '', '/*/', 'C:/docs/', '\\docs\\'):
        status('--prefix', prefix).expect(2, '--prefix')
    assert status('--prefix', '/docs/').expect(0).json()['state'] == 'none'


def test_sections_of_one_distribution(server):
    """They need no baseline of their own if their prefixes differ."""
    tree('site', {'index.html': 'x'})
    with open('edgediff.conf', 'w', encoding='utf-8') as file:
        file.write('distribution-id = E1\n[www]\n[docs]\nprefix = /docs/\n'
                   '[again]\nprefix = /docs/\n')
    names = ['--distribution', 'www', '--distribution', 'docs']
    run(['invalidate', 'site', *names, '--endpoint-url', server.url]).expect(0)
    said = run(['status', *names, '--output', 'json']).expect(0).json()
    assert [one['baseline'] for one in said] == \
        ['.edgediff/E1.baseline', '.edgediff/E1.docs.baseline']
    assert [one['state'] for one in said] == ['settled', 'settled']
    run(['invalidate', 'site', '--distribution', 'docs', '--distribution',
         'again', '--endpoint-url', server.url]).expect(
             2, 'have the same baseline, .edgediff/E1.docs.baseline')


def test_cache_beside_none(server, store):
    """If the baseline is in S3, its cache is where the file's would be."""
    tree('site', {'index.html': 'x'})
    env = {'AWS_ENDPOINT_URL_S3': store.url}
    for prefix, name in (('/', 'E1'), ('/docs/', 'E1.docs')):
        run(['invalidate', 'site', '--distribution-id', 'E1',
             '--endpoint-url', server.url, '--prefix', prefix, '--baseline',
             f's3://records/{name}'], env=env).expect(0)
        assert os.path.exists(f'.edgediff/{name}.cache')
