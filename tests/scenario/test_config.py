"""edgediff.conf: the options of each distribution in a file."""
import json
import os
import pathlib
import signal
import socket
import subprocess
import time

import support
from support import Server, environment, limit, run, start, tree

A = {'index.html': 'home 1', 'a/index.html': 'a 1', 'a/b.html': 'b 1',
     'a/x.map': 'map', 'drafts/x.html': 'x'}
CONF = '''# what all have in common
exclude = drafts/
index-urls = file,slash,bare

[main]
distribution-id = EMAIN
exclude = drafts/
exclude = *.map

[docs]
distribution-id = EDOCS
prefix = /docs/
clean-urls = true
baseline = docs.baseline
wait-timeout = 1
'''


def config(text=CONF, path='edgediff.conf'):
    pathlib.Path(path).write_text(text, 'utf-8')


def edgediff(command, *args, server=None, env=None):
    return run([command, *args], env={
        **({'AWS_ENDPOINT_URL_CLOUDFRONT': server.url} if server else {}),
        **(env or {})})


def invalidate(server, *names, more=(), **how):
    named = [word for name in names for word in ('--distribution', name)]
    return edgediff('invalidate', 'A', *named, *more, server=server, **how)


def keys(baseline):
    lines = pathlib.Path(baseline).read_text('utf-8').splitlines()
    return [line.split()[2] for line in lines if line.find(' ') == 32]


def test_one_section(server):
    tree('A', A)
    config()
    first = invalidate(server, 'main', more=['--output', 'json'])
    printed = first.expect(0).json()
    assert printed['distribution_id'] == 'EMAIN'
    assert 'section' not in printed
    # the section's list takes the place of the one above it
    assert keys('.edgediff/EMAIN.baseline') == \
        ['a/b.html', 'a/index.html', 'index.html']
    # the command line's wins over both
    os.remove('.edgediff/EMAIN.baseline')
    invalidate(server, 'main', more=['--exclude', 'a/', '--baseline',
                                     'other']).expect(0)
    assert keys('other') == ['drafts/x.html', 'index.html']
    invalidate(server, 'docs').expect(0)
    assert 'a/x.map' in keys('docs.baseline')
    tree('A', {'a/index.html': 'a 2', 'a/b.html': 'b 2'})
    invalidate(server, 'docs').expect(0)
    assert set(server.created('EDOCS')[-1]['items']) == {
        '/docs/a/', '/docs/a', '/docs/a/b', '/docs/a/b.html',
        '/docs/a/index.html'} or \
        server.created('EDOCS')[-1]['items'] == ['/docs/a*'], \
        server.created('EDOCS')[-1]


def test_several_sections(server):
    tree('A', A)
    config()
    result = invalidate(server, 'docs', 'main').expect(
        0, 'edgediff: docs: ', 'edgediff: main: ')
    docs, main = result.out.split('\n\n')
    assert docs.startswith('section       docs\nstatus        0\n'
                           'result        accepted\n'
                           'distribution  EDOCS\n'), result.out
    assert main.startswith('section       main\nstatus        0\n'
                           'result        accepted\n'
                           'distribution  EMAIN\n'), result.out
    again = invalidate(server, 'docs', 'main', more=['--output', 'json'])
    assert [(one['section'], one['status'], one['distribution_id'],
             one['result']) for one in again.expect(0).json()] == \
        [('docs', 0, 'EDOCS', 'nothing to do'),
         ('main', 0, 'EMAIN', 'nothing to do')]
    tree('A', {'index.html': 'home 2'})
    dry = invalidate(server, 'docs', 'main', more=['--dry-run']).json()
    assert [(one['section'], one['status'], one['result'],
             one['distribution_id'], one['cli_input']['DistributionId'])
            for one in dry] == \
        [('docs', 0, 'dry run', 'EDOCS', 'EDOCS'),
         ('main', 0, 'dry run', 'EMAIN', 'EMAIN')]
    assert len(server.posts()) == 2
    shown = edgediff('status', '--distribution', 'docs', '--distribution',
                     'main', '--output', 'json').expect(0).json()
    assert [(one['section'], one['distribution_id'], one['baseline'])
            for one in shown] == \
        [('docs', 'EDOCS', 'docs.baseline'),
         ('main', 'EMAIN', '.edgediff/EMAIN.baseline')]
    text = edgediff('status', '--distribution', 'docs', '--distribution',
                    'main').expect(0).out
    assert text.count('section       ') == 2 and '\n\n' in text
    for option in ('--distribution-id', '--baseline', '--cache',
                   '--reviewed', '--report'):
        invalidate(server, 'docs', 'main', more=[option, 'x']).expect(
            2, option + ' is for one distribution')
        if option in ('--distribution-id', '--baseline'):
            edgediff('status', '--distribution', 'docs', '--distribution',
                     'main', option, 'x').expect(
                2, option + ' is for one distribution')
    assert len(server.posts()) == 2


