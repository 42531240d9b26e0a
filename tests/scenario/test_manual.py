"""The manual, help and the completions: all made of the tables of options."""
import os
import pathlib
import pty
import re
import select
import shlex
import shutil
import signal
import subprocess
import tempfile
import time

import pytest

from support import EdgeServer, ROOT, edgediff, environment, limit, run, tar, tree

MANUAL = ROOT / 'out/build_machine/manual'
PAGES = ROOT / 'out/man'
COMPLETIONS = ROOT / 'out/completions'
OWN = ('announce', 'invalidate', 'status', 'inspect', 'verify', 'plan', 'diff',
       'manifest', 'merge', 'version', 'help')
# pages whose examples stay here, and whose examples call
STAY = ('diff', 'plan', 'manifest', 'merge', 'version', 'help')
CALL = ('announce', 'invalidate', 'status', 'inspect', 'create-invalidation')
OVERVIEW = PAGES / 'man1/edgediff.1'


def need(*programs):
    for program in programs:
        if not shutil.which(program):
            pytest.skip(f'{program} is not installed')


def listed():
    """{command: {option: value}}, as the makers of the manual see them."""
    commands = {}
    for line in subprocess.check_output([MANUAL, '--list'],
                                        text=True).splitlines():
        command, option, rest = line.split('\t')
        commands.setdefault(command, {})
        if option:
            commands[command][option] = rest
    return commands


def page_of(command):
    return PAGES / f'man1/edgediff-{command.split()[0]}.1'


def rendered(page):
    text = subprocess.check_output(['mandoc', '-Tascii', '-O', 'width=200',
                                    page])
    return re.sub(r'.\x08', '', text.decode())


def pages():
    return sorted(PAGES.glob('man*/*'))


def examples(page):
    """The command lines of a page's source, each on one line."""
    text = page.read_text('utf-8').replace('\\e\n', '')
    for escape, char in (('\\-', '-'), ('\\(aq', "'"), ('\\(ti', '~'),
                         ('\\&', '')):
        text = text.replace(escape, char)
    return re.findall(r'^\$ (.*)$', text, re.M)


def test_the_list_holds_every_option():
    # the tables themselves, read by another way
    rows = (ROOT / 'cmd/option_rows.c').read_text('utf-8')
    rows = set(re.findall(r'^\t\{"(--[\w-]+)"', rows, re.M))
    commands = listed()
    assert len(rows) > 30 and len(commands) > 12
    assert set(OWN) <= set(commands)
    found = set()
    for command in OWN:
        found |= set(commands[command])
    assert found == rows, found ^ rows


def test_every_option_is_in_help():
    for command, options in listed().items():
        text = run(['help', *command.split()]).expect(0).out
        for option, value in options.items():
            line = f'  {option}{" " if value else ""}{value}'
            assert f'\n{line}\n' in text, (command, line)
        for line in text.splitlines():
            assert len(line) < 80 or ' ' not in line.strip(), line
        shown = set(re.findall(r'^  (--[\w-]+)', text, re.M))
        assert shown == set(options), (command, shown ^ set(options))


def test_what_is_repeatable_is_marked():
    rows = (ROOT / 'cmd/option_rows.c').read_text('utf-8')
    lists = re.findall(r'^\t\{"(--[^{}]*OPTION_LIST)', rows, re.M)
    assert len(lists) > 4, lists
    for row in lists:
        assert '(repeatable)' in re.sub(r'"\n\s*"', '', row), row


def test_help_takes_what_it_lists():
    overview = run(['help']).expect(0).out
    for command in listed():
        assert re.search(rf'^  {command}\b', overview, re.M), command
    for command in listed():
        wanted = run(['help', *command.split()]).expect(0).out
        assert run(['help', command]).expect(0).out == wanted
        if command != 'help':
            said = run([*command.split(), '--help']).expect(0)
            assert (said.out, said.err) == (wanted, '')
    for command in 'wait', 'wait x', 'wait ', 'create-invalidation x':
        status = 0 if command == 'wait' else 2
        run(['help', command]).expect(status)


def options_of(page):
    """{heading: {option: value}} of a page as it is shown."""
    found, heading = {}, ''
    for line in rendered(page).splitlines():
        title = re.fullmatch(r' {0,3}(\S.*)', line)
        option = re.match(r' {5}(--[\w-]+) ?(\S.*?)?(?:  |$)', line)
        if title:
            heading = title[1]
        elif option:
            found.setdefault(heading, {})[option[1]] = option[2] or ''
    return found


