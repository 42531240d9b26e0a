"""edgediff invalidate from a build to an accepted invalidation, and back."""
import json
import os
import pathlib
import re
import shlex
import signal
import time

import pytest

from support import (Server, deploy, flip_bit, read_tree, run, sites, start,
                     tar, tree, wait_until)

A = {'index.html': 'home 1', 'a/index.html': 'a 1', 'a/b.html': 'b 1',
     'style.css': 'css', '.well-known/security.txt': 'mail'}
B = {**A, 'a/b.html': 'b 2', 'new.html': 'new'}
C = {**B, 'style.css': 'css 3'}


def deployed(server, build, *more, **how):
    """A deployment that was accepted: what it printed."""
    printed = deploy(server, build, '--output', 'json', *more,
                     **how).expect(0).json()
    assert printed['result'] == 'accepted', printed
    return printed


def known(server, distribution):
    """A and B as folders; the edge is known to agree with A."""
    tree('A', A)
    tree('B', B)
    deploy(server, 'A', '--first-run', 'none',
           distribution=distribution).expect(0)
    assert not server.log()
    return pathlib.Path('baseline').read_bytes()


def agrees(entry, printed):
    """Does the server's log say what was printed?"""
    batch = printed['invalidation']['InvalidationBatch']
    assert entry['signature'] == 'ok' and entry['status'] == 201
    assert entry['caller_reference'] == printed['caller_reference'] == \
        batch['CallerReference']
    assert entry['items'] == printed['plan']['items']
    assert set(entry['items']) == set(batch['Paths']['Items'])
    assert entry['invalidation'] == printed['invalidation']['Id']


def test_first_second_and_nothing_to_do(server):
    tree('A', A)
    tree('B', B)
    first = deployed(server, 'A')
    assert first['serial'] == 1 and first['plan']['items'] == ['/*']
    agrees(server.log()[0], first)
    second = deployed(server, 'B')
    agrees(server.posts()[1], second)
    assert second['serial'] == 2
    assert second['changes'] == {'added': 1, 'changed': 1, 'removed': 0}
    assert second['plan']['items'] == ['/a/b.html', '/new.html']
    before = pathlib.Path('baseline').read_bytes()
    third = deploy(server, 'B', '--output', 'json').expect(0).json()
    assert third['result'] == 'nothing to do'
    assert len(server.posts()) == 2
    assert pathlib.Path('baseline').read_bytes() == before


def test_a_dry_run_is_what_is_sent(server):
    before = known(server, 'E1')
    files = read_tree('.')
    # neither credentials nor a server are needed for it
    dry = run(['invalidate', 'B', '--distribution-id', 'E1', '--baseline',
               'baseline', '--dry-run'], env={'AWS_ACCESS_KEY_ID': None,
               'AWS_SECRET_ACCESS_KEY': None}).expect(0)
    again = deploy(server, 'B', '--dry-run', '--output', 'text')
    assert dry.stdout == again.stdout
    assert not server.log() and read_tree('.') == files
    assert pathlib.Path('baseline').read_bytes() == before
    deployed(server, 'B')
    batch = dry.json()['InvalidationBatch']
    sent = server.log()[0]
    assert dry.json()['DistributionId'] == 'E1'
    assert batch['Paths']['Items'] == sent['items']
    assert batch['Paths']['Quantity'] == len(sent['items'])
    assert batch['CallerReference'] == sent['caller_reference']


def test_a_dry_run_lists_items(server):
    known(server, 'E1')
    listed = deploy(server, 'B', '--dry-run', '--output', 'paths').expect(0)
    assert listed.out == '/a/b.html\n/new.html\n', listed
    same = deploy(server, 'A', '--dry-run', '--output', 'paths').expect(0)
    assert same.out == ''
    assert listed.out.split() == deployed(server, 'B')['plan']['items']


