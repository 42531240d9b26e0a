"""The exactly-once protocol when answers, files or the user are at fault."""
import hashlib
import json
import os
import pathlib
import signal
import socket
import subprocess

from support import (Server, deploy, edgediff, environment, limit, read_tree,
                     run, start, tree, wait_until, whole)

ONE = {'index.html': 'one', 'a,b.html': 'one', 'x.html': 'one'}
TWO = dict(ONE, **{'x.html': 'two'})


def test_answers_that_lie_are_not_taken():
    """Another reference or path, no time, no proper id: pending, not lost."""
    tree('one', ONE)
    for kind in ('EWRONGREFERENCE3', 'EWRONGPATH3', 'ENOTIME3', 'ESPACEID3'):
        with Server(f'{kind}.log') as server:
            result = deploy(server, 'one', distribution=kind)
            if result.status == 0:  # a lie that passed is the failure
                raise AssertionError(str(result))
            result.expect(3, 'run the same command again')
            for _ in range(3):
                result = deploy(server, 'one', distribution=kind)
                if result.status == 0:
                    break
            result.expect(0)
            assert len(server.created(kind)) == 1
            deploy(server, 'one', distribution=kind).expect(0)
        os.unlink('baseline')


def test_a_time_to_come_costs_one_more_batch_at_most(server):
    deploy(server, tree('one', ONE), distribution='EFUTURE').expect(0)
    deploy(server, tree('two', TWO), distribution='EFUTURE').expect(0)
    deploy(server, 'two', distribution='EFUTURE').expect(0)
    assert len(server.created()) <= 3


def test_settled_then_failed_is_not_nothing_sent(server):
    deploy(server, tree('one', ONE), distribution='ERESET3').expect(3)
    deploy(server, 'missing', distribution='ERESET3').expect(
        1, 'accepted as', 'missing')
    result = deploy(server, 'one', distribution='ERESET3').expect(0)
    assert 'nothing to do' in result.out
    assert len(server.created()) == 1


def test_settled_batch_is_reported_whole(server):
    deploy(server, tree('one', ONE)).expect(0)
    deploy(server, tree('two', TWO)).expect(0)
    os.unlink('baseline')
    deploy(server, 'one', distribution='ERESET3').expect(3)
    said = deploy(server, 'one', '--output', 'json',
                  distribution='ERESET3').json()
    assert said['result'] == 'accepted' and said['serial'] == 1
    assert said['plan']['items'] == ['/*'] and said['plan']['cost'] == 1
    assert said['changes'] == {'added': 3, 'changed': 0, 'removed': 0}
    batch = said['invalidation']['InvalidationBatch']
    assert batch['CallerReference'] == said['caller_reference']


def test_pending_without_credentials_is_pending(server):
    deploy(server, tree('one', ONE), distribution='ERESET3').expect(3)
    deploy(server, 'one', env={
        'AWS_ACCESS_KEY_ID': None, 'AWS_SECRET_ACCESS_KEY': None,
    }, distribution='ERESET3').expect(3, 'pending')


def test_dry_run_is_the_real_run():
    """For every --first-run, for a change, and for none."""
    tree('one', ONE)
    tree('two', TWO)
    for first in ('all', 'none'):
        with Server(f'{first}.log') as server:
            for build in ('one', 'two', 'two'):
                more = ('--first-run', first)
                dry = deploy(server, build, '--dry-run', *more)
                batch = dry.expect(0).json()['InvalidationBatch']
                before = len(server.posts())
                deploy(server, build, *more).expect(0)
                sent = server.posts()[before:]
                if not sent:
                    assert batch['Paths'] == {'Quantity': 0, 'Items': []}
                    assert 'nothing would be sent' in dry.err
                    continue
                assert sent[0]['items'] == batch['Paths']['Items']
                if before or first == 'none':
                    assert sent[0]['caller_reference'] == \
                        batch['CallerReference']
        os.unlink('baseline')


def test_baseline_inside_the_build(server):
    tree('site', ONE)
    args = ['invalidate', '.', '--distribution-id', 'E1', '--endpoint-url',
            server.url]
    said = run(args, cwd='site').expect(2, 'inside the build', '--exclude')
    assert said.err.count('inside the build') == 1, said
    assert not server.log() and not os.path.exists('site/.edgediff')
    run([*args, '--exclude', '*.baseline'], cwd='site').expect(
        2, 'inside the build')  # its lock would be part of it
    run([*args, '--exclude', '.edgediff'], cwd='site').expect(0)
    again = run([*args, '--exclude', '.edgediff'], cwd='site').expect(0)
    assert 'nothing to do' in again.out