def test_the_array_cannot_be_written(server):
    """A failure of the run itself, whatever came of the first deployment."""
    tree('A', A)
    config(CONF + '[denied]\ndistribution-id = EDENIED\n')

    def to_a_full_disk(*names):
        more = ['--output', 'json']
        for name in names:
            more += ['--distribution', name]
        return subprocess.run(
            ['sh', '-c', 'exec "$@" >/dev/full', 'sh', support.edgediff(),
             'invalidate', 'A', *more], check=False, text=True,
            env=environment(
                os.getcwd(), AWS_ENDPOINT_URL_CLOUDFRONT=server.url),
            stderr=subprocess.PIPE)

    full = 'edgediff: cannot write standard output'
    invalidate(server, 'main').expect(0)
    for names, status in ((('main', 'docs'), 4), (('main', 'docs'), 1),
                          (('denied', 'main'), 1)):
        done = to_a_full_disk(*names)
        assert done.returncode == status, (names, done)
        assert full in done.stderr, (names, done)
    tree('A', {'index.html': 'home 2'})
    done = to_a_full_disk('denied', 'main')
    assert done.returncode == 1 and full in done.stderr, done


def test_two_mounts_of_one_distribution(server):
    """One baseline for both would keep the second one's pages stale."""
    tree('A', A)
    mounts = ('[www]\ndistribution-id = EONE\n'
              '[docs]\ndistribution-id = EONE\nprefix = /docs/\n')
    config('baseline = one.baseline\n' + mounts)
    invalidate(server, 'www', 'docs').expect(
        2, '--distribution www and docs have the same baseline, one.baseline')
    assert not server.log() and not os.path.exists('one.baseline')
    config(mounts)
    invalidate(server, 'www', 'docs').expect(0)
    tree('A', {'a/b.html': 'b 2'})
    invalidate(server, 'www', 'docs').expect(0)
    assert [entry['items'] for entry in server.created()] == \
        [['/*'], ['/docs/*'], ['/a/b.html'], ['/docs/a/b.html']]


def test_all_are_sent_before_one_is_waited_for(server):
    tree('A', A)
    config('[never]\ndistribution-id = ENEVER\nwait = true\n'
           'wait-timeout = 2\n[ok]\ndistribution-id = EOK\n')
    result = invalidate(server, 'never', 'ok').expect(4)
    assert result.out.startswith('section       never\nstatus        4\n')
    asked = [entry['distribution'] for entry in server.log()]
    assert asked[:2] == ['ENEVER', 'EOK'] and 'ENEVER' in asked[2:], asked


def outcomes(result):
    return [(one['section'], one['result'], one.get('status', 0))
            for one in result.json()]