def test_every_option_is_in_its_page():
    need('mandoc')
    for command, options in listed().items():
        found = options_of(page_of(command))
        shown = found.get('OPTIONS', {}) if command in OWN else \
            {**found[f'edgediff {command}'], **found['Global options']}
        wanted = {option: value.replace('...', ' ...')
                  for option, value in options.items()}
        assert shown == wanted, (command, shown, wanted)


def test_letters():
    """They do what --help, --version and --null do, if these exist."""
    assert run(['-h']).expect(0).out == run(['help']).expect(0).out
    assert run(['-V']).expect(0).out == run(['version']).expect(0).out
    tree('old', {'a': '1', 'b': '1'})
    tree('new', {'a': '2', 'b': '2'})
    short, long = (run(['diff', 'old', 'new', '--name-only', option]).expect(0)
                   for option in ('-0', '--null'))
    assert short.out == long.out == 'a\0b\0'
    for command in OWN[:-1]:
        assert run([command, '-h']).expect(0).out == \
            run(['help', command]).expect(0).out
        if '--null' not in listed()[command]:
            run([command, '-0']).expect(2, f'{command} has no option -0')
    text = run(['help', 'diff']).expect(0).out
    said = re.search(r'^  --null\n((?:      .*\n)+)', text, re.M)[1]
    assert said.endswith(' (also: -0)\n'), said
    need('mandoc')
    text = rendered(page_of('diff'))
    said = re.search(r'^     --null  (.*)', text, re.M)[1]
    assert said.endswith(' (also: -0)'), said


def test_help_and_page_say_the_same():
    need('mandoc')
    for command in listed():
        text = run(['help', *command.split()]).expect(0).out
        page = ' '.join(rendered(page_of(command)).split())
        if command in OWN:
            said = text.split('\n\n')[2]
            assert ' '.join(said.split()) in page, said
            for line in re.findall(r'^      \$ (.*(?:\n        .*)*)', text,
                                   re.M):
                line = ' '.join(line.replace('\\\n', '').split())
                assert line in page.replace('\\ ', ''), line
        else:
            for said in re.findall(r'^  --.*\n((?:      .*\n)+)', text, re.M):
                assert ' '.join(said.split()) in page, said
        for said in re.findall(r'^  (?:\d+) +(.*)$', text, re.M):
            assert said in page, said


def test_every_command_has_a_page():
    names = {page.name for page in pages()}
    for command in listed():
        assert page_of(command).name in names
    assert {'edgediff.1', 'edgediff-manifest.5', 'edgediff-baseline.5',
            'edgediff.conf.5'} <= names
    overview = OVERVIEW.read_text('utf-8')
    for command in listed():
        assert f'.It Cm {command}\n' in overview, command


