"""invalidate --reviewed: only the batch that was reviewed is sent."""
import json
import os
import pathlib
import re

from support import deploy, read_tree, run, tree

A = {'index.html': 'home 1', 'a/index.html': 'a 1', 'a/b.html': 'b 1',
     'style.css': 'css'}
B = {**A, 'a/b.html': 'b 2', 'new.html': 'new'}
C = {**B, 'style.css': 'css 3'}


def known(server, distribution):
    """A and B as folders; the edge is known to agree with A."""
    tree('A', A)
    tree('B', B)
    deploy(server, 'A', '--first-run', 'none',
           distribution=distribution).expect(0)
    return pathlib.Path('baseline').read_bytes()


def review(server, build='B', *more, distribution='E1'):
    """A dry run, kept in reviewed.json."""
    dry = deploy(server, build, '--dry-run', *more,
                 distribution=distribution).expect(0)
    pathlib.Path('reviewed.json').write_bytes(dry.stdout)
    return dry.json()['InvalidationBatch']


def send(server, build='B', *more, distribution='E1'):
    return deploy(server, build, '--reviewed', 'reviewed.json', *more,
                  distribution=distribution)


def without_values(baseline):
    """All that a baseline says but what else caches can hold."""
    text = re.sub(rb'^values .*?(?=^edgediff-manifest)', b'', baseline,
                  flags=re.MULTILINE | re.DOTALL)
    return text[:text.rindex(b'\nend ')]


def refused(server, before, *words, build='B', more=(), distribution='E1'):
    """Nothing sent; all that is written is that caches can hold the build.

    Nor does the dry run say it is well.
    """
    files = read_tree('.')
    requests = len(server.log())
    for one in ((*more, '--dry-run'), more):
        assert pathlib.Path('baseline').read_bytes() == files['baseline']
        result = send(server, build, *one, distribution=distribution)
        result.expect(1, *words)
        assert not result.out, str(result)
    assert len(server.log()) == requests, 'something was sent'
    after = read_tree('.')
    assert without_values(after['baseline']) == without_values(before)
    changing = ('baseline', 'baseline.cache')
    assert {name: after[name] for name in files if name not in changing} \
        == {name: files[name] for name in files if name not in changing}


def test_equal_is_sent_once(server):
    before = known(server, 'E1')
    batch = review(server)
    dry = send(server, 'B', '--dry-run').expect(0)
    assert dry.json()['InvalidationBatch'] == batch and not server.log()
    assert pathlib.Path('baseline').read_bytes() == before
    assert 'accepted' in send(server).expect(0).out
    entry, = server.created()
    assert entry['items'] == batch['Paths']['Items']
    assert entry['caller_reference'] == batch['CallerReference']
    # the same command again: it was accepted
    again = send(server).expect(0, 'already agrees with the reviewed build')
    assert 'nothing to do' in again.out and len(server.posts()) == 1
    send(server, 'B', '--dry-run').expect(0)


def test_the_build_has_changed(server):
    before = known(server, 'E1')
    review(server)
    tree('B', {'style.css': 'other'})
    os.remove('B/new.html')
    refused(server, before, 'the build has changed', '+ /style.css',
            '- /new.html', '1 items (+)', '1 (-)', '--dry-run')
    # a report shows what it is now, sent or not
    for more in ([], ['--dry-run']):
        send(server, 'B', '--report', 'now.md', *more).expect(1)
        assert '/style.css' in pathlib.Path('now.md').read_text()
        os.remove('now.md')
    assert len(server.log()) == 0
    # back to what the edge had: not what was reviewed either
    refused(server, before, 'the build has changed', '+ /style.css',
            '- /new.html', build='A')


def test_the_same_items_of_another_build(server):
    before = known(server, 'E1')
    review(server)
    tree('B', {'new.html': 'newer'})
    refused(server, before, 'the build has changed', '0 items (+)')