def test_a_failure_hides_no_success(server):
    """And the exit status is the worst: pending, failed, after it."""
    tree('A', A)
    config('[ok]\ndistribution-id = EOK\n'
           '[refused]\ndistribution-id = EDENIED\n'
           '[pending]\ndistribution-id = ECUTALWAYS\n'
           '[late]\ndistribution-id = ENEVER\nwait = true\nwait-timeout = 1\n')
    ok, refused = ('ok', 'accepted', 0), ('refused', 'failed', 1)
    pending, late = ('pending', 'pending', 3), ('late', 'accepted', 4)
    for names, status in (([refused, ok], 1), ([late, ok], 4),
                          ([pending, ok], 3), ([late, refused], 1),
                          ([refused, pending, late], 3)):
        for one in pathlib.Path('.').glob('.edgediff/*.baseline'):
            os.remove(one)
        result = invalidate(server, *[name for name, _, _ in names],
                            more=['--output', 'json', '--stamp', 'stamp'])
        assert outcomes(result.expect(status)) == names, str(result)
        assert not os.path.exists('stamp')
        for one in result.json():
            assert ('error' in one) == (one.get('status', 0) != 0)
    result = invalidate(server, 'refused', 'ok').expect(
        1, 'edgediff: refused: ')
    assert 'section       refused\nstatus        1\nerror         ' in \
        result.out and 'result        failed\ndistribution  EDENIED' in \
        result.out and 'nothing to do\ndistribution  EOK' not in result.out
    # the stamp names both once both are up to date
    config('[ok]\ndistribution-id = EOK\n[b]\ndistribution-id = EB\n')
    invalidate(server, 'ok', 'b', more=['--stamp', 'stamp']).expect(0)
    lines = pathlib.Path('stamp').read_text().splitlines()
    assert [line.split()[0] for line in lines[1:]] == ['EOK', 'EB']


def test_other_files(server):
    tree('A', A)
    invalidate(server, 'main').expect(1, 'edgediff.conf')
    config(path='other.conf')
    named = ['--config', 'other.conf']
    invalidate(server, 'main', more=named).expect(0)
    invalidate(server, 'main', more=['--config', 'missing']).expect(
        1, 'missing')
    # it does nothing unless a section is named
    config('damaged')
    edgediff('invalidate', 'A', '--distribution-id', 'EMAIN',
             '--baseline', 'baseline', server=server).expect(0)
    edgediff('invalidate', 'A', '--distribution-id', 'EMAIN', *named,
             server=server).expect(2, '--config needs --distribution')
    edgediff('manifest', 'A', *named).expect(
        2, 'manifest has no option --config: it is an option of invalidate')


def test_plan():
    tree('A', A)
    tree('B', {**A, 'a/x.map': 'map 2', 'a/b.html': 'b 2'})
    config()
    plan = ['plan', 'A', 'B', '--output', 'json']
    items = run([*plan, '--distribution', 'main']).expect(0).json()['items']
    assert items == ['/a/b.html']
    items = run([*plan, '--distribution', 'docs']).expect(0).json()['items']
    assert '/docs/a/x.map' in items or items == ['/docs/a/*']
    run([*plan, '--distribution', 'main', '--distribution', 'docs']).expect(
        2, 'takes only one')
    config('[main]\nmax-paths = 0\n')
    run([*plan, '--distribution', 'main']).expect(
        2, 'edgediff.conf, line 2: --max-paths 0')