def test_pages_are_clean():
    need('mandoc', 'makewhatis')
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(PAGES, folder, dirs_exist_ok=True, symlinks=True)
        # every page that is named is there: mandoc asks its database
        subprocess.run(['makewhatis', folder], check=True)
        done = subprocess.run(
            ['mandoc', '-Tlint', '-W', 'style',
             *sorted(pathlib.Path(folder).glob('man*/*'))],
            env={**os.environ, 'MANPATH': folder}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    assert done.returncode == 0 and not done.stdout, done.stdout


def test_pages_are_rendered():
    need('mandoc')
    for page in pages():
        text = rendered(page)
        section = page.name[-1]
        wanted = ['NAME', 'DESCRIPTION', 'EXAMPLES', 'SEE ALSO']
        if section == '1':
            wanted += ['SYNOPSIS', 'EXIT STATUS']
            if page.name not in ('edgediff.1', 'edgediff-help.1'):
                wanted.append('OPTIONS')
        for heading in wanted:
            assert re.search(rf'^{heading}$', text, re.M), (page, heading)
        assert '@ ' not in re.sub(r'‘@’|`@\'', '', text), page


def variables_read():
    """The names of variables that the sources read."""
    names = set()
    for path in (*ROOT.glob('cmd/**/*.c'),
                 *ROOT.glob('aws/*.c')):
        text = path.read_text('utf-8')
        calls = re.findall(r'(?:getenv|is_set|environment_get)\(([^;]*?)\)',
                           text)
        names |= set(re.findall(r'"(\w+)"', ' '.join(calls)))
        names |= set(re.findall(r'"(AWS_[A-Z0-9_]+)"', text))
    return names


def test_every_variable_is_in_a_page():
    read = variables_read()
    assert {'TERM', 'HOME', 'https_proxy', 'AWS_PROFILE'} <= read
    named = set()
    for page in pages():
        for line in re.findall(r'^\.It (Ev .*)$', page.read_text('utf-8'),
                               re.M):
            named |= set(re.findall(r'Ev (\w+)', line))
    assert read <= named, read - named
    # what libcurl reads
    assert named - read == {'ALL_PROXY', 'NO_PROXY', 'all_proxy',
                            'no_proxy'}, named - read


def test_man_shows_them():
    need('man')
    for page in pages():
        done = subprocess.run(
            ['man', '-l', page], env={**os.environ, 'MANWIDTH': '80'},
            stdin=subprocess.DEVNULL, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, check=False)
        if 'has been minimized' in done.stdout + done.stderr:
            pytest.skip('man is not installed')
        assert done.returncode == 0 and not done.stderr, done.stderr
        assert 'EDGEDIFF' in done.stdout, page


def test_every_example_is_of_options_there_are():
    seen = 0
    for page in pages():
        for line in examples(page):
            args = shlex.split(line.partition('>')[0])
            if args[0] != 'edgediff':
                assert args[0] == 'aws', line
                continue
            seen += 1
            command = next(c for c in sorted(listed(), key=len, reverse=True)
                           if args[1:1 + len(c.split())] == c.split())
            for arg in args:
                if arg.startswith('--'):
                    assert arg in listed()[command], (page, line, arg)
    assert seen > 15, seen


def test_examples_of_commands_that_stay_here():
    tree('old', {'index.html': 'a', 'blog/index.html': 'a'})
    tree('new', {'index.html': 'a', 'blog/index.html': 'b',
                 'style.css': ''})
    tar('new.tar', [('index.html', b'a'), ('blog/index.html', b'b')])
    run_in_shell('edgediff manifest old >old.manifest')
    run_in_shell('edgediff manifest new --shard 2/2 >part-2')
    for command in STAY:
        lines = examples(page_of(command))
        assert lines
        for line in lines:
            if line.startswith('edgediff merge'):
                run_in_shell('edgediff manifest new --shard 1/2 >part-1')
            run_in_shell(line)


def test_examples_of_commands_that_call(server, store):
    tree('site', {'index.html': 'a'})
    tar('site.tar', [('index.html', b'b')])
    pathlib.Path('batch.json').write_text(
        '{"Paths": {"Quantity": 1, "Items": ["/a"]}, "CallerReference": "x"}')
    pathlib.Path('edgediff.conf').write_text(
        '[www]\ndistribution-id = EWWW\n[docs]\ndistribution-id = EDOCS\n')
    uploader = 'aws s3 sync site s3://www.example.com --delete'
    env = {'AWS_ENDPOINT_URL_CLOUDFRONT': server.url,
           'AWS_ENDPOINT_URL_S3': store.url}
    lines = examples(OVERVIEW)
    lines.remove(uploader)  # another program's
    assert lines
    for line in lines:
        run_in_shell(line, env)
    assert [post['items'] for post in
            server.posts('EDFDVBD632BHDS5')] == [['/*']]
    for command in CALL:
        for line in examples(page_of(command)):
            if '--baseline site.baseline' in line:
                shutil.copy('.edgediff/EDFDVBD632BHDS5.baseline',
                            'site.baseline')
            made = run(['list-invalidations', '--distribution-id',
                        'S11A16G5KZMEQD', '--output', 'text', '--query',
                        'InvalidationList.Items[0].Id'], env=env).out
            run_in_shell(re.sub(r'--id \S+', f'--id {made.strip()}', line),
                         env)


def run_in_shell(line, env=()):
    folder = pathlib.Path('bin').absolute()
    folder.mkdir(exist_ok=True)
    program = folder / 'edgediff'
    if not program.is_symlink():
        program.symlink_to(edgediff())
    more = environment(os.getcwd(), **dict(env))
    more['PATH'] = f'{folder}:{more["PATH"]}'
    done = subprocess.run(['sh', '-c', line], env=more, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          check=False)
    assert done.returncode == 0, f'{line}\n{done.stdout}{done.stderr}'


def test_examples_that_ask_a_site():
    """The page of verify: of a site that is up to date."""
    tree('old', {'index.html': '1'})
    tree('new', {'index.html': '2'})
    pathlib.Path('site.baseline').write_bytes(
        run(['manifest', 'new']).expect(0).stdout)
    with EdgeServer('new') as edge:
        for line in examples(page_of('verify')):
            run_in_shell(line.replace('https://www.example.com', edge.url))
    assert len(edge.log()) > 2


def test_examples_are_all_run():
    conf = PAGES / 'man5/edgediff.conf.5'  # test_the_example_of_conf_works
    known = {OVERVIEW, conf, *map(page_of, (*STAY, *CALL, 'verify'))}
    for page in pages():
        assert page in known or page.is_symlink() or not examples(page), page


def test_the_page_of_manifests_shows_one():
    tree('build', {'index.html': 'hello', 'style.css': ''})
    text = (PAGES / 'man5/edgediff-manifest.5').read_text('utf-8')
    for line in run(['manifest', 'build']).expect(0).out.splitlines():
        assert line in text.replace('\\-', '-'), line


def page_of_conf():
    text = (PAGES / 'man5/edgediff.conf.5').read_text('utf-8')
    return text.replace('\\-', '-')


def test_the_page_of_conf_has_every_key():
    """Those that are not refused as about a run."""
    shown = set(re.findall(r'^\.It Cm ([\w-]+) Li =', page_of_conf(), re.M))
    found = set()
    for option in {o for c in OWN for o in listed()[c]}:
        key = option.removeprefix('--')
        pathlib.Path('edgediff.conf').write_text(
            f'[x]\n{key} = true\n[main]\n', 'utf-8')
        said = run(['status', '--distribution', 'main']).expect(2)
        if 'this concerns a single run' not in said.err:
            assert '[main]: --distribution-id is missing, or ' in said.err, said
            found.add(key)
    assert shown == found and len(found) > 20, shown ^ found


def test_the_example_of_conf_works(server):
    tree('site', {'index.html': 'a', 'drafts/x': '', 'a.map': '',
                  'b/index.html': 'b'})
    blocks = re.findall(r'^\.Bd.*\n((?:.*\n)+?)\.Ed', page_of_conf(), re.M)
    example, command = (block.replace('\\&', '') for block in blocks)
    pathlib.Path('edgediff.conf').write_text(example, 'utf-8')
    env = {'AWS_ENDPOINT_URL_CLOUDFRONT': server.url}
    run_in_shell(command.removeprefix('$ '), env)
    assert [entry['distribution'] for entry in server.created()] == [
        'EDFDVBD6EXAMPLE', 'EDFDVBD6EXAMPLE2']
    kept = pathlib.Path('.edgediff/EDFDVBD6EXAMPLE.baseline').read_text('utf-8')
    assert 'b/index.html' in kept and 'drafts/x' not in kept, kept


# ------------------------------------------------------------------ completions

def choices():
    """(command, option, words) of every option that takes one of a few."""
    for command, options in listed().items():
        for option, value in options.items():
            words = value.strip('[]').split('|')
            if len(words) > 1 and value == value.lower():
                yield command, option, sorted(words)


BASH_ASK = '''
source "$0" || exit
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_edgediff
((${#COMPREPLY[@]})) && printf '%s\\n' "${COMPREPLY[@]}"
:
'''


def bash(*words):
    out = subprocess.check_output(
        ['bash', '--norc', '-uc', BASH_ASK, COMPLETIONS / 'edgediff',
         'edgediff', *words], text=True)
    return sorted(out.split())


def fish(line):
    with tempfile.TemporaryDirectory() as home:
        out = subprocess.check_output(
            ['fish', '--no-config', '-c',
             'source $argv[1]; complete -C $argv[2]',
             COMPLETIONS / 'edgediff.fish', line], text=True,
            env=environment(home))
    return sorted(answer.partition('\t')[0] for answer in out.splitlines())


def test_bash_completes():
    need('bash')
    commands = listed()
    words = {c.split()[0] for c in commands}
    assert bash('inv') == ['invalidate']
    assert bash('') == sorted(words | {'-h', '--help', '-V', '--version'})
    assert bash('help', 'pl') == ['plan']
    assert '-0' in bash('diff', '-') and '-0' not in bash('plan', '-')
    waits = sorted(c.split()[1] for c in commands if c.startswith('wait '))
    assert bash('wait', '') == bash('help', 'wait', '') == waits
    for command, options in commands.items():
        if options:
            assert bash(*command.split(), '--') == sorted(options)
    for command, option, wanted in choices():
        assert bash(*command.split(), option, '') == wanted
        assert bash(*command.split(), option, '=') == wanted
        assert bash(*command.split(), option, '=', wanted[0]) == [wanted[0]]
        assert bash(*command.split(), f'{option}=') == \
            [f'{option}={word}' for word in wanted]
    assert bash('plan', '--jobs', '') == bash('nonsense', '--') == []
    assert bash('plan', '--root', '') == bash('plan', '') == []


def test_fish_completes():
    need('fish')
    pathlib.Path('a file').touch()
    pathlib.Path('folder').mkdir()
    commands = listed()
    words = {c.split()[0] for c in commands}
    assert fish('edgediff inv') == ['invalidate']
    assert fish('edgediff ') == sorted(words)
    assert fish('edgediff --') == ['--help', '--version']
    assert {'-V', '-h'} <= set(fish('edgediff -'))
    assert '-0' in fish('edgediff diff -')
    assert '-0' not in fish('edgediff plan -')
    assert fish('edgediff help pl') == ['plan']
    waits = sorted(c.split()[1] for c in commands if c.startswith('wait '))
    assert fish('edgediff wait ') == fish('edgediff help wait ') == waits
    for command, options in commands.items():
        if options:
            assert fish(f'edgediff {command} --') == sorted(options), command
    for command, option, wanted in choices():
        assert fish(f'edgediff {command} {option} ') == wanted
    assert fish('edgediff diff a') == ['a file'] or \
        fish('edgediff diff a') == ['a\\ file']
    assert fish('edgediff plan --root ') == ['folder/']
    assert fish('edgediff plan --jobs ') == fish('edgediff status ') == []


HOSTILE = ['www', 'two words', '$(touch pwned)', '`touch pwned`', "it's", 'a"b',
           '*', ';touch pwned', '\\x', '-n', '~', 'ünï', 'a|b&c', '!x', 'x]y',
           '\x1b[31m', '${HOME}', '#', '(touch pwned)']


def sections(names, path='edgediff.conf'):
    pathlib.Path(path).write_text('wait = true\n; [none]\n' + ''.join(
        f'[{name}] \nexclude = [a-z]\n' for name in names), 'utf-8')


def bash_words(*words):
    """What bash takes the completions for, once they are on its line."""
    out = subprocess.check_output(
        ['bash', '--norc', '-uc', BASH_ASK, COMPLETIONS / 'edgediff',
         'edgediff', *words], text=True)
    return {subprocess.check_output(
        ['bash', '--norc', '-c', f'printf %s {line}'], text=True)
            for line in out.splitlines()}


def test_bash_completes_sections():
    need('bash')
    assert bash('status', '--distribution', '') == []
    sections(HOSTILE)
    for command in 'invalidate', 'status', 'plan':
        assert bash_words(command, '--distribution', '') == set(HOSTILE)
    assert bash_words('plan', '--distribution', '=', 'tw') == {'two words'}
    assert bash('plan', '--distribution=ww') == ['--distribution=www']
    assert bash('plan', '--distribution', "'two w") == ['two', 'words']
    assert bash('plan', '--distribution', "'$") == []
    sections(['other'], 'my other.conf')
    for config in (['--config', 'my\\ other.conf'],
                   ['--config', '=', "'my other.conf'"],
                   ['--config="my other.conf"']):
        assert bash('status', *config, '--distribution', '') == ['other']
    assert bash('status', '--config', '.', '--distribution', '') == []
    assert not os.path.exists('pwned')


def test_fish_completes_sections():
    need('fish')
    assert fish('edgediff status --distribution ') == []
    sections(HOSTILE + ['cut\tbehind a tab'])
    for command in 'invalidate', 'status', 'plan':
        # '-n' is offered once it is begun
        got = fish(f'edgediff {command} --distribution ')
        assert set(got) | {'-n'} == set(HOSTILE), got
    assert fish('edgediff plan --distribution=ww') == ['--distribution=www']
    sections(['other'], 'my other.conf')
    for config in "--config 'my other.conf'", '--config=my\\ other.conf':
        assert fish(f'edgediff status {config} --distribution ') == ['other']
    assert not os.path.exists('pwned')


class Terminal:
    """A shell on a terminal, to which keys are sent."""

    def __init__(self, command, home, **env):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, environment(
                home, TERM='xterm', PS1='> ', INPUTRC='/dev/null', **env))
        self.text = ''

    def wait_for(self, pattern, seconds=20):
        """What comes until the pattern is there, without escapes."""
        end = time.monotonic() + limit(seconds)
        while True:
            plain = re.sub(r'\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|[\r\x07]', '',
                           self.text)
            if re.search(pattern, plain):
                self.text = ''
                return plain
            if not select.select([self.fd], [], [],
                                 max(0, end - time.monotonic()))[0]:
                raise AssertionError(f'no {pattern!r} in {plain!r}')
            self.text += os.read(self.fd, 65536).decode('utf-8', 'replace')

    def end(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)

    def completed(self, line):
        """What the line becomes by Tab: it is made an assignment and shown."""
        os.write(self.fd, line.encode() + b'\t')
        time.sleep(limit(0.3))
        os.write(self.fd, b"\x01echo \"<\" '\x05' \">\"\r")
        return re.search(r'\n< (.*) >', self.wait_for(r'\n< .* >'))[1]


