"""The baseline in S3: every promise, and every way in which a store breaks one."""
import pytest

from support import deploy, run, start, tree

ONE = {'index.html': 'one', 'x.html': 'one'}
TWO = dict(ONE, **{'x.html': 'two'})


def deploy_to(server, store, build, where, *more, env=None, **how):
    return deploy(server, build, *more, baseline=where,
                  env={'AWS_ENDPOINT_URL_S3': store.url, **(env or {})}, **how)


def status(store, where):
    return run(['status', '--baseline', where, '--output', 'json'],
               env={'AWS_ENDPOINT_URL_S3': store.url}).expect(0).json()


@pytest.fixture(autouse=True)
def builds(folder):
    tree(folder / 'one', ONE)
    tree(folder / 'two', TWO)


def test_course_of_deployments(server, store):
    """As with a file: four transitions, and no call if nothing changed."""
    where = 's3://site/deep/er/my baseline+'
    assert status(store, where)['state'] == 'none'
    for serial, build in enumerate(('one', 'two', 'one', 'two'), 1):
        deploy_to(server, store, build, where).expect(0)
        assert status(store, where)['serial'] == serial
    assert len(server.created()) == 4
    before = len(store.log())
    said = deploy_to(server, store, 'two', where).expect(0)
    assert 'nothing to do' in said.out
    # and whether it is the newest still
    assert [(e['method'], e['status']) for e in store.log()[before:]] == [
        ('GET', 200), ('GET', 304)]
    assert len(server.posts()) == 4
    assert all(e['signature'] == 'ok' for e in store.log())
    assert {e['key'] for e in store.log()} == {
        'deep/er/my baseline+', 'deep/er/my baseline+.probe'}


def test_dry_run_reads_and_writes_nothing(server, store):
    dry = deploy_to(server, store, 'one', 's3://site/b', '--dry-run')
    assert dry.expect(0).json()['InvalidationBatch']
    assert [e['method'] for e in store.log()] == ['GET']
    deploy_to(server, store, 'one', 's3://site/b').expect(0)
    dry = deploy_to(server, store, 'two', 's3://site/b', '--dry-run').json()
    before = len(store.puts())
    deploy_to(server, store, 'two', 's3://site/b').expect(0)
    assert len(store.puts()) == before + 2
    assert server.posts()[-1]['caller_reference'] == \
        dry['InvalidationBatch']['CallerReference']


def test_pending_is_settled_first(server, store):
    deploy_to(server, store, 'one', 's3://site/b',
              distribution='ERESET3').expect(3)
    assert status(store, 's3://site/b')['state'] == 'pending'
    deploy_to(server, store, 'two', 's3://site/b',
              distribution='ERESET3').expect(3, 'submitting the pending')
    deploy_to(server, store, 'two', 's3://site/b',
              distribution='ERESET3').expect(0)
    assert len(server.created()) == 2
    assert status(store, 's3://site/b')['serial'] == 2


def test_stores_that_ignore_conditions_are_refused(server, store):
    for bucket, header in (('ignores', 'If-None-Match'),
                           ('ignoresmatch', 'If-Match')):
        where = f's3://{bucket}/b'
        deploy_to(server, store, 'one', where).expect(
            1, f'ignores {header}', 'cannot save')
        assert status(store, where)['state'] == 'none'
    assert not server.log()


def test_faults_that_heal(server, store):
    """Each course ends with status 0, and one invalidation a transition."""
    for number, bucket in enumerate((
            'unquoted', 'absent412', 'noetag', 'busy', 'slowdown', 'lost',
            'lost2', 'lostearly', 'after500', 'skew', 'cut')):
        where, name = f's3://{bucket}/b', f'E-{number}'
        for serial, build in enumerate(('one', 'two'), 1):
            deploy_to(server, store, build, where,
                      distribution=name).expect(0)
            assert status(store, where)['serial'] == serial, bucket
        assert len(server.created(name)) == 2, bucket


def test_lost_races(server, store):
    """Somebody else was faster: nothing is sent, and a rerun succeeds."""
    deploy_to(server, store, 'one', 's3://rival/b').expect(
        0)  # the first save has no ETag to match
    assert len(server.posts()) == 1
    where = 's3://raced/b'
    deploy_to(server, store, 'one', where, distribution='E-2').expect(
        1, 'another deployment has changed it', 'run again')
    assert not server.posts('E-2')
    # what the other writer left is no baseline: never taken for none
    deploy_to(server, store, 'one', where, distribution='E-2').expect(
        1, 'cannot be used')
    assert not server.posts('E-2')


