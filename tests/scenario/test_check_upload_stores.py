"""--check-upload against stores that are not ours, with uploads by Debian's AWS
CLI: Ceph's radosgw, and the npm package fauxqs."""
import base64
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import zlib

import pytest

from support import (ACCESS_KEY, ROOT, SECRET_KEY, deploy, environment, limit,
                     start, tree, wait_until)
from support.http2 import free_port
from support.npm import npm_modules

sys.path.append(str(ROOT / 'tests/sweep'))
import radosgw  # noqa: E402

AWS = '/usr/bin/aws'
ONE = {'index.html': 'one', 'x.html': 'one', 'gone.html': 'one',
       'deep/a b+c~.css': 'one', 'été.html': 'one'}
TWO = {'index.html': 'two', 'x.html': 'two', 'deep/a b+c~.css': 'two',
       'new.html': 'new', 'été.html': 'two'}
LARGE = bytes(range(256)) * 4096 * 9  # 9 MiB: two parts


class Fauxqs:
    """The package with the Node.js of npm's package node, which it needs."""

    def __enter__(self):
        modules = npm_modules('fauxqs@2', 'node@22')
        program = modules / '.bin/node'
        if not program.exists():
            pytest.skip('npm has no Node.js 22 for this machine')
        port = free_port()
        self.url = f'http://127.0.0.1:{port}'
        self.bucket, self.log = 'fauxqs-site', open('fauxqs.log', 'wb')
        self.process = subprocess.Popen(
            [program, modules / 'fauxqs/dist/server.js'],
            env=environment(os.getcwd(), FAUXQS_PORT=str(port)),
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        try:
            wait_until(self.answers, limit(60))
        except BaseException:
            self.__exit__()
            raise
        return self

    def answers(self):
        assert self.process.poll() is None, \
            pathlib.Path('fauxqs.log').read_text('utf-8', 'replace')[-2000:]
        return aws(self, 's3api', 'create-bucket', '--bucket', self.bucket,
                   check=False).returncode == 0

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(limit(10))
        self.log.close()


def aws(store, *arguments, check=True):
    """Debian's CLI; it leaves MD5s alone, unless it is told otherwise."""
    return subprocess.run(
        [AWS, '--endpoint-url', store.url, *arguments], env=environment(
            os.getcwd(), AWS_DEFAULT_REGION='us-east-1', LC_ALL='C.UTF-8',
            AWS_ACCESS_KEY_ID=ACCESS_KEY, AWS_SECRET_ACCESS_KEY=SECRET_KEY,
            AWS_MAX_ATTEMPTS='1'),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, check=check, timeout=limit(90))


@pytest.fixture(scope='module', params=['radosgw', 'fauxqs'])
def store(request, tmp_path_factory):
    if not shutil.which(AWS):
        pytest.skip('awscli is not installed')
    if request.param == 'radosgw' and radosgw.missing():
        pytest.skip(f'not installed: {", ".join(radosgw.missing())}')
    before = os.getcwd()
    os.chdir(tmp_path_factory.mktemp(request.param))
    try:
        with (radosgw.Radosgw if request.param == 'radosgw' else
              Fauxqs)() as running:
            running.name = request.param
            yield running
    finally:
        os.chdir(before)


@pytest.fixture
def site(store, server):
    """The first build is deployed, and in the bucket, under a prefix of the
    test's own."""
    tree('one', ONE)
    tree('two', TWO)
    prefix = f's3://{store.bucket}/{os.urandom(4).hex()}'

    class Site:
        def upload(self, build):
            """All of it, and nothing else is left."""
            aws(store, 's3', 'rm', '--recursive', prefix + '/')
            aws(store, 's3', 'cp', '--recursive', build, prefix + '/')

        def sync(self, build):
            aws(store, 's3', 'sync', '--delete', build, prefix + '/')

        def put(self, key, file, *more):
            aws(store, 's3api', 'put-object', '--bucket', store.bucket,
                '--key', f'{prefix.rpartition("/")[2]}/{key}', '--body', file,
                *more)

        def check(self, build, *more, wait='0'):
            return deploy(server, build, '--check-upload', prefix,
                          '--check-wait', wait, *more,
                          env={'AWS_ENDPOINT_URL_S3': store.url})

        def start(self, build):
            return start(
                ['invalidate', build, '--distribution-id', 'E1', '--baseline',
                 'baseline', '--endpoint-url', server.url, '--check-upload',
                 prefix, '--check-wait', '300'],
                env={'AWS_ENDPOINT_URL_S3': store.url})

        def sent(self):
            return len(server.created('E1'))

    it = Site()
    it.upload('one')
    deploy(server, 'one').expect(0)
    return it


@pytest.mark.timeout(240)
def test_new_and_old(site):
    """By the MD5 that such an upload leaves as the ETag."""
    done = site.check('two').expect(1, '4 old (deep/a b+c~.css, index.html, '
                                    'x.html, été.html)', '1 missing (new.html)')
    assert site.sent() == 1, done.err
    site.upload('two')
    site.check('two').expect(0, '5 keys: 5 new; 1 removed key: 1 gone.')
    assert site.sent() == 2


@pytest.mark.timeout(240)
def test_sync_misses_files(site, store):
    """Of the same size, if the bucket's are newer: a build of some minutes ago."""
    if store.name == 'fauxqs':
        pytest.skip('fauxqs lists keys in another order than sync expects')
    for path in pathlib.Path('two').rglob('*'):
        os.utime(path, (10**9, 10**9))
    site.sync('two')
    site.check('two').expect(1, '5 keys: 1 new, 4 old (deep/a b+c~.css, ')
    assert site.sent() == 1


@pytest.mark.timeout(240)
def test_an_upload_that_is_still_running(site):
    running = site.start('two')
    site.upload('two')
    _, said = running.communicate(timeout=limit(60))
    assert running.returncode == 0, said
    assert b'5 keys: 5 new' in said


@pytest.mark.timeout(240)
def test_many_keys_are_listed(site, store):
    if store.name == 'fauxqs':
        pytest.skip('fauxqs lists keys in another order than S3')
    many = {f'{n % 9}/{n:03} é.html': f'{n}' for n in range(230)}
    tree('many', many)
    site.upload('many')
    site.check('many').expect(0, '230 keys: 230 new; 5 removed keys: 5 gone.')
    tree('many', {key: text * 2 for key, text in many.items()})
    site.put('4/004 é.html', 'many/4/004 é.html')
    site.check('many').expect(1, '230 keys: 1 new, 229 old (')
    assert site.sent() == 2


@pytest.mark.timeout(240)
def test_several_parts(site):
    """No proof but the size: unknown, and a warning; another size is old."""
    tree('two', {'large.bin': LARGE})
    site.upload('two')
    site.check('two').expect(
        0, '6 keys: 5 new, 1 unknown (large.bin)', 'warning: whether')
    tree('two', {'large.bin': LARGE + b'more'})
    site.check('two').expect(1, '1 old (large.bin)')


CHECKSUMS = {'sha256': lambda data: hashlib.sha256(data).digest(),
             'sha1': lambda data: hashlib.sha1(data).digest(),
             'crc32': lambda data: zlib.crc32(data).to_bytes(4, 'big')}


@pytest.mark.timeout(240)
@pytest.mark.parametrize('algorithm', CHECKSUMS)
def test_a_checksum_of_the_client(site, store, algorithm):
    """It counts where the store keeps it, and the ETag where it does not."""
    def of(data):
        return [f'--checksum-{algorithm}',
                base64.b64encode(CHECKSUMS[algorithm](data)).decode()]

    site.upload('two')
    site.put('x.html', 'two/x.html', *of(b'two'))
    site.put('new.html', 'two/x.html', *of(b'two'))
    site.check('two').expect(1, '5 keys: 4 new, 1 old (new.html)')
    site.put('new.html', 'two/new.html', '--checksum-algorithm',
             algorithm.upper())  # in a trailer
    if store.name == 'fauxqs' and algorithm != 'crc32':
        # it takes any: a proof before the ETag, unless that is the better one
        site.put('x.html', 'two/x.html', *of(b'one'))
        site.check('two').expect(1, '5 keys: 4 new, 1 old (x.html)')
        site.put('x.html', 'two/x.html')
    site.check('two').expect(0, '5 keys: 5 new')