def complete_on(terminal):
    pathlib.Path('a folder').mkdir()
    pathlib.Path('a folder/build.tar').touch()
    pathlib.Path('abc').touch()
    sections(['two words', '$(touch pwned)', 'x`touch pwned`', '-n'])
    sections(['tail'], 'my other.conf')
    for line, wanted in (
            ('edgediff invalidate --distribution tw',
             'edgediff invalidate --distribution two\\ words '),
            ('edgediff status --distribution=tw',
             'edgediff status --distribution=two\\ words '),
            ('edgediff status --config my\\ other.conf --distribution t',
             'edgediff status --config my\\ other.conf --distribution tail '),
            ('edgediff plan --distribution \\$',
             'edgediff plan --distribution \\$\\(touch\\ pwned\\) '),
            ('edgediff plan --distribution x',
             'edgediff plan --distribution x\\`touch\\ pwned\\` '),
            ('edgediff inv', 'edgediff invalidate '),
            ('edgediff invalidate --first-run f',
             'edgediff invalidate --first-run fail '),
            ('edgediff invalidate --first-run=f',
             'edgediff invalidate --first-run=fail '),
            ('edgediff plan --doub', 'edgediff plan --doubtful'),
            ('edgediff diff ab', 'edgediff diff abc '),
            ('edgediff diff a\\ f', 'edgediff diff a\\ folder/'),
            ('edgediff plan --root a', 'edgediff plan --root a\\ folder/'),
            ('edgediff plan --jobs a', 'edgediff plan --jobs a'),
            ('edgediff status a', 'edgediff status a'),
            ('edgediff help me', 'edgediff help merge '),
            ('edgediff vers', 'edgediff version '),
            ('edgediff wait invalidation-c',
             'edgediff wait invalidation-completed '),
            ('edgediff wait invalidation-completed --distr',
             'edgediff wait invalidation-completed --distribution-id'),
            ('edgediff list-invalidations --output te',
             'edgediff list-invalidations --output text ')):
        got = terminal.completed(line)
        assert got.rstrip(' =/') == wanted.rstrip(' =/'), (line, got)
    assert not os.path.exists('pwned')