def test_only_a_dry_run_lists_items(server):
    """A run may send an earlier batch, too, and each may fail."""
    before = known(server, 'E1')
    deploy(server, 'B', '--output', 'paths').expect(
        2, '--output paths prints what would be sent: add --dry-run')
    pathlib.Path('edgediff.conf').write_text(
        '[www]\ndistribution-id = EWWW\n[docs]\ndistribution-id = EDOCS\n')
    run(['invalidate', 'B', '--distribution', 'www', '--distribution', 'docs',
         '--dry-run', '--output', 'paths']).expect(2, 'name one')
    assert not server.log()
    assert pathlib.Path('baseline').read_bytes() == before


def test_a_b_a_b_are_four_invalidations(server):
    tree('A', A)
    tree('B', B)
    printed = [deployed(server, build) for build in 'ABAB']
    references = [one['caller_reference'] for one in printed]
    assert len(set(references)) == 4, references
    assert len(server.created()) == len(server.posts()) == 4
    for one, reference in zip(printed, references):
        assert reference.startswith('edgediff-' + one['manifest_hash'][:16])


def test_a_skipped_deploy_is_covered(server):
    tree('A', A)
    tree('C', C)
    deployed(server, 'A')
    assert deployed(server, 'C')['plan']['items'] == \
        ['/a/b.html', '/new.html', '/style.css']


def test_first_run(server):
    tree('A', A)
    deploy(server, 'A', '--first-run', 'fail').expect(1, 'baseline')
    assert not os.path.exists('baseline')
    none = deploy(server, 'A', '--first-run', 'none', '--output',
                  'json').expect(0).json()
    assert none['result'] == 'nothing to do' and not server.log()
    tree('A', B)
    assert len(deployed(server, 'A')['plan']['items']) == 2


def nothing_sent(server, before, build, *more, say=(), status=(1, 2), **how):
    result = deploy(server, build, *more, **how)
    assert result.status in status, str(result)
    assert result.err.startswith('edgediff') or result.err, str(result)
    assert not result.out, str(result)
    for word in say:
        assert word in result.err, f'{word!r} is not said\n{result}'
    assert not server.log(), 'something was sent'
    assert pathlib.Path('baseline').read_bytes() == before, \
        f'the baseline changed\n{result}'