def test_a_baseline_that_is_another_file(server):
    """Named by mistake: it stays, and nothing is left beside it."""
    tree('site', ONE)
    files = read_tree('.')
    for name in ('site/index.html', 'site'):
        run(['invalidate', 'site', '--distribution-id', 'E1', '--exclude',
             '*', '--allow-empty', '--endpoint-url', server.url,
             '--no-cache', '--baseline', name]).expect(1, name)
    assert not server.log()
    left = read_tree('.')
    assert {name: left[name] for name in files} == files
    assert not [name for name in left if name.endswith('.lock')], left


def test_baseline_that_is_no_local_file(server):
    tree('one', ONE)
    os.mkfifo('fifo')
    for where, status in (('s3://bucket', 2), ('s3://B_/key', 2),
                          ('s3://bucket/', 2), ('s3://bucket//key', 2),
                          ('http://bucket/key', 2), ('', 2),
                          ('folder/', 2), ('fifo', 1), ('/dev/zero', 1)):
        run(['invalidate', 'one', '--distribution-id', 'E1', '--dry-run',
             '--baseline', where]).expect(status)
    assert not server.log()


def wait_for_flock(process):
    """Until the process has the lock's file open."""
    def opened():
        # a file may be closed meanwhile: then its link is gone
        assert process.poll() is None
        return any(os.path.realpath(link).endswith('baseline.lock') for link
                   in pathlib.Path(f'/proc/{process.pid}/fd').iterdir())

    wait_until(opened)


def test_two_at_once(server):
    """The second waits, or says that it lost and succeeds when run again."""
    tree('one', ONE)
    args = ['invalidate', 'one', '--distribution-id', 'ESTALL',
            '--endpoint-url', server.url, '--baseline', 'baseline']
    first = start(args)
    try:
        while not server.posts() and not pathlib.Path(
                'baseline').exists():
            assert first.poll() is None
        run([*args, '--lock-timeout', '0']).expect(
            1, 'baseline.lock: another process holds it')
        run([*args, '--lock-timeout', '1']).expect(
            1, 'another process still holds it after 1 s')
        gone = start([*args, '--lock-timeout', '1000'])
        second = start([*args, '--lock-timeout', '1000'])
        for process in (gone, second):
            wait_for_flock(process)
        gone.send_signal(signal.SIGTERM)
        gone.communicate(timeout=limit(20))
        assert gone.returncode == -signal.SIGTERM
    finally:
        first.kill()
        first.communicate()
    _, err = second.communicate(timeout=limit(30))
    assert second.returncode == 0 and b'submitting the pending' in err, err
    assert 'nothing to do' in run(args).expect(0).out
    assert len(server.created()) == 1


def test_link_to_a_baseline(server):
    """It stays a link, even if its file does not exist yet."""
    tree('one', ONE)
    os.mkdir('far')
    os.symlink('far/real', 'baseline')
    deploy(server, 'one').expect(0)
    deploy(server, tree('two', TWO)).expect(0)
    assert os.readlink('baseline') == 'far/real'
    assert sorted(os.listdir('far')) == ['real', 'real.lock']


def test_words_that_a_terminal_would_obey(server):
    """A baseline holds none, though its SHA-256 is right."""
    tree('one', ONE)
    deploy(server, 'one').expect(0)
    text = pathlib.Path('baseline').read_bytes()
    text = text[:text.rindex(b'end ')].replace(b' I0', b' \x1b[2JI0')
    pathlib.Path('baseline').write_bytes(
        text + b'end ' + hashlib.sha256(text).hexdigest().encode() + b'\n')
    run(['status', '--baseline', 'baseline']).expect(1, 'not a name and')


def test_output_that_cannot_be_written(server):
    """Accepted and recorded, so neither 0 nor 1."""
    tree('one', ONE)
    for name, redirect in (('full', '>/dev/full'), ('closed', '>&-')):
        done = subprocess.run(
            ['sh', '-c', f'exec "$@" {redirect}', 'sh', edgediff(),
             'invalidate', 'one', '--distribution-id', 'E1',
             '--endpoint-url', server.url, '--baseline', name],
            env=environment(os.getcwd()), check=False,
            stderr=subprocess.PIPE)
        assert done.returncode == 4, (name, done)
        assert b'standard output' in done.stderr
        assert run(['manifest', name]).status == 0


def test_closed_standard_descriptors(server):
    """No file takes their place and gets the messages."""
    tree('one', ONE)
    for name, redirect, status in (('none', '<&- >&- 2>&-', 4),
                                   ('quiet', '2>&-', 0)):
        done = subprocess.run(
            ['sh', '-c', f'exec "$@" {redirect}', 'sh', edgediff(),
             'invalidate', 'one', '--distribution-id', 'E1',
             '--endpoint-url', server.url, '--baseline', name],
            env=environment(os.getcwd()), check=False,
            stdout=subprocess.PIPE)
        assert done.returncode == status, (name, done)
        assert pathlib.Path(f'{name}.lock').read_bytes() == b''