WRONG = (
    # text, and where and what the error says
    ('[main]\nprefx = /\n', 'line 2: prefx: no option'),
    ('[main]\nprefix = docs\n', 'line 2: --prefix docs'),
    ('prefix = docs\n[main]\n', 'line 1: --prefix docs'),
    ('prefix = docs\n[main]\nprefix = doc\n', 'line 3: --prefix doc:'),
    ('[main]\nclean-urls = yes\n', 'line 2: clean-urls: expected true or false'),
    ('[main]\nclean-urls =\n', 'line 2: clean-urls: expected true or false'),
    ('[main]\nmax-paths = many\n', 'line 2: --max-paths many'),
    ('[main]\nexclude = a\nexclude = [b\nexclude = c\n', 'line 3: --exclude'),
    # the message shows a text that another line has, too
    ('[main]\nexclude = x\nexclude = [\nexclude = without\n',
     "line 3: --exclude: pattern '['"),
    ('[main]\nnever-widen = /a/*\nnever-widen = /\n',
     'line 2: --never-widen /a/*'),
    ('never-widen = docs\n[main]\nimmutable = prefix\n'
     'immutable = [\n', 'line 4: --immutable'),
    ('never-widen = docs\n[main]\n', 'line 1: --never-widen docs'),
    ('[main]\nindex-document = a/b\nprefix = /\n',
     'line 2: --index-document a/b'),
    ('[main]\nroot = ../x\n', "line 2: --root '../x'"),
    ('[main]\nfirst-run = x\n', 'line 2: --first-run x'),
    ('[main]\ns3-addressing-style = x\nbaseline = s3://bucket/key\n',
     'line 2: --s3-addressing-style x'),
    ('[main]\nbaseline = ftp://x\n', "line 2: --baseline 'ftp://x'"),
    ('[main]\nprefix = /a/\nprefix = /b/\n',
     'line 3: prefix: this key is repeated'),
    ('[main]\nprefix = /a/\n  /b/\n', 'line 2: prefix: an indented line'),
    ('[main]\n[main]\n', 'line 2: duplicate section'),
    ('[main]\ndry-run = true\n', 'line 2: dry-run: this concerns a single'),
    ('[main]\noutput = json\n', 'line 2: output: this concerns a single run'),
    ('[main]\nhelp = true\n', 'line 2: help: this concerns a single run'),
    ('[main]\nreviewed = x\n', 'line 2: reviewed: this concerns a single run'),
    ('[main]\nreport = x.md\n', 'line 2: report: this concerns a single run'),
    ('[main]\nquiet = true\n', 'line 2: quiet: this concerns a single run'),
    ('[main]\nverbose = true\n', 'line 2: verbose: this concerns a single'),
    ('[main]\nfilter = A\n', 'line 2: filter: this concerns a single run'),
    ('[main]\nconfig = x\n', 'line 2: config: this concerns a single run'),
    ('[main]\ndistribution = x\n', 'line 2: distribution: this concerns'),
    ('[main]\nprefix\n', 'line 2: neither'),
    ('[other]\nprefx = /\n[main]\n', 'line 2: prefx: no option'),
    ('[DEFAULT]\nprefix = /\n[main]\n', 'line 1: DEFAULT: put keys for all'),
    ('[other]\n', 'no section [main]'),
    ('', 'no section [main]'),
    ('[main]\nprefix = /\xff/\n', 'line 2: not UTF-8'),
    ('[main]\n' + '#' * 1024 * 1024, 'edgediff.conf'),
)


def test_what_is_wrong_is_said(server):
    tree('A', A)
    for text, said in WRONG:
        pathlib.Path('edgediff.conf').write_bytes(
            text.encode('latin-1'))
        result = invalidate(server, 'main', more=[
            '--distribution-id', 'EMAIN']).expect(2, said)
        assert not result.out and not os.path.exists('.edgediff')
    config('[main]\nprefix = /\n')
    invalidate(server, 'main').expect(
        2, 'edgediff.conf, [main]: --distribution-id is missing')
    config()
    invalidate(server, 'main', 'main').expect(2, 'twice')
    # on the command line it is the command line's
    result = invalidate(server, 'docs', more=['--prefix', 'x'])
    assert 'edgediff.conf' not in result.expect(2, '--prefix x').err
    # one that is wrong keeps the others from being sent, too
    for wrong, said in (('collateral-cost = x', '--collateral-cost x'),
                        ('endpoint-url = x', "--endpoint-url 'x'"),
                        ('region = not one', "--region 'not one'"),
                        ('s3-addressing-style = x',
                         '--s3-addressing-style x')):
        config(CONF + wrong + '\n')
        invalidate(server, 'main', 'docs').expect(
            2, f'edgediff.conf, line 16: {said}')
    config(CONF + 'profile = none\n')
    invalidate(server, 'main', 'docs').expect(1, 'profile (none)')
    assert not server.log() and not os.path.exists('.edgediff')


