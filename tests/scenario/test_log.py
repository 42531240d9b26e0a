"""Messages on standard error: which are printed, and in which colours."""
import re

from support import ACCESS_KEY, SECRET_KEY, deploy, run, run_on_terminal, tree

RED, YELLOW = b'\x1b[31medgediff:\x1b[m ', b'\x1b[33medgediff:\x1b[m '
A = {f'p{i}.html': f'page {i}' for i in range(9)}
B = {name: text + '!' for name, text in A.items()}


def test_quiet_and_verbose(server):
    tree('A', A)
    tree('B', B)
    usual = deploy(server, 'A').expect(0)
    assert usual.err.count('\n') == 1, usual
    assert deploy(server, 'A', '--quiet').expect(0).err == ''
    warned = deploy(server, 'B', '--quiet', '--dry-run').expect(0)
    assert warned.err.startswith('edgediff: warning: 9 of 9 objects')
    assert warned.err.count('\n') == 1, warned
    loud = deploy(server, 'B', '--verbose').expect(
        0, 'read the baseline baseline in 0.', 'planned ',
        '9 objects: 0 added', 'credentials from env',
        'CreateInvalidation at 127.0.0.1', ': status 201 in ',
        ', request id ', 'recorded the batch as pending in ',
        'sent the batch and recorded that it was accepted in ')
    for secret in (ACCESS_KEY, SECRET_KEY, 'Signature'):
        assert secret not in loud.err, loud
    assert loud.out.startswith('result        accepted\n'), loud
    refused = deploy(server, 'nowhere', '--quiet').expect(1, 'nowhere')
    assert refused.err.count('\n') == 1, refused


def test_each_try_is_shown(server):
    tree('A', A)
    done = run(['invalidate', 'A', '--distribution-id', 'ETHROTTLE',
                '--endpoint-url', server.url, '--verbose'])
    tries = [line for line in done.err.splitlines()
             if 'CreateInvalidation at' in line]
    assert len(tries) == len(server.posts()) > 1, done
    assert 'trying again' in done.err, done
    quiet = run(['invalidate', 'A', '--distribution-id', 'ETHROTTLE',
                 '--endpoint-url', server.url, '--quiet'])
    assert 'trying again' not in quiet.err, quiet


def test_colours():
    tree('A', A)
    tree('B', B)
    warned = run_on_terminal(['plan', 'A', 'B']).expect(0)
    assert warned.stderr.startswith(YELLOW + b'warning: 9 of 9'), warned
    assert b'\x1b' not in warned.stdout
    failed = run_on_terminal(['manifest', 'nowhere']).expect(1)
    assert failed.stderr.startswith(RED + b'cannot open nowhere'), failed
    assert re.sub(rb'\x1b\[\d*m', b'', failed.stderr) == \
        run(['manifest', 'nowhere']).stderr


def test_no_colours():
    for env in ({'NO_COLOR': '1'}, {'TERM': 'dumb'}, {'TERM': ''},
                {'TERM': None}, {'NO_COLOR': '1', 'CLICOLOR_FORCE': '1'}):
        plain = run_on_terminal(['manifest', 'nowhere'], env).expect(1)
        assert b'\x1b' not in plain.stderr, (env, plain)
    # an empty NO_COLOR counts for nothing, and colours can be asked for
    for env in {'NO_COLOR': ''}, {'CLICOLOR_FORCE': '1', 'TERM': 'dumb'}:
        coloured = run_on_terminal(['manifest', 'nowhere'], env)
        assert coloured.stderr.startswith(RED), coloured
    assert b'\x1b' not in run(['manifest', 'nowhere'], env={
        'TERM': 'xterm', 'CLICOLOR_FORCE': '0'}).stderr
    assert run(['manifest', 'nowhere'],
               env={'CLICOLOR_FORCE': '1'}).stderr.startswith(RED)


def test_no_control_characters():
    """What a name holds can't speak to the terminal."""
    name = 'a\x1b[31m\r\n\u009b31m\u2028\u202e\u0085e\u0301'
    failed = run(['manifest', name]).expect(1)
    assert failed.err.count('\n') == 1
    assert failed.err.rstrip('\n').isprintable(), failed
    assert 'a\\x1b[31m\\x0d\\x0a\\xc2\\x9b31m\\xe2\\x80\\xa8\\xe2\\x80\\xae' \
        in failed.err, failed
