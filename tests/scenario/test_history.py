"""The look at CloudFront's history: what it costs, and what it finds."""
import hashlib
import os
import pathlib

import pytest

from support import deploy, run, tree

ONE = {'index.html': 'one', 'x.html': 'one'}
TWO = {'index.html': 'one', 'x.html': 'two'}
SAID = 'an older or a second copy'


@pytest.fixture(autouse=True)
def builds():
    tree('one', ONE)
    tree('two', TWO)


def asked(server, build, *options, **how):
    """The methods of the requests that this run makes."""
    before = len(server.log())
    result = deploy(server, build, *options, **how).expect(0)
    return [entry['method'] for entry in server.log()[before:]], result


def invalidate_by_hand(server, *paths):
    run(['create-invalidation', '--distribution-id', 'E1', '--endpoint-url',
         server.url, '--paths', *paths]).expect(0)


def test_what_it_costs(server):
    assert asked(server, 'one')[0] == ['POST']  # nothing to look back to
    assert asked(server, 'two')[0] == ['POST', 'GET']
    assert asked(server, 'two')[0] == ['GET']
    assert asked(server, 'two', '--no-history')[0] == []
    assert asked(server, 'one', '--no-history')[0] == ['POST']
    invalidate_by_hand(server, '/*')
    invalidate_by_hand(server, '/x.html')
    # the list, and each of the two, which mean nothing
    assert asked(server, 'one')[0] == ['GET'] * 3
    assert asked(server, 'two')[0] == ['POST'] + ['GET'] * 3
    assert asked(server, 'two')[0] == ['GET']
    assert asked(server, 'two', '--dry-run')[0] == []


def test_credentials_that_cost_something_are_not_asked_for(server):
    """If there is nothing to do, no process is started for a look."""
    pathlib.Path('keys').write_text(
        '#!/bin/sh\necho x >>asked\necho \'{"Version": 1, "AccessKeyId": '
        '"AKIDEXAMPLE", "SecretAccessKey": '
        '"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}\'\n', 'ascii')
    os.chmod('keys', 0o755)
    pathlib.Path('config').write_text(
        f'[default]\ncredential_process = {os.path.abspath("keys")}\n',
        'ascii')
    env = {'AWS_ACCESS_KEY_ID': None, 'AWS_SECRET_ACCESS_KEY': None,
           'AWS_CONFIG_FILE': os.path.abspath('config')}
    assert asked(server, 'one', env=env)[0] == ['POST']
    os.unlink('asked')
    assert asked(server, 'one', env=env)[0] == []
    assert not os.path.exists('asked')


def test_what_it_finds(server):
    """An old job runs again, with the baseline of its time."""
    asked(server, 'one')
    old = pathlib.Path('baseline').read_bytes()
    asked(server, 'two')
    new = pathlib.Path('baseline').read_bytes()
    pathlib.Path('baseline').write_bytes(old)
    methods, result = asked(server, 'one', '--no-history')
    assert methods == [] and 'nothing to do' in result.out
    methods, result = asked(server, 'one')
    assert methods == ['GET', 'GET', 'POST', 'GET'] and SAID in result.err
    assert server.created()[-1]['items'] == ['/*']
    assert asked(server, 'one')[0] == ['GET']
    # and the other copy finds that everything was invalidated
    pathlib.Path('baseline').write_bytes(new)
    methods, result = asked(server, 'two')
    assert SAID in result.err and 'POST' in methods
    assert 'nothing to do' in asked(server, 'two')[1].out


def test_no_answer_is_a_note(server):
    asked(server, 'one')
    url, server.url = server.url, 'http://127.0.0.1:1'
    said = deploy(server, 'one').expect(0)
    server.url = url
    assert 'nothing to do' in said.out
    assert 'note: it was not checked whether the baseline' in said.err


def test_what_is_not_known_is_shown(server):
    """No batch for everything is possible, so the flag stays."""
    asked(server, 'one')
    old = pathlib.Path('baseline').read_bytes()
    asked(server, 'two')
    pathlib.Path('baseline').write_bytes(old)
    deploy(server, 'one', '--max-paths', '1', '--max-wildcards', '0').expect(
        1, SAID, '--max-paths 1')
    status = run(['status', '--baseline', 'baseline']).expect(0)
    assert 'unknown       what caches have; the next run' in status.out
    status = run(['status', '--baseline', 'baseline', '--output', 'json'])
    assert status.expect(0).json()['nothing_known'] is True
    assert asked(server, 'one')[0][0] == 'POST'
    status = run(['status', '--baseline', 'baseline', '--output', 'json'])
    assert status.expect(0).json()['nothing_known'] is False


def as_format_1(text):
    """What an older edgediff had written instead: it did not record its mount."""
    head, _, rest = text.partition('\n\n')
    lines = dict(line.partition(' ')[::2] for line in head.splitlines())
    begin, end = rest.index('edgediff-manifest '), rest.rindex('end ')
    text = 'edgediff-baseline 1\n' + ''.join(
        f'{name} {lines[name]}\n' for name in ('distribution', 'lineage',
                                               'serial', 'accepted'))
    text += rest[begin:end]
    return f'{text}end {hashlib.sha256(text.encode()).hexdigest()}\n'


def test_copies_of_an_older_format_for_two_prefixes(server):
    """Neither takes the other for a copy of itself, again and again."""
    deploy(server, 'one').expect(0)
    old = as_format_1(pathlib.Path('baseline').read_text('ascii'))
    pathlib.Path('www').write_text(old, 'ascii')
    pathlib.Path('docs').write_text(old, 'ascii')
    docs = ('two', '--prefix', '/docs/')
    deploy(server, 'one', baseline='www').expect(0)
    deploy(server, *docs, baseline='docs').expect(0, 'which --prefix it is for')
    assert server.created()[-1]['items'] == ['/docs/*']
    for _ in range(2):
        assert 'nothing to do' in deploy(server, 'one', baseline='www').out
        assert 'nothing to do' in deploy(server, *docs, baseline='docs').out


def test_a_build_that_needs_no_batch(server):
    """What nobody may have cached is added; an older copy is noticed before."""
    tree('three', {**ONE, 'new.html': 'new'})
    asked(server, 'one')
    old = pathlib.Path('baseline').read_bytes()
    asked(server, 'two')
    pathlib.Path('baseline').write_bytes(old)
    methods, result = asked(server, 'three', '--skip-added')
    assert methods == ['GET', 'GET', 'POST', 'GET'] and SAID in result.err
    assert server.created()[-1]['items'] == ['/*']
    assert asked(server, 'one', '--skip-added')[0] == ['POST', 'GET']
    methods, result = asked(server, 'three', '--skip-added')
    assert methods == ['GET'] and 'nothing to do' in result.out
