"""A real S3 server on 127.0.0.1: Ceph's radosgw.

It uses one monitor and one OSD in memory. It needs Debian's packages
radosgw, ceph-mon, ceph-osd and ceph-common, about 15 seconds and 200 MB. Seen
on 16.2: conditions are kept and atomic, If-Match is met by an ETag without
quotes only, and who loses a race may be answered with a 500.
"""
import http.client
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
import uuid

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from support import ACCESS_KEY, SECRET_KEY, environment, limit

TOOLS = ('ceph', 'ceph-mon', 'ceph-osd', 'monmaptool', 'radosgw',
         'radosgw-admin', 'setpriv')
PATIENCE = 60  # seconds for each step of the start
TRIES = 5
# Who gets the configuration from the monitor may then ask it for something
# under no fsid, and is refused.
ALONE = '--no-mon-config'

CONF = """\
[global]
fsid = {fsid}
mon_host = [v1:127.0.0.1:{mon}]
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_msgr2 = false
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
mon_data = {folder}/mon
mon_data_avail_warn = 1
mon_data_avail_crit = 0
mon_allow_pool_size_one = true
mon_warn_on_pool_no_redundancy = false
osd_data = {folder}/osd
osd_objectstore = memstore
memstore_device_bytes = 1073741824
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 8
osd_crush_chooseleaf_type = 0
osd_crush_update_on_start = false
osd_class_update_on_start = false
run_dir = {folder}/run
admin_socket = {folder}/run/$name.$pid.asok
log_file = {folder}/log/$name.log
keyring = {folder}/keyring
setuser_match_path =
[mon.a]
mon_addr = 127.0.0.1:{mon}
[client.rgw]
rgw_frontends = beast endpoint=127.0.0.1:{port}
rgw_data = {folder}/rgw
"""


def missing():
    """The tools that are not installed."""
    return [tool for tool in TOOLS if not shutil.which(tool)]


def free_ports(count):
    """Ports of 127.0.0.1 that nobody has; all are different."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(('127.0.0.1', 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


class Radosgw:
    """A context manager: .url is the server, .bucket a bucket in it.

    Its user has the tests' keys. What was started is ended by its
    own process ids, and by the kernel if this process is killed.
    """
    bucket = 'race'

    def __enter__(self):
        if missing():
            raise unittest.SkipTest(f'not installed: {", ".join(missing())}')
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='radosgw.'))
        self.started = []
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.started):
            process.kill()  # nothing of it is kept
            process.wait()
        shutil.rmtree(self.folder)

    def start(self):
        port, mon = free_ports(2)
        fsid = str(uuid.uuid4())
        self.port, self.url = port, f'http://127.0.0.1:{port}'
        for name in ('run', 'log', 'mon', 'osd', 'rgw'):
            (self.folder / name).mkdir()
        conf = self.folder / 'ceph.conf'
        conf.write_text(CONF.format(folder=self.folder, fsid=fsid, mon=mon,
                                    port=port))
        self.env = environment(self.folder, CEPH_CONF=str(conf))
        monmap = str(self.folder / 'monmap')
        self.call('monmaptool', '--create', '--fsid', fsid, '--addv', 'a',
                  f'[v1:127.0.0.1:{mon}]', monmap)
        self.call('ceph-mon', '-i', 'a', '--mkfs', '--monmap', monmap)
        self.daemon('ceph-mon', '-i', 'a', '-f')
        osd = str(uuid.uuid4())
        self.ceph('osd', 'new', osd)
        self.ceph('osd', 'crush', 'add', 'osd.0', '1.0', 'root=default',
                  'host=here')
        self.call('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', osd, ALONE)
        self.daemon('ceph-osd', '-i', '0', '-f', ALONE)
        self.daemon('radosgw', '-n', 'client.rgw', '-f', ALONE)
        self.wait()
        self.call('radosgw-admin', ALONE, 'user', 'create', '--uid=race',
                  '--display-name=race', f'--access-key={ACCESS_KEY}',
                  f'--secret={SECRET_KEY}')
        status, text = self.ask('PUT', f'/{self.bucket}')
        assert status == 200, f'no bucket: {status} {text}'

    def call(self, *command):
        done = subprocess.run(command, env=self.env, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=limit(PATIENCE), check=False)
        assert done.returncode == 0, \
            f'{" ".join(command)}: {done.stdout.decode(errors="replace")}'

    def ceph(self, *command):
        """Ceph's own client can't leave out what ALONE does."""
        for tries_left in reversed(range(TRIES)):
            try:
                self.call('ceph', *command)
                return
            except AssertionError:
                if tries_left == 0:
                    raise

    def daemon(self, *command):
        with open(self.folder / 'log' / f'{command[0]}.out', 'wb') as out:
            self.started.append(subprocess.Popen(
                ['setpriv', '--pdeathsig', 'KILL', *command], env=self.env,
                stdin=subprocess.DEVNULL, stdout=out, stderr=out))

    def wait(self):
        """Until it answers; whoever ends before that has failed."""
        until = time.monotonic() + limit(PATIENCE)
        while True:
            for process in self.started:
                assert process.poll() is None, self.why_ended(process)
            try:
                self.ask('GET', '/')
                return
            except OSError:
                assert time.monotonic() < until, 'radosgw does not answer'
            time.sleep(0.1)

    def why_ended(self, process):
        name = process.args[3]
        said = (self.folder / 'log' / f'{name}.out').read_text(
            'utf-8', 'replace')
        return f'{name} has ended with {process.returncode}: {said[-2000:]}'

    def ask(self, method, path):
        """Status and text of the answer to a request that botocore signs."""
        request = AWSRequest(method=method, url=self.url + path)
        S3SigV4Auth(Credentials(ACCESS_KEY, SECRET_KEY),
                    's3', 'us-east-1').add_auth(request)
        connection = http.client.HTTPConnection('127.0.0.1', self.port,
                                                timeout=limit(PATIENCE))
        try:
            connection.request(method, path, headers=dict(request.headers))
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors='replace')
        finally:
            connection.close()