def test_warnings():
    many = {f'{n}.html': 'one' for n in range(20)}
    tree('one', many)
    tree('two', {name: 'two' for name in many})
    run(['plan', 'one', 'two']).expect(0, '20 of 20 objects changed')
    tree('three', dict(many, **{'0.html': 'three'}))
    said = run(['plan', 'one', 'three', '--immutable', '0.html']).expect(
        0, '0.html changed although --immutable')
    assert '0 of 20 URLs are stale' in said.out
    quiet = run(['plan', 'one', 'three']).expect(0)
    assert 'warning' not in quiet.err


def test_waiting(server):
    result = deploy(server, tree('one', ONE), '--wait', '--output',
                    'json').expect(0)
    assert result.json()['invalidation']['Status'] == 'Completed'
    result = deploy(server, tree('two', TWO), '--wait',
                    '--wait-timeout', '0').expect(4, '--wait-timeout')
    assert 'accepted' in result.out
    os.unlink('baseline')
    deploy(server, 'two', '--wait', '--wait-timeout',
           '1', distribution='ENEVER').expect(4, 'after 1 s')


def test_proxy_password_is_not_told():
    tree('one', ONE)
    result = run(['invalidate', 'one', '--distribution-id', 'E1', '--baseline',
                  'b', '--endpoint-url', 'http://example.invalid:1/'],
                 env={'http_proxy': 'http://user:hunter2@127.0.0.1:99999'})
    assert result.status == 1 and 'hunter2' not in result.err, str(result)


def test_empty_build_that_is_meant(server):
    deploy(server, tree('one', ONE)).expect(0)
    os.mkdir('empty')
    deploy(server, 'empty').expect(1, '--allow-empty')
    deploy(server, 'empty', '--allow-empty').expect(0)
    assert json.loads(deploy(server, 'empty', '--allow-empty',
                             '--output', 'json').out)['serial'] == 2


def test_four_transitions_with_crashes_between(server):
    """A, B, A, B: four invalidations, however each of them was interrupted."""
    tree('one', ONE)
    tree('two', TWO)
    for build in ('one', 'two', 'one', 'two'):
        deploy(server, build, distribution='ERESET3').expect(3)
        deploy(server, build, distribution='ERESET3').expect(0)
    assert len(server.created()) == 4
    assert len({post['caller_reference'] for post in server.posts()}) == 4


def test_deleted_baseline_is_not_replayed(server):
    """The same first build again is a new invalidation."""
    tree('one', ONE)
    deploy(server, 'one').expect(0)
    os.unlink('baseline')
    deploy(server, 'one').expect(0)
    assert len(server.created()) == 2


def test_restored_baseline_is_not_replayed(server):
    """An older copy of the baseline leads to a reference that is used up."""
    tree('one', ONE)
    tree('two', TWO)
    deploy(server, 'one', distribution='ELATER').expect(0)
    old = pathlib.Path('baseline').read_bytes()
    deploy(server, 'two', distribution='ELATER').expect(0)
    deploy(server, 'one', distribution='ELATER').expect(0)
    pathlib.Path('baseline').write_bytes(old)
    deploy(server, 'two', distribution='ELATER').expect(0, 'an older or a second copy')
    assert len(server.created()) == 4
    deploy(server, 'two', distribution='ELATER').expect(0)
    assert len(server.created()) == 4


def test_restored_baseline_and_a_crash(server):
    """The batch of the older copy is pending when its run dies: not replayed.

    The same if the copy holds a pending batch of its own.
    """
    tree('one', ONE)
    tree('two', TWO)
    tree('three', dict(ONE, **{'index.html': 'three'}))
    deploy(server, 'one').expect(0)
    old = pathlib.Path('baseline').read_bytes()
    deploy(server, 'two').expect(0)
    deploy(server, 'three').expect(0)
    pathlib.Path('baseline').write_bytes(old)
    with socket.create_server(('127.0.0.1', 0)) as silent:
        process = start(
            ['invalidate', 'two', '--distribution-id', 'E1', '--baseline',
             'baseline', '--endpoint-url',
             f'http://127.0.0.1:{silent.getsockname()[1]}'])
        while b'\npending ' not in pathlib.Path('baseline').read_bytes():
            assert process.poll() is None
        process.kill()
        process.communicate()
    assert len(server.created()) == 3
    deploy(server, 'two').expect(0, 'an older or a second copy')
    assert len(server.created()) == 4
    with Server('other.log') as other:
        os.unlink('baseline')
        deploy(other, 'one', distribution='ERESET3').expect(3)
        old = pathlib.Path('baseline').read_bytes()
        deploy(other, 'one', distribution='ERESET3').expect(0)
        for build in ('two', 'two'):
            deploy(other, build, distribution='ERESET3')
        pathlib.Path('baseline').write_bytes(old)
        deploy(other, 'one', distribution='ERESET3').expect(
            3, 'an older or a second copy')
        deploy(other, 'one', distribution='ERESET3').expect(0)
        assert len(other.created()) == 3


