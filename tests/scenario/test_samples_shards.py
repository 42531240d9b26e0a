"""The samples that hash a build in parts on many machines.

The machines are all this one, with servers of the test's own: each is bound to
127.0.0.1, has its keys and its configuration in the scenario's folder, and is
ended by its process id.
"""
import contextlib
import getpass
import os
import pathlib
import re
import shutil
import socket
import subprocess
import time

import pytest

import support
from support import ROOT, edgediff, environment, limit, tree

SAMPLES = ROOT / 'samples'
FILES = {f'd{i % 7}/page {i}.html': f'text {i}' for i in range(200)}


def whole():
    tree('build', FILES)
    return support.run(['manifest', 'build']).expect(0).stdout


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def program(name):
    """Where a program is: servers are not in everybody's PATH."""
    found = shutil.which(name, path=os.environ.get('PATH', '')
                         + ':/usr/sbin:/sbin')
    if not found:
        pytest.skip(f'{name} is not installed')
    return found


@contextlib.contextmanager
def server(name, command):
    """A process that is ended with the context; its output is in NAME.out."""
    with open(f'{name}.out', 'wb') as out:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out,
            stderr=subprocess.STDOUT, env=environment(os.getcwd()))
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(limit(20))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(ready, name, process):
    """Until `ready()`; whatever keeps the server from it skips the test."""
    end = time.monotonic() + limit(30)
    while time.monotonic() < end and process.poll() is None:
        if ready():
            return
        time.sleep(0.1)
    said = pathlib.Path(f'{name}.out').read_text(errors='replace').split('\n')
    pytest.skip(f'{name} does not run here: {" ".join(said[-4:])}')


def call(command, **more):
    return subprocess.run(
        [str(word) for word in command], check=False,
        env=environment(os.getcwd(), EDGEDIFF=edgediff(),
                        **more),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)


# ------------------------------------------------------------- GNU parallel

def make_key(path):
    subprocess.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', path],
                   check=True, stdin=subprocess.DEVNULL)
    return pathlib.Path(f'{path}.pub').read_text()


def sshd_command(config):
    """sshd in the foreground; as root it wants a folder in /run.

    If that is missing, it gets one in a /run of its own.
    """
    command = [program('sshd'), '-D', '-e', '-f', os.path.abspath(config)]
    if os.geteuid() != 0 or os.path.isdir('/run/sshd'):
        return command
    return [program('unshare'), '--mount', 'sh', '-c',
            'mount -t tmpfs tmpfs /run && mkdir -m 755 /run/sshd && '
            'exec "$0" "$@"', *command]


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(('127.0.0.1', port)) == 0


def write_ssh_config(ports):
    """The hosts of this name and port; no other is known."""
    key = pathlib.Path('host.pub').read_text()
    pathlib.Path('known').write_text(''.join(
        f'[127.0.0.1]:{port} {key}' for port in ports.values()))
    pathlib.Path('ssh_config').write_text(''.join(
        f'Host {name}\nHostName 127.0.0.1\nPort {port}\n'
        for name, port in ports.items()) + f'''Host *
User {getpass.getuser()}
IdentityFile {os.path.abspath('user')}
IdentitiesOnly yes
StrictHostKeyChecking yes
UserKnownHostsFile {os.path.abspath('known')}
GlobalKnownHostsFile /dev/null
BatchMode yes
''')


@contextlib.contextmanager
def hosts(*names):
    """Starts an sshd for each name; yields what ssh takes as its command."""
    make_key('host')
    pathlib.Path('authorized').write_text(make_key('user'))
    ports = {name: free_port() for name in names}
    write_ssh_config(ports)
    with contextlib.ExitStack() as stack:
        for name, port in ports.items():
            pathlib.Path(f'{name}.conf').write_text(f'''
ListenAddress 127.0.0.1
Port {port}
HostKey {os.path.abspath('host')}
AuthorizedKeysFile {os.path.abspath('authorized')}
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
LogLevel VERBOSE
''')
            process = stack.enter_context(
                server(name, sshd_command(f'{name}.conf')))
            wait_for(lambda port=port: listens(port), name, process)
        yield f'ssh -F {os.path.abspath("ssh_config")}'


def logins(name):
    return pathlib.Path(f'{name}.out').read_text().count('Accepted publickey')


@pytest.mark.timeout(180)
def test_parallel():
    for name in ('parallel', 'ssh', 'ssh-keygen', 'sshd'):
        program(name)
    wanted = whole()
    script = SAMPLES / 'parallel/manifest'
    build = os.path.abspath('build')
    with hosts('one', 'two') as ssh:
        if call(['ssh', '-F', 'ssh_config', 'one', 'true']).returncode != 0:
            pytest.skip('sshd lets nobody in here: ' + pathlib.Path(
                'one.out').read_text()[-200:].replace('\n', ' '))
        done = call([script, build, 6, 'one', 'two'], PARALLEL_SSH=ssh)
        assert done.returncode == 0 and done.stdout == wanted, done
        assert logins('one') > 1 and logins('two') > 0, 'one host did it all'

        # a host that is gone: its parts are tried on the other
        with open('ssh_config', 'a', encoding='utf-8') as config:
            config.write(f'Host gone\nHostName 127.0.0.1\nPort {free_port()}\n')
        done = call([script, build, 4, 'one', 'gone'], PARALLEL_SSH=ssh)
        assert done.returncode == 0 and done.stdout == wanted, done
        done = call([script, build, 2, 'gone'], PARALLEL_SSH=ssh)
        assert done.returncode != 0 and not done.stdout, done

        # a part that fails on each
        os.mkfifo('build/fifo')
        done = call([script, build, 3, 'one', 'two'], PARALLEL_SSH=ssh)
        assert done.returncode != 0 and not done.stdout, done
        assert b'fifo: a fifo' in done.stderr, done
    assert call([script, 'build', 3, 'one']).returncode == 2
    assert call([script, build, 3]).returncode == 2