def test_the_last_save_is_lost_to_the_same_batch(server, store):
    """Another run has recorded it already: done, and not 3."""
    result = deploy_to(server, store, 'one', 's3://rival/b')
    result.expect(0, 'another run has already recorded it')
    assert status(store, 's3://rival/b')['state'] == 'settled'
    again = deploy_to(server, store, 'one', 's3://rival/b').expect(0)
    assert 'nothing to do' in again.out
    assert len(server.created()) == 1


def test_faults_that_stay(server, store):
    """Nothing is sent, and the message says what to do."""
    for bucket, words in (
            ('denied', ['s3:GetObject', 's3:ListBucket']),
            ('deniedput', ['s3:PutObject']),
            ('noprobe', ['s3:PutObject', '.probe']),
            ('nosuch', ['NoSuchBucket', "bucket's name"]),
            ('moved', ['eu-west-1', '--region eu-west-1']),
            ('region', ['--region eu-west-1']),
            ('down', ['503']),
            ('busyalways', ['run again']),
            ('lostearlyalways', ['PutObject'])):
        deploy_to(server, store, 'one', f's3://{bucket}/b').expect(1, *words)
    assert not server.log()
    run(['status', '--baseline', 's3://huge/b'],
        env={'AWS_ENDPOINT_URL_S3': store.url}).expect(
            1, 'the response is larger than 1907 MiB')
    deploy_to(server, store, 'one', 's3://region/b', '--region',
              'eu-west-1').expect(0)


def test_doubtful_saves_are_looked_at(server, store):
    """No try gets its answer, but each was stored."""
    deploy_to(server, store, 'one', 's3://lostalways/b').expect(0)
    deploy_to(server, store, 'two', 's3://after500always/b').expect(0)
    assert len(server.created()) == 2


def test_accepted_but_not_recorded(server, store):
    """The store fails between the two saves: 3, and the rerun finishes."""
    deploy_to(server, store, 'one', 's3://site/b').expect(0)
    text = [e for e in store.puts() if e['key'] == 'b']
    assert len(text) == 2
    process = None
    try:
        process = start(
            ['invalidate', 'two', '--distribution-id', 'ESTALL',
             '--endpoint-url', server.url, '--baseline', 's3://site/c'],
            env={'AWS_ENDPOINT_URL_S3': store.url})
        while not server.posts('ESTALL'):
            assert process.poll() is None
    finally:
        process.kill()
        process.communicate()
    deploy_to(server, store, 'two', 's3://site/c',
              distribution='ESTALL').expect(0, 'submitting the pending')
    assert len(server.created('ESTALL')) == 1


def test_names_in_the_host(server, store):
    """Virtual-host style, by option; .localhost names lead to loopback."""
    url = store.url.replace('127.0.0.1', 'localhost')
    for style in ('virtual', 'path', 'auto'):
        run(['invalidate', 'one', '--distribution-id', f'E-{style}',
             '--endpoint-url', server.url, '--baseline',
             f's3://site-{style}/b', '--s3-addressing-style', style],
            env={'AWS_ENDPOINT_URL_S3': url}).expect(0)
    hosts = {e['bucket']: e['headers']['host'] for e in store.log()}
    assert hosts['site-virtual'].startswith('site-virtual.localhost:')
    assert hosts['site-path'] == hosts['site-auto'] == url[7:]
    run(['status', '--baseline', 's3://site/b', '--s3-addressing-style',
         'odd']).expect(2, 'auto, virtual or path')


def test_without_credentials(server, store):
    none = {'AWS_ACCESS_KEY_ID': None, 'AWS_SECRET_ACCESS_KEY': None}
    deploy_to(server, store, 'one', 's3://site/b', '--dry-run',
              env=none).expect(1, 'credentials')
    assert not store.log()


def test_how_it_is_stored(server, store):
    """As text, under the ETag of what was loaded."""
    deploy_to(server, store, 'one', 's3://site/b').expect(0)
    first, second = [e for e in store.puts() if e['key'] == 'b']
    assert first['headers']['if-none-match'] == '*'
    assert second['headers']['if-match'] == first['etag']
    assert second['headers']['content-type'].startswith('text/plain')