def test_no_room(server):
    """Waits as long as --wait-timeout, and says so; then nothing is pending."""
    tree('one', ONE)
    seconds = whole(1)
    deploy(server, 'one', '--wait-timeout', str(seconds),
           distribution='ETOOMANY1').expect(
        0, 'too many invalidations in progress', '--wait-timeout')
    os.unlink('baseline')
    deploy(server, 'one', '--wait-timeout', str(seconds),
           distribution='ETOOMANYALWAYS').expect(
        1, 'nothing was accepted', 'too many invalidations')
    # tried again within the time, and not without end
    assert 2 <= len(server.posts('ETOOMANYALWAYS')) <= 1 + seconds
    status = run(['status', '--baseline', 'baseline', '--output', 'json'])
    assert status.json()['state'] == 'settled' and \
        status.json()['serial'] == 0


def test_signals_while_sending(server):
    """SIGINT, SIGTERM and SIGHUP leave the batch pending: status 3."""
    tree('one', ONE)
    for number, name in enumerate((signal.SIGINT, signal.SIGTERM,
                                   signal.SIGHUP)):
        where, kind = f'baseline{number}', f'ESTALL-{number}'
        args = ['invalidate', 'one', '--distribution-id', kind,
                '--endpoint-url', server.url, '--baseline', where]
        process = start(args)
        while not server.posts(kind):
            assert process.poll() is None
        process.send_signal(name)
        out, err = process.communicate(timeout=limit(20))
        assert process.returncode == 3, (process.returncode, err)
        assert b'interrupted' in err and b'run the same' in err and not out
        assert len(server.posts(kind)) == 1
        run(args).expect(0, 'submitting the pending')
        assert len(server.created(kind)) == 1


def test_signals_while_waiting(server):
    """For room: pending, 3. For completion: accepted and recorded, 4."""
    tree('one', ONE)
    for kind, more, status in (('ETOOMANY1', [], 3),
                               ('ENEVER', ['--wait'], 4)):
        args = ['invalidate', 'one', '--distribution-id', kind, *more,
                '--endpoint-url', server.url, '--baseline', kind]
        process = start(args)
        while len([e for e in server.log()
                   if e['distribution'] == kind]) < 1 + len(more):
            assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=limit(20))
        assert process.returncode == status, (process.returncode, err)
        assert b'interrupted' in err
        run(args[:3] + [kind] + args[-4:]).expect(0)
        assert len(server.created(kind)) == 1


def test_signal_before_anything_is_pending(server):
    """It ends the process at once, and nothing is left behind."""
    with open(tree('one', ONE) / 'huge', 'wb') as file:
        file.truncate(1 << 42)
    process = start(
        ['invalidate', 'one', '--distribution-id', 'E1', '--endpoint-url',
         server.url, '--baseline', 'baseline'])
    while not pathlib.Path('baseline.lock').exists():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=limit(20))
    assert process.returncode == -signal.SIGINT
    assert not server.log() and not pathlib.Path('baseline').exists()


def test_status(server):
    tree('one', ONE)
    tree('two', TWO)
    none = run(['status', '--distribution-id', 'E1', '--baseline',
                'baseline']).expect(0)
    assert none.out == 'state         none\nbaseline      baseline\n'
    run(['status']).expect(2, '--distribution-id')
    deploy(server, 'one').expect(0)
    said = run(['status', '--baseline', 'baseline']).expect(0)
    assert 'state         settled\n' in said.out
    assert 'serial        1\n' in said.out
    run(['status', '--baseline', 'baseline', '--distribution-id',
         'EOTHER']).expect(1, 'of distribution E1, not of EOTHER')
    os.unlink('baseline')
    deploy(server, 'one', distribution='ERESET3').expect(3)
    said = run(['status', '--baseline', 'baseline', '--output',
                'json']).expect(0, 'pending').json()
    post = server.posts('ERESET3')[0]
    assert said['state'] == 'pending' and said['serial'] == 0
    assert said['pending']['caller_reference'] == post['caller_reference']
    assert said['pending']['items'] == post['items'] == ['/*']
    text = run(['status', '--baseline', 'baseline']).out
    assert f'pending       {post["caller_reference"]}\n' in text
    # without the build, and although it has changed since
    deploy(server, 'two', distribution='ERESET3').expect(3)
    pathlib.Path('cut').write_bytes(
        pathlib.Path('baseline').read_bytes()[:-1])
    run(['status', '--baseline', 'cut']).expect(1, 'cannot be used')