def test_bash_completes_on_a_terminal():
    need('bash')
    terminal = Terminal(['bash', '--norc', '--noprofile', '-i'], os.getcwd())
    try:
        terminal.wait_for('> ')
        os.write(terminal.fd, f'. {COMPLETIONS}/edgediff; echo re""ady\r'
                 .encode())
        terminal.wait_for('\nready')
        complete_on(terminal)
    finally:
        terminal.end()


def test_zsh_completes_on_a_terminal():
    need('zsh')
    terminal = Terminal(['zsh', '-f', '-i'], os.getcwd())
    try:
        terminal.wait_for('> ')
        os.write(terminal.fd, (
            f'fpath=({COMPLETIONS} $fpath); autoload -U compinit; '
            'compinit -u -D; setopt no_list_beep; bindkey -e; '
            'zstyle ":completion:*" menu no; echo re""ady\r').encode())
        terminal.wait_for('\nready')
        complete_on(terminal)
        os.write(terminal.fd, b'edgediff \t')
        text = terminal.wait_for(r'-- wait for an invalidation')
        for command in OWN:
            assert re.search(rf'{command} +--', text), text
        for command, options in listed().items():
            if options:
                os.write(terminal.fd, f'\x15edgediff {command} --\t'.encode())
                text = terminal.wait_for('(?ms)' + ''.join(
                    rf'(?=.*^{option} +--)' for option in options))
                assert set(re.findall(r'^(--\S+) +--', text, re.M)) == \
                    set(options), (command, text)
    finally:
        terminal.end()