def test_reports_and_messages(server):
    tree('A', A)
    config()
    dry = ['--dry-run', '--report', 'dry.json']
    invalidate(server, 'main', more=dry).expect(0)
    quiet = ['--report', 'run.json', '--quiet']
    assert not invalidate(server, 'main', more=quiet).expect(0).err
    text = pathlib.Path('run.json').read_text('utf-8')
    assert 'EMAIN' in text and 'a/x.map' not in text
    report, dry = json.loads(text), json.loads(
        pathlib.Path('dry.json').read_text('utf-8'))
    # of a first deployment, the reference is random
    for one, is_dry in (report, False), (dry, True):
        assert one.pop('dry_run') is is_dry
        assert one.pop('caller_reference').startswith('edgediff-')
    # a dry run asks for no distribution
    assert [check['title'] for check in report.pop('checks')] == [
        'Distribution']
    assert dry == report
    result = invalidate(server, 'main', more=['--report', 'x'])
    assert 'edgediff.conf' not in result.expect(2, '--report').err
    tree('A', {'index.html': 'home 2'})
    assert not invalidate(
        server, 'docs', 'main', more=['--quiet']).expect(0).err
    tree('A', {'index.html': 'home 3'})
    said = invalidate(server, 'docs', 'main', more=['--verbose'])
    lines = said.expect(0, 'edgediff: docs: read A: ').err.splitlines()
    assert {line.split()[1] for line in lines} == {'docs:', 'main:'}, said
    tree('B', {**A, 'a/x.map': 'map 2', 'a/b.html': 'b 2'})
    run(['plan', 'A', 'B', '--distribution', 'main', '--report',
         'plan.md']).expect(0)
    assert '/a/b.html' in pathlib.Path('plan.md').read_text('utf-8')


def test_a_step_of_a_workflow(server):
    """Of one distribution it has outputs; annotations say of which."""
    tree('A', A)
    config(CONF + '[##[x]\ndistribution-id = EDENIED\n')
    env = {'GITHUB_OUTPUT': 'output', 'GITHUB_ACTIONS': 'true'}
    invalidate(server, 'docs', 'main', env=env).expect(0)
    assert not os.path.exists('output')
    tree('A', {'index.html': 'home 2'})
    invalidate(server, 'main', env=env).expect(0)
    assert 'result=accepted\n' in pathlib.Path('output').read_text()
    denied = invalidate(server, 'docs', '##[x', env=env).expect(1)
    assert '::error title=edgediff::#\\x23[x: ' in denied.err
    assert '##[' not in denied.err + denied.out, denied
    tree('A', {f'{i}.html': f'{i}' for i in range(9)})
    invalidate(server, 'docs', 'main', env=env).expect(0)
    tree('A', {f'{i}.html': f'{i} 2' for i in range(9)} |
         {name: text + ' 2' for name, text in A.items()})
    warned = invalidate(server, 'docs', 'main', env=env).expect(
        0, 'edgediff: main: warning: 12 of 12 objects changed')
    assert '::warning title=edgediff::main: 12 of 12 objects changed' in \
        warned.err, warned


def test_values_are_overridden(server):
    tree('A', A)
    config('clean-urls = true\n[main]\ndistribution-id = EMAIN\n'
           'clean-urls = false\nprefix = /x/\n[all]\ndistribution-id: EALL\n')
    more = ['--first-run', 'none', '--prefix', '/y/']
    invalidate(server, 'main', 'all', more=more).expect(0)
    tree('A', {'a/b.html': 'b 2'})
    invalidate(server, 'main', 'all', more=['--prefix', '/y/']).expect(0)
    items = [entry['items'] for entry in server.created()]
    assert items == [['/y/a/b.html'], ['/y/a/b*']], items
    # the last of a flag wins, and the command line over both sections; URLs
    # that only this or only the last run has are stale, once
    few, added = ['/y/a/b*'], ['/y/a/b*', '/y/drafts/x']
    for flags, expected in ((['--clean-urls'], [added, few]),
                            (['--clean-urls', '--clean-urls=false'],
                             [added] * 2),
                            (['--clean-urls', '--clean-urls=false'],
                             [['/y/a/b.html']] * 2),
                            (['--clean-urls=false', '--clean-urls=true'],
                             [added] * 2),
                            (['--clean-urls=false', '--clean-urls=true'],
                             [few] * 2)):
        tree('A', {'a/b.html': f'{flags} {expected}'})
        invalidate(server, 'main', 'all',
                   more=['--prefix', '/y/', *flags]).expect(0)
        items = [entry['items'] for entry in server.created()[-2:]]
        assert items == expected, (flags, items)
    for wrong in ('yes', '', 'TRUE'):
        invalidate(server, 'main', more=[f'--clean-urls={wrong}']).expect(
            2, f'--clean-urls={wrong}: expected true or false')