def test_bad_input(server):
    before = known(server, 'E1')
    bad = lambda *args, **more: nothing_sent(server, before, *args, **more)
    bad('missing', say=['missing'])
    os.mkdir('empty')
    bad('empty', say=['empty', '--allow-empty'])
    tar('site.tgz', [(name, text.encode() * 9999)
                     for name, text in B.items()], 'w:gz')
    data = pathlib.Path('site.tgz').read_bytes()
    pathlib.Path('cut.tgz').write_bytes(data[:len(data) // 2])
    bad('cut.tgz', say=['cut.tgz'])
    manifest = run(['manifest', 'B']).expect(0).stdout
    for offset in (0, len(manifest) // 2, len(manifest) - 5):
        pathlib.Path('flipped').write_bytes(manifest)
        flip_bit('flipped', offset)
        bad('flipped', say=['flipped'])
    tree('fifo', B)
    os.mkfifo('fifo/a/pipe')
    bad('fifo', say=['a/pipe'])
    tar('up.tar', [('x.html', b'x'), ('../up.html', b'u')])
    bad('up.tar', say=['../up.html'])
    tar('root.tar', [('/etc/up.html', b'u')])
    bad('root.tar', say=['/etc/up.html'])
    tar('twice.tar', [('x.html', b'1'), ('x.html', b'2')])
    bad('twice.tar', say=['x.html'])
    for value in ('0', '3001', 'x', '-1', '', '1x'):
        bad('B', '--max-paths', value, say=['--max-paths'], status=(2,))
    for value in ('16', '-1', 'x'):
        bad('B', '--max-wildcards', value, say=['--max-wildcards'],
            status=(2,))
    bad('B', distribution='E2', say=['E1', 'E2'])
    bad('B', distribution='E/1', status=(2,))
    bad('B', '--bogus', say=['--bogus'], status=(2,))


def test_a_damaged_baseline_is_refused(server):
    before = known(server, 'E1')
    for offset in range(0, len(before), max(1, len(before) // 40)):
        pathlib.Path('baseline').write_bytes(before)
        flip_bit('baseline', offset, 1)
        damaged = pathlib.Path('baseline').read_bytes()
        nothing_sent(server, damaged, 'B', say=['baseline'], status=(1,))
    for text in (before[:-1], before[:len(before) // 2], b'', before * 2,
                 before + b'\n'):
        pathlib.Path('baseline').write_bytes(text)
        nothing_sent(server, text, 'B', say=['baseline'], status=(1,))


def test_an_unwritable_baseline_folder(server):
    tree('B', B)
    # root may write anywhere but into what is not a folder, or /proc
    pathlib.Path('file').write_text('x')
    for where in ('file/baseline', '/proc/edgediff/baseline'):
        result = run(['invalidate', 'B', '--distribution-id', 'E1',
                      '--endpoint-url', server.url, '--baseline', where])
        assert result.status == 1 and where.split('/')[-2] in result.err, \
            str(result)
        assert not server.log()


def once(server, distribution, most_runs=1):
    """However many runs it took: exactly one invalidation, and all is well."""
    printed = None
    statuses = []
    for _ in range(most_runs):
        result = deploy(server, 'B', '--output', 'json',
                        distribution=distribution)
        statuses.append(result.status)
        if result.status == 0:
            printed = result.json()
            break
    assert printed, f'{distribution}: {statuses}\n{result}'
    assert len(server.created(distribution)) == 1, distribution
    bodies = {entry['body'] for entry in server.posts(distribution)}
    assert len(bodies) == 1, 'a retry sent other bytes'
    end = deploy(server, 'B', '--output', 'json',
                 distribution=distribution).expect(0).json()
    assert end['result'] == 'nothing to do'
    return statuses


def each(*distributions):
    for distribution in distributions:
        folder = pathlib.Path(distribution)
        folder.mkdir()
        os.chdir(folder)
        yield distribution
        os.chdir('..')


def test_faults_that_a_retry_heals(server):
    for distribution in each('ETHROTTLE', 'E503', 'ERESETEARLY', 'ERESET',
                             'ECUT', 'EGARBAGE', 'E500AFTER', 'EFAULTSKEW',
                             'EUSED', 'EWIREUSED'):
        tree('A', A)
        tree('B', B)
        deploy(server, 'A', '--first-run', 'none',
               distribution=distribution).expect(0)
        # where an answer was lost, a second run may have to ask
        once(server, distribution, 2)


def test_faults_that_outlast_a_run(server):
    for distribution in each('ERESET3', 'ECUT3', 'EGARBAGE3', 'E500AFTER3',
                             'E5033'):
        tree('A', A)
        tree('B', B)
        deploy(server, 'A', '--first-run', 'none',
               distribution=distribution).expect(0)
        result = deploy(server, 'B', distribution=distribution)
        assert result.status == 3 and 'run the same command again' in \
            result.err, f'{distribution}\n{result}'
        once(server, distribution)


def test_what_never_heals_never_succeeds(server):
    for distribution, status in (('ECUTALWAYS', 3), ('ERESETALWAYS', 3),
                                 ('EDOWN', 3), ('EDENIED', 1),
                                 ('ENOSUCH', 1), ('EEXPIRED', 1)):
        os.mkdir(distribution)
        os.chdir(distribution)
        tree('A', A)
        tree('B', B)
        deploy(server, 'A', '--first-run', 'none',
               distribution=distribution).expect(0)
        for _ in range(2):
            result = deploy(server, 'B', distribution=distribution)
            assert result.status == status, f'{distribution}\n{result}'
            assert not result.out
        assert len(server.created(distribution)) <= 1
        os.chdir('..')


def test_a_refused_batch_does_not_block(server):
    known(server, 'EDENIED2')
    tree('C', C)
    deploy(server, 'B', distribution='EDENIED2').expect(
        1, 'AccessDenied')
    deploy(server, 'C', distribution='EDENIED2').expect(1, 'AccessDenied')
    printed = deployed(server, 'C', distribution='EDENIED2')
    # a copy may have had the refused one accepted
    references = [post['caller_reference'] for post in server.posts()]
    assert len(set(references)) == len(references) == 3
    assert len({one.split('-')[2] for one in references}) == 1  # the tag
    assert printed['plan']['items'] == \
        ['/a/b.html', '/new.html', '/style.css']


def test_a_refused_build_that_is_taken_back(server):
    """Caches may hold some of B, though its batch was refused."""
    known(server, 'EDENIED2')
    deploy(server, 'B', distribution='EDENIED2').expect(1)
    before = pathlib.Path('baseline').read_text('utf-8')
    assert re.search(r'^values 2\n[0-9a-f]{32} \d+ a/b.html\n', before, re.M)
    deploy(server, 'A', distribution='EDENIED2').expect(1)
    after = pathlib.Path('baseline').read_text('utf-8')
    own = r'^(lineage|end) .*\n'  # that line, and the checksum over it
    assert re.sub(own, '', after, flags=re.M) == \
        re.sub(own, '', before, flags=re.M)
    printed = deployed(server, 'A', distribution='EDENIED2')
    assert printed['plan']['items'] == ['/a/b.html', '/new.html']
    after = deploy(server, 'A', distribution='EDENIED2').expect(0)
    assert 'nothing to do' in after.out


def test_a_build_that_was_not_sent_and_is_taken_back():
    """Caches may hold some of it all the same."""
    pathlib.Path('no').write_text('')
    long = '/'.join(['d' * 250] * 15) + '/' + 'e' * 250
    tar('long.tar', [(long, b'x'), *[(n, t.encode()) for n, t in A.items()]])
    changed = ['/a/b.html', '/new.html']
    keys = {'AWS_ACCESS_KEY_ID': None, 'AWS_SECRET_ACCESS_KEY': None}
    for number, (build, cause, more, env, items) in enumerate((
            ('B', 'credentials', (), keys, changed),
            ('B', '--max-paths', ('--max-paths', '1', '--max-wildcards', '0'),
             {}, changed),
            ('B', 'no/report.md', ('--report', 'no/report.md'), {}, changed),
            ('long.tar', '4000', ('--max-wildcards', '0'), {}, None))):
        with Server(f'{number}.log') as server:
            known(server, 'E1')
            deploy(server, build, *more, env=env).expect(1, cause)
            assert not server.log()
            sent = deployed(server, 'A')['plan']['items']
            assert sent == (items or [f'/{os.path.dirname(long)}/*']), cause
        os.unlink('baseline')


def test_too_many_in_progress(server):
    known(server, 'ETOOMANY')
    for _ in range(3):
        result = deploy(server, 'B', '--wait-timeout', '1',
                        distribution='ETOOMANY')
        if result.status == 0:
            break
        result.expect(1, 'TooManyInvalidationsInProgress')
    assert result.status == 0
    assert len(server.created()) == 1


def test_a_replay_is_not_taken_for_success(server):
    tree('A', A)
    tree('B', B)
    deployed(server, 'A', distribution='EOLD')
    printed = deployed(server, 'B', distribution='EOLD')
    assert len(server.created('EOLD')) == 2
    assert server.created('EOLD')[-1]['caller_reference'] == \
        printed['caller_reference']


def test_a_used_reference_with_other_paths(server):
    for distribution in each('EUSEDOTHER', 'EWIREUSEDOTHER'):
        tree('A', A)
        tree('B', B)
        deploy(server, 'A', '--first-run', 'none',
               distribution=distribution).expect(0)
        printed = deployed(server, 'B', distribution=distribution)
        last = server.created(distribution)[-1]
        assert last['items'] == printed['plan']['items']
        assert last['caller_reference'] == printed['caller_reference']


def test_killed_while_it_waits_for_the_answer(server):
    known(server, 'ESLOW')
    process = start(
        ['invalidate', 'B', '--distribution-id', 'ESLOW', '--endpoint-url',
         server.url, '--baseline', 'baseline'])
    wait_until(lambda: server.created('ESLOW'))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    once(server, 'ESLOW')


def asked(server):
    """The requests for one invalidation."""
    return [one for one in server.log() if one['method'] == 'GET'
            and not one['path'].endswith('/invalidation')]


def test_wait(server):
    known(server, 'E1')
    deploy(server, 'B', '--wait').expect(0)
    assert len(asked(server)) == 2
    # it is completed, and so is one that is not known any longer
    assert 'nothing to do' in deploy(server, 'B', '--wait').expect(
        0).out
    assert len(asked(server)) == 3
    with Server('young.log') as young:
        deploy(young, 'B', '--wait').expect(0)
        assert len(asked(young)) == 1 and not young.posts()
    with Server('never.log') as server:
        os.remove('baseline')
        known(server, 'ENEVER')
        late = deploy(server, 'B', '--wait', '--wait-timeout', '2',
                      distribution='ENEVER').expect(4)
        # the command that waits on is one
        words = shlex.split(re.search("'edgediff (wait .*)'", late.err)[1])
        before = len(server.log())
        process = start([*words, '--endpoint-url', server.url])
        wait_until(lambda: len(server.log()) > before)
        time.sleep(0.5)  # for it to end, if it does not wait on
        assert process.poll() is None
        process.kill()
        process.communicate()
        assert server.log()[-1]['path'].endswith(words[-1])
        # a step that is tried again is not done as long as it is not
        deploy(server, 'B', '--wait', '--wait-timeout', '1', '--stamp',
               'stamp', distribution='ENEVER').expect(
                   4, 'is still InProgress')
        assert not os.path.exists('stamp')
        again = deploy(server, 'B', '--output', 'json',
                       distribution='ENEVER').expect(0).json()
        assert again['result'] == 'nothing to do'
        assert len(server.created()) == 1


def test_no_server_there():
    tree('B', B)
    result = run(['invalidate', 'B', '--distribution-id', 'E1',
                  '--endpoint-url', 'http://127.0.0.1:1', '--baseline', 'b'])
    assert result.status == 1 and '127.0.0.1' in result.err, str(result)


@pytest.mark.timeout(300)
def test_mathjax(server):
    """A real site from folders, and from its archives: the same, twice."""
    site = sites('mathjax')
    hashes, plans = [], []
    for distribution, suffix, more in (
            ('EFOLDER', '', ()),
            ('EARCHIVE', '.tgz', ('--root', 'package'))):
        for version in ('2.7.0', '2.7.1'):
            build = site / (version + suffix)
            how = dict(distribution=distribution, timeout=120)
            where = ('--baseline', distribution, *more)
            dry = deploy(server, build, '--dry-run', *where,
                         **how).expect(0).json()['InvalidationBatch']
            printed = deployed(server, build, *where, **how)
            entry = server.posts(distribution)[-1]
            agrees(entry, printed)
            assert dry['Paths']['Items'] == entry['items']
            if version != '2.7.0':
                assert dry['CallerReference'] == entry['caller_reference']
            hashes.append(printed['manifest_hash'])
            plans.append(json.dumps(printed['plan'], sort_keys=True))
    assert hashes[:2] == hashes[2:] and plans[:2] == plans[2:]
    assert hashes[0] != hashes[1]
    assert len(server.created()) == len(server.posts()) == 4