# --------------------------------------------------------------------- Slurm

SLURM_CONF = '''
ClusterName=test
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller}
SlurmdPort={node}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={here}/munge.socket
CredType=cred/munge
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
StateSaveLocation={here}/state
SlurmdSpoolDir={here}/spool
SlurmctldPidFile={here}/slurmctld.pid
SlurmdPidFile={here}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0
NodeName={host} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=5 State=UP
'''


@contextlib.contextmanager
def cluster():
    """munged, slurmctld and a slurmd; yields the configuration's path."""
    here = os.getcwd()
    pathlib.Path('slurm.conf').write_text(SLURM_CONF.format(
        host=socket.gethostname().partition('.')[0], here=here,
        controller=free_port(), node=free_port(), user=getpass.getuser()))
    pathlib.Path('cgroup.conf').write_text('CgroupAutomount=no\n')
    for name in ('state', 'spool'):
        os.mkdir(name)
    pathlib.Path('munge.key').write_bytes(os.urandom(1024))
    os.chmod('munge.key', 0o400)
    os.chmod('.', 0o711)  # munged wants its socket to be reached by all
    conf = f'{here}/slurm.conf'
    with contextlib.ExitStack() as stack:
        munged = stack.enter_context(server('munged', [
            program('munged'), '--foreground', '--force',
            f'--key-file={here}/munge.key', f'--socket={here}/munge.socket',
            f'--pid-file={here}/munged.pid', f'--seed-file={here}/seed']))
        wait_for(lambda: os.path.exists('munge.socket'), 'munged', munged)
        controller = stack.enter_context(server('slurmctld', [
            program('slurmctld'), '-D', '-f', conf]))
        wait_for(lambda: call(['scontrol', 'ping'], SLURM_CONF=conf
                              ).returncode == 0, 'slurmctld', controller)
        node = stack.enter_context(server('slurmd', [
            program('slurmd'), '-D', '-f', conf]))
        wait_for(lambda: b'idle' in call(['sinfo', '-h', '-o', '%t'],
                                         SLURM_CONF=conf).stdout,
                 'slurmd', node)
        yield conf


@pytest.mark.timeout(240)
def test_slurm():
    for name in ('munged', 'slurmctld', 'slurmd', 'sbatch'):
        program(name)
    wanted = whole()
    script = SAMPLES / 'slurm/submit'
    with cluster() as conf:
        before = set(os.listdir())
        done = call([script, 'build', 3, 'site.manifest'], SLURM_CONF=conf)
        assert done.returncode == 0, done
        assert pathlib.Path('site.manifest').read_bytes() == wanted
        os.unlink('site.manifest')

        # a part that fails leaves no manifest, and nothing else
        os.mkfifo('build/fifo')
        done = call([script, 'build', 2, 'site.manifest'], SLURM_CONF=conf)
        assert done.returncode == 1, done
        assert b'fifo: a fifo' in done.stderr, done
        assert b'line 1' not in done.stderr, 'it was merged all the same'
        assert set(os.listdir()) == before
        assert call(['squeue', '-h'], SLURM_CONF=conf).stdout == b''


# ------------------------------------------------------------ GitHub Actions

def test_github_actions(server):
    """What its jobs run, in their order, with its variables filled in."""
    text = (SAMPLES / 'ci/github-actions-shards.yml').read_text('utf-8')
    commands = dict(re.findall(r'- name: (.*)\n +run: (edgediff .*|tar .*)\n',
                               text))
    parts = re.search(r'part: \[(.*)\]', text)[1].split(', ')
    assert parts == [str(i + 1) for i in range(len(parts))]
    wanted = whole()
    os.rename('build', 'public')
    def run(name, **values):
        command = commands[name]
        for key, value in values.items():
            command = command.replace('${{ ' + key.replace('_', '.', 1)
                                      .replace('job_', 'job-') + ' }}',
                                      value)
        assert '${{' not in command, command
        done = subprocess.run(
            ['sh', '-ec', 'edgediff() { "$PROGRAM" "$@"; }\n' + command],
            env=environment(
                os.getcwd(), PROGRAM=edgediff(),
                DISTRIBUTION='EACTIONS', STATE='.',
                AWS_ENDPOINT_URL_CLOUDFRONT=server.url), check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)
        assert done.returncode == 0, done.stdout

    run('Pack it')
    for part in parts:
        run('Hash a part', matrix_part=part,
            strategy_job_total=str(len(parts)))
    run('Merge the parts into one manifest')
    assert pathlib.Path('site.manifest').read_bytes() == wanted
    run('Announce the build')
    assert not server.log()
    run('Invalidate what changed')
    assert [entry['items'] for entry in server.created()] == [['/*']]
