"""The baseline in S3: every promise, and every way in which a store breaks one."""
from support import S3Server, Server, run, start, tree

ONE = {'index.html': 'one', 'x.html': 'one'}
TWO = dict(ONE, **{'x.html': 'two'})


def deploy(server, store, build, where, *more, distribution='E', env=None):
    return run(['invalidate', build, '--distribution-id', distribution,
                '--endpoint-url', server.url, '--baseline', where, *more],
               env={'AWS_ENDPOINT_URL_S3': store.url, **(env or {})})


def status(store, where):
    return run(['status', '--baseline', where, '--output', 'json'],
               env={'AWS_ENDPOINT_URL_S3': store.url}).expect(0).json()


class Both:
    """A CloudFront and an S3, and two builds."""

    def __enter__(self):
        tree('one', ONE)
        tree('two', TWO)
        self.server = Server().__enter__()
        self.store = S3Server().__enter__()
        return self.server, self.store

    def __exit__(self, *how):
        self.store.__exit__(*how)
        self.server.__exit__(*how)


def test_course_of_deployments():
    """As with a file: four transitions, and no call where nothing changed."""
    where = 's3://site/deep/er/my baseline+'
    with Both() as (server, store):
        assert status(store, where)['state'] == 'none'
        for serial, build in enumerate(('one', 'two', 'one', 'two'), 1):
            deploy(server, store, build, where).expect(0)
            assert status(store, where)['serial'] == serial
        assert len(server.created()) == 4
        before = len(store.log())
        said = deploy(server, store, 'two', where).expect(0)
        assert 'nothing to do' in said.out
        assert [e['method'] for e in store.log()[before:]] == ['GET']
        assert len(server.posts()) == 4
        assert all(e['signature'] == 'ok' for e in store.log())
        assert {e['key'] for e in store.log()} == {
            'deep/er/my baseline+', 'deep/er/my baseline+.probe'}


def test_dry_run_reads_and_writes_nothing():
    with Both() as (server, store):
        dry = deploy(server, store, 'one', 's3://site/b', '--dry-run')
        assert dry.expect(0).json()['InvalidationBatch']
        assert [e['method'] for e in store.log()] == ['GET']
        deploy(server, store, 'one', 's3://site/b').expect(0)
        dry = deploy(server, store, 'two', 's3://site/b', '--dry-run').json()
        before = len(store.puts())
        deploy(server, store, 'two', 's3://site/b').expect(0)
        assert len(store.puts()) == before + 2
        assert server.posts()[-1]['caller_reference'] == \
            dry['InvalidationBatch']['CallerReference']


def test_pending_is_settled_first():
    with Both() as (server, store):
        deploy(server, store, 'one', 's3://site/b',
               distribution='ERESET3').expect(3)
        assert status(store, 's3://site/b')['state'] == 'pending'
        deploy(server, store, 'two', 's3://site/b',
               distribution='ERESET3').expect(3, 'settling')
        deploy(server, store, 'two', 's3://site/b',
               distribution='ERESET3').expect(0)
        assert len(server.created()) == 2
        assert status(store, 's3://site/b')['serial'] == 2


def test_stores_that_ignore_conditions_are_refused():
    with Both() as (server, store):
        for bucket, header in (('ignores', 'If-None-Match'),
                               ('ignoresmatch', 'If-Match')):
            where = f's3://{bucket}/b'
            deploy(server, store, 'one', where).expect(
                1, f'ignores {header}', 'cannot save')
            assert status(store, where)['state'] == 'none'
        assert not server.log()


def test_faults_that_heal():
    """Each course ends with status 0, and one invalidation a transition."""
    with Both() as (server, store):
        for number, bucket in enumerate((
                'unquoted', 'absent412', 'noetag', 'busy', 'slowdown', 'lost',
                'lost2', 'lostearly', 'after500', 'skew', 'cut')):
            where, name = f's3://{bucket}/b', f'E-{number}'
            for serial, build in enumerate(('one', 'two'), 1):
                deploy(server, store, build, where,
                       distribution=name).expect(0)
                assert status(store, where)['serial'] == serial, bucket
            assert len(server.created(name)) == 2, bucket


def test_lost_races():
    """Somebody else was faster: nothing is sent, and a rerun succeeds."""
    with Both() as (server, store):
        deploy(server, store, 'one', 's3://rival/b').expect(
            0)  # the first save has no ETag to match
        assert len(server.posts()) == 1
        where = 's3://raced/b'
        deploy(server, store, 'one', where, distribution='E-2').expect(
            1, 'another deployment was faster', 'run again')
        assert not server.posts('E-2')
        # what the other writer left is no baseline: never taken for none
        deploy(server, store, 'one', where, distribution='E-2').expect(
            1, 'cannot be used')
        assert not server.posts('E-2')


def test_the_last_save_is_lost_to_the_same_batch():
    """Another run has recorded it already: done, and not 3."""
    with Both() as (server, store):
        result = deploy(server, store, 'one', 's3://rival/b')
        result.expect(0, 'another run has recorded it')
        assert status(store, 's3://rival/b')['state'] == 'settled'
        again = deploy(server, store, 'one', 's3://rival/b').expect(0)
        assert 'nothing to do' in again.out
        assert len(server.created()) == 1


def test_faults_that_stay():
    """Nothing is sent, and the message says what to do."""
    with Both() as (server, store):
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
            deploy(server, store, 'one', f's3://{bucket}/b').expect(1, *words)
        assert not server.log()
        run(['status', '--baseline', 's3://huge/b'],
            env={'AWS_ENDPOINT_URL_S3': store.url}).expect(
                1, 'the answer is larger than 1907 MiB')
        deploy(server, store, 'one', 's3://region/b', '--region',
               'eu-west-1').expect(0)


def test_doubtful_saves_are_looked_at():
    """No try gets its answer, but each was stored."""
    with Both() as (server, store):
        deploy(server, store, 'one', 's3://lostalways/b').expect(0)
        deploy(server, store, 'two', 's3://after500always/b').expect(0)
        assert len(server.created()) == 2


def test_accepted_but_not_recorded():
    """The store fails between the two saves: 3, and the rerun finishes."""
    with Both() as (server, store):
        deploy(server, store, 'one', 's3://site/b').expect(0)
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
        deploy(server, store, 'two', 's3://site/c',
               distribution='ESTALL').expect(0, 'settling')
        assert len(server.created('ESTALL')) == 1


def test_names_in_the_host():
    """Virtual-host style, by option; .localhost names lead to loopback."""
    with Both() as (server, store):
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


def test_without_credentials():
    with Both() as (server, store):
        none = {'AWS_ACCESS_KEY_ID': None, 'AWS_SECRET_ACCESS_KEY': None}
        deploy(server, store, 'one', 's3://site/b', '--dry-run',
               env=none).expect(1, 'credentials')
        assert not store.log()


def test_how_it_is_stored():
    """As text, under the ETag of what was loaded."""
    with Both() as (server, store):
        deploy(server, store, 'one', 's3://site/b').expect(0)
        first, second = [e for e in store.puts() if e['key'] == 'b']
        assert first['headers']['if-none-match'] == '*'
        assert second['headers']['if-match'] == first['etag']
        assert second['headers']['content-type'].startswith('text/plain')
