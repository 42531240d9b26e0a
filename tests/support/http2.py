"""HTTP/2 in front of a loopback server, by Debian's nghttpx."""
import pathlib
import shutil
import socket
import subprocess

from support.patience import limit, wait_until

NGHTTPX = '/usr/sbin/nghttpx'


def has_nghttpx():
    return pathlib.Path(NGHTTPX).exists() and shutil.which('curl')


def free_port():
    with socket.create_server(('127.0.0.1', 0)) as listener:
        return listener.getsockname()[1]


def make_certificate(name):
    """NAME.crt and NAME.key, for 127.0.0.1 and localhost."""
    subprocess.run(
        ['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt',
         'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj',
         '/CN=localhost', '-addext',
         'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout',
         f'{name}.key', '-out', f'{name}.crt'],
        check=True, stderr=subprocess.DEVNULL)
    return pathlib.Path(f'{name}.crt').resolve()


class Front:
    """A context manager: https, HTTP/2 by ALPN, to one location of an edge."""

    def __init__(self, server, location=None):
        self.server, self.location = server, location

    def __enter__(self):
        self.certificate = make_certificate('front')
        port, behind = free_port(), self.server.url.rpartition(':')[2]
        more = [f'--add-request-header=X-Edge-Location:{self.location}'] \
            if self.location else []
        self.process = subprocess.Popen(
            [NGHTTPX, f'--frontend=127.0.0.1,{port}',
             f'--backend=127.0.0.1,{behind}', '--workers=1', '--conf=/dev/null',
             '--accesslog-file=front.requests',
             '--accesslog-format=$remote_port $alpn',
             '--errorlog-file=front.log', '--no-via', *more,
             str(self.certificate.with_suffix('.key')),
             str(self.certificate)], stdin=subprocess.DEVNULL)
        self.url = f'https://127.0.0.1:{port}'

        def listens():
            try:
                socket.create_connection(('127.0.0.1', port), 1).close()
            except OSError:
                return False
            return True

        wait_until(listens, limit(20))
        return self

    def requests(self):
        """Of each: the viewer's port, and the protocol."""
        lines = pathlib.Path('front.requests').read_text('ascii').splitlines()
        return [tuple(line.split()) for line in lines]

    def protocols(self):
        return [protocol for _, protocol in self.requests()]

    def connections(self):
        return len({port for port, _ in self.requests()})

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(limit(10))