def test_output_that_cannot_be_written(server):
    """What was recorded is status 4, what is pending stays 3."""
    tree('A', A)
    config('[ok]\ndistribution-id = EOK\n'
           '[refused]\ndistribution-id = EDENIED\n'
           '[pending]\ndistribution-id = ECUTALWAYS\n')
    for names, status in ((['ok'], 4), (['ok', 'pending'], 3),
                          (['pending', 'ok'], 3), (['refused', 'ok'], 1)):
        for one in pathlib.Path('.').glob('.edgediff/*.baseline'):
            os.remove(one)
        for form in ('text', 'json'):
            tree('A', {'index.html': f'{names} {form}'})
            args = [word for name in names
                    for word in ('--distribution', name)]
            process = start(
                ['invalidate', 'A', *args, '--output', form],
                env={'AWS_ENDPOINT_URL_CLOUDFRONT': server.url})
            process.stdout.close()
            process.stderr.read()
            process.stderr.close()
            assert process.wait() == status, (names, form)


def test_a_signal_hides_no_success():
    """An accepted one is reported, whatever ends the run later."""
    config('[ok]\ndistribution-id = EOK\n'
           '[far]\ndistribution-id = EFAR\nbaseline = s3://bucket/far\n')
    with Server() as server, socket.create_server(('127.0.0.1', 0)) as silent:
        port = silent.getsockname()[1]
        for form in ('text', 'json'):
            tree('A', {**A, 'index.html': form})
            process = start(
                ['invalidate', 'A', '--distribution', 'ok', '--distribution',
                 'far', '--output', form],
                env={'AWS_ENDPOINT_URL_CLOUDFRONT': server.url,
                     'AWS_ENDPOINT_URL_S3': f'http://127.0.0.1:{port}'})
            connection, _ = silent.accept()  # and never answers
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=limit(40))
            connection.close()
            assert process.returncode == 1, (process.returncode, err)
            assert out.count(b'accepted') == 1 and b'failed' in out, out
            assert b'interrupted' in err, err
        assert len(server.created('EOK')) == 2 and not server.posts('EFAR')


def opened(process, name):
    """Does the process have a file of this name open?"""
    folder = f'/proc/{process.pid}/fd'
    for fd in os.listdir(folder):
        try:
            if os.readlink(f'{folder}/{fd}').endswith('/' + name):
                return True
        except FileNotFoundError:
            pass
    return False


def test_a_signal_while_a_later_build_is_read(server):
    """Its batch does not even become pending; what was read is recorded."""
    tree('A', A)
    with open('A/big', 'wb') as file:
        file.truncate(3 << 30)  # a second of reading, or more
    config('[ok]\ndistribution-id = EOK\nexclude = big\n'
           '[two]\ndistribution-id = ETWO\n')
    process = start(
        ['invalidate', 'A', '--no-cache', '--distribution', 'ok',
         '--distribution', 'two'],
        env={'AWS_ENDPOINT_URL_CLOUDFRONT': server.url})
    while not opened(process, 'big'):
        assert process.poll() is None, process.communicate()
        time.sleep(0.002)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate()
    assert process.returncode == 1, (process.returncode, err)
    assert out.count(b'accepted') == 1, out
    assert b'two: interrupted: nothing was sent' in err, err
    assert not server.posts('ETWO')
    shown = run(['status', '--baseline', '.edgediff/ETWO.baseline',
                 '--output', 'json']).expect(0).json()
    assert shown['state'] == 'settled' and shown['serial'] == 0


def test_a_signal_begins_nothing_new(server):
    tree('A', A)
    config('[slow]\ndistribution-id = ESLOW\n[ok]\ndistribution-id = EOK\n')
    process = start(
        ['invalidate', 'A', '--distribution', 'slow', '--distribution',
         'ok'], env={'AWS_ENDPOINT_URL_CLOUDFRONT': server.url})
    while not server.posts('ESLOW'):
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate()
    assert process.returncode == 3, err
    assert b'ok: not begun' in err and not server.posts('EOK')
    assert b"ok: note: this build is not recorded" in err, err
    assert b'result        pending' in out and out.count(b'section') == 2
    invalidate(server, 'slow', 'ok').expect(0)
    assert len(server.created()) == 2