def test_the_baseline_has_moved(server):
    known(server, 'E1')
    tree('C', C)
    review(server, 'C')
    send(server, 'C').expect(0)
    deploy(server, 'A').expect(0)
    # the same items for the same build: what was approved is the same
    send(server, 'C').expect(0)
    first, _, again = server.created()
    assert again['items'] == first['items']
    assert again['caller_reference'] != first['caller_reference']
    deploy(server, 'B').expect(0)
    before = pathlib.Path('baseline').read_bytes()
    refused(server, before, 'the baseline or the options have changed',
            '0 items (+)', '- /new.html', build='C')


def test_other_options(server):
    before = known(server, 'E1')
    review(server)
    refused(server, before, 'the options have changed', '- /new.html',
            more=['--skip-added'])


def test_again_after_nothing_was_accepted(server):
    """The baseline knows of it; what was approved is the same."""
    known(server, 'E1')
    batch = review(server)
    run(['invalidate', 'B', '--distribution-id', 'E1', '--baseline',
         'baseline', '--endpoint-url', 'http://127.0.0.1:1', '--reviewed',
         'reviewed.json'], env={'AWS_MAX_ATTEMPTS': '1'}).expect(
             1, 'nothing was accepted')
    shown = run(['status', '--baseline', 'baseline']).expect(0)
    assert 'unknown       2 objects may be stale' in shown.out
    shown = run(['status', '--baseline', 'baseline', '--output', 'json'])
    assert shown.expect(0).json()['unknown_objects'] == 2, shown
    before = pathlib.Path('baseline').read_bytes()
    # another build, other items: still refused
    tree('C', C)
    send(server, 'C', '--dry-run').expect(1, 'the build has changed')
    refused(server, before, 'the options have changed', '- /new.html',
            more=['--skip-added'])
    assert pathlib.Path('baseline').read_bytes() == before
    assert send(server).expect(0).out.startswith('result        accepted')
    assert [sorted(entry['items']) for entry in server.created()] == \
        [sorted(batch['Paths']['Items'])]
    shown = run(['status', '--baseline', 'baseline']).expect(0)
    assert 'unknown' not in shown.out


def test_another_distribution(server):
    before = known(server, 'E1')
    review(server)
    refused(server, before, 'distribution E1, not for E2',
            distribution='E2')
    assert pathlib.Path('baseline').read_bytes() == before


def test_a_first_deployment(server):
    """Without a baseline the reference is another in each run."""
    tree('A', A)
    tree('B', B)
    batch = review(server, 'A')
    send(server, 'A', '--dry-run').expect(0)
    none = ('--first-run', 'none')
    send(server, 'A', *none, '--dry-run').expect(
        1, 'the options have changed', '- /*')
    assert not os.path.exists('baseline')
    for build, more, word in (('A', none, 'the options have changed'),
                              ('B', (), 'the build has changed')):
        result = send(server, build, *more).expect(1, word)
        assert not result.out and not server.log()
        # now there is a baseline: nothing is known, and that stays so
        assert b'\nknown nothing\n' in pathlib.Path('baseline').read_bytes()
    send(server, 'A').expect(0)
    entry, = server.created()
    assert entry['items'] == batch['Paths']['Items'] == ['/*']
    send(server, 'A').expect(0)
    assert len(server.posts()) == 1


def test_nothing_is_stale(server):
    known(server, 'E1')
    more = ('--skip-added', '--immutable', '**')
    review(server, 'B', *more)
    assert json.loads(pathlib.Path('reviewed.json').read_text())[
        'InvalidationBatch']['Paths']['Items'] == []
    assert 'nothing to do' in send(server, 'B', *more).expect(0).out
    assert 'nothing to do' in send(server, 'B', *more).expect(0).out
    assert not server.posts()


def test_the_pending_batch_is_the_reviewed_one(server):
    known(server, 'ECUT3')
    batch = review(server, distribution='ECUT3')
    send(server, distribution='ECUT3').expect(3)
    done = send(server, distribution='ECUT3').expect(0)
    assert 'accepted' in done.out
    entry, = server.created()
    assert entry['caller_reference'] == batch['CallerReference']


def test_the_pending_batch_is_another(server):
    """It may have been sent: it is settled, then the review is held to."""
    known(server, 'ECUT3')
    tree('C', C)
    review(server, distribution='ECUT3')
    deploy(server, 'C', distribution='ECUT3').expect(3)
    send(server, distribution='ECUT3').expect(
        1, 'submitting the pending batch',
        'the baseline or the options have changed')
    entry, = server.created()
    assert '/style.css' in entry['items']


def test_reviewed_while_another_is_pending(server):
    known(server, 'ECUT3')
    tree('C', C)
    deploy(server, 'C', distribution='ECUT3').expect(3)
    batch = review(server, distribution='ECUT3')
    send(server, distribution='ECUT3').expect(3, 'accepted as')
    send(server, distribution='ECUT3').expect(0)
    assert server.created()[1]['caller_reference'] == \
        batch['CallerReference']


def test_a_reference_without_a_tag(server):
    """As edgediff wrote it before it had one."""
    known(server, 'E1')
    review(server)
    path = pathlib.Path('reviewed.json')
    path.write_text(re.sub('-[0-9a-f]{8}-', '-', path.read_text('utf-8')),
                    'utf-8')
    send(server).expect(0)


def test_damaged_files(server):
    before = known(server, 'E1')
    review(server)
    good = pathlib.Path('reviewed.json').read_text('utf-8')
    bad = [
        ('', 'empty'), (good[:len(good) // 2], 'line 8: not JSON'),
        (good + '{}', 'not JSON'), ('[]', 'DistributionId'),
        ('null', 'DistributionId'),
        (good.replace('/new.html', '/new.html\\u0000'), 'line 8: not JSON'),
        (good.replace('/new.html', '/new.html\\u0;0e'), 'line 8: not JSON'),
        (good.replace('/new.html', '/new.html\0'), 'line 8: not JSON'),
        (good.replace('"/new.html"', '7'), 'not a path'),
        (good.replace('"/new.html"', '"new.html"'), 'not a path'),
        (good.replace('"/new.html"', '"/a/b.html"'), 'duplicate item'),
        (good.replace(': 2,', ': 3,'), 'Quantity'),
        (good.replace(': 2,', ': "2",'), 'Quantity'),
        (good.replace('"Paths"', '"paths"'), 'Quantity'),
        (good.replace('"Quantity"', '"x": 1, "Quantity"'), 'Quantity'),
        (good.replace('"Distr', '"x": 1, "Distr'), 'nothing else'),
        (good.replace('edgediff-', 'cli-'), 'CallerReference'),
        (re.sub('-[0-9a-f]{32}"', '"', good), 'CallerReference'),
        (re.sub('-[0-9a-f]{8}-', '-0-', good), 'CallerReference'),
        (good + ' ' * (16 * 1024 * 1024), 'reviewed.json'),
        ('[' * 100000, 'not JSON'),
    ]
    for text, word in bad:
        pathlib.Path('reviewed.json').write_text(text, 'utf-8')
        refused(server, before, 'reviewed.json', word)
    os.remove('reviewed.json')
    send(server).expect(1, 'reviewed.json')
    os.mkdir('reviewed.json')
    send(server).expect(1, 'reviewed.json')
    assert pathlib.Path('baseline').read_bytes() == before
    os.rmdir('reviewed.json')
    pathlib.Path('reviewed.json').write_text(
        good.replace('"/new.html"', '"/newer.html"'), 'utf-8')
    refused(server, before, 'reviewed.json', 'was edited')
    # what this file was compared with was read, so it may be in caches
    assert pathlib.Path('baseline').read_bytes() != before
    assert not server.log()


def test_it_may_be_printed_otherwise(server):
    """What other JSON tools make of the file means the same."""
    known(server, 'E1')
    review(server)
    path = pathlib.Path('reviewed.json')
    batch = json.loads(path.read_text('utf-8'))
    batch['InvalidationBatch']['Paths']['Items'].reverse()
    path.write_text(json.dumps(batch, sort_keys=True), 'utf-8')
    send(server).expect(0)
