"""Every command line that README.md and docs/ show runs, in the page's order,
and prints what the page shows below it."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import pytest

from support import (DOCUMENTS, ROOT, S3Server, Server, edgediff, environment,
                     read_tree, tree)

SITE = {'index.html': 'home', 'blog/index.html': 'blog', 'blog/a.html': 'a',
        'old.html': 'old', 'drafts/x.html': 'x', 'app.js.map': 'map'}
# Others' programs: what they do is not shown, or has a test of its own.
PROGRAMS = {'edgediff': 'exec "$PROGRAM" "$@"',
            'aws': 'test "$1 $2" = "s3 sync" && test -d "$3"', 'rclone': ':'}
PAGES = [page for page in DOCUMENTS
         if '\n    $ ' in (ROOT / page).read_text('utf-8')]
CHANGES_EACH_TIME = (
    (r'\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)', 'TIME'),
    (r'(edgediff-[0-9a-f]{16})-[0-9a-f]{8}-[0-9a-f]{32}', r'\1-TAG-HASH'),
    (r'cli-\d+-\d+', 'cli-N'), (r'I0{5,}\d+', 'INVALIDATION'),
    (r'https?://[^/\s"]+/2020', 'ENDPOINT/2020'))


def sessions(text):
    """(command, what the page shows below it) of each line after a `$ `."""
    for block in re.findall(r'(?:^    .*\n(?:\n(?=    ))?)+', text, re.M):
        block = re.sub(r'^    ', '', block, flags=re.M)
        for part in re.split(r'^\$ ', block, flags=re.M)[1:]:
            match = re.match(r'((?:.*[\\|]\n)*.*)\n', part)
            yield match[1], part[match.end():]


def steady(text):
    for pattern, word in CHANGES_EACH_TIME:
        text = re.sub(pattern, word, text)
    return text.strip()


class Services:
    """The loopback CloudFront and S3, and a shell that knows them."""

    def __init__(self, server, store, programs):
        self.server, self.store = server, store
        for name, command in PROGRAMS.items():
            (programs / name).write_text(f'#!/bin/sh\n{command}\n')
            (programs / name).chmod(0o755)
        self.path = f'{programs}:{os.environ["PATH"]}'

    def call(self, command, **variables):
        done = subprocess.run(
            ['sh', '-ec', command],
            env=environment(os.getcwd(), PROGRAM=edgediff(), PATH=self.path,
                            AWS_ENDPOINT_URL_CLOUDFRONT=self.server.url,
                            AWS_ENDPOINT_URL_S3=self.store.url, **variables),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, check=False)
        assert done.returncode == 0, f'{command}\n{done.stdout}'
        return done.stdout


@pytest.fixture(name='services')
def fixture_services():
    with Server() as server, S3Server() as store, \
            tempfile.TemporaryDirectory(prefix='edgediff-bin.') as programs:
        yield Services(server, store, pathlib.Path(programs))


@pytest.fixture(autouse=True)
def builds(folder):
    for name in ('site-1', 'site-2'):
        shutil.copytree(ROOT / 'samples' / name, folder / name)
    tree('site', {**SITE, 'blog/index.html': 'blog 2'})
    tree('public', SITE)


def run_page(services, text):
    """The commands of a page; the number of those that ran."""
    ran = 0
    for command, shown in sessions(text):
        name = re.match(r'cat (\S+)$', command)
        if name:
            pathlib.Path(name[1]).write_text(shown, 'utf-8')
            continue
        printed = services.call(command)
        ran += 1
        if shown:
            assert steady(printed) == steady(shown), command
    return ran


def fill(*names):
    for name in names:
        assert pathlib.Path(name).stat().st_size > 0, name


def after_readme(services):
    assert [e['items'] for e in services.server.created('EQUICKSTART')] == [
        ['/*'], ['/blog/*', '/old.html']]
    assert services.store.log(), 'no baseline in S3'
    fill('review.html', 'review.md')


def after_uploading(services):
    services.call('edgediff manifest site | cmp - last.manifest')
    assert read_tree('new') == read_tree('site')


def after_commands(services):
    assert [e['items'] for e in services.server.created()] == [
        ['/blog/*', '/old.html']]


def after_shards(services):
    services.call('edgediff manifest site | cmp - site.manifest')


def after_aws_cli(services):
    assert [e['items'] for e in services.server.created('S11A16G5KZMEQD')] == \
        2 * [['/index.html', '/error.html']]


def after_configuration(services):
    assert {e['distribution'] for e in services.server.created()} == {
        'EDFDVBD6EXAMPLE', 'EDFDVBD6EXAMPLE2'}


AFTER = {
    'README.md': after_readme,
    'docs/aws-cli.md': after_aws_cli,
    'docs/commands.md': after_commands,
    'docs/configuration.md': after_configuration,
    'docs/review.md': lambda it: fill('review.html', 'review.md',
                                      'review.json', 'batch.json'),
    'docs/shards.md': after_shards,
    'docs/uploading.md': after_uploading,
}


def test_most_pages_show_commands():
    assert len(PAGES) > 7 and set(AFTER) <= set(PAGES), PAGES


@pytest.mark.timeout(180)
@pytest.mark.parametrize('page', PAGES)
def test_every_line_runs(services, page):
    if page == 'README.md':
        services.call(
            'edgediff invalidate site-1 --distribution-id EQUICKSTART')
    ran = run_page(services, (ROOT / page).read_text('utf-8'))
    # and they did what the text beside them says
    assert ran > 0
    if page in AFTER:
        AFTER[page](services)


def test_the_two_lines_of_the_readme(services):
    diff = re.search(r'```diff\n(.*?)```', (ROOT / 'README.md').read_text(
        'utf-8'), re.S)[1]
    services.call(re.sub('^[ +]', '', re.sub('^-.*\n', '', diff, flags=re.M),
                         flags=re.M).replace('ID', 'ETWO'))
    assert [e['items'] for e in services.server.created('ETWO')] == [['/*']]


# ---------------------------------------------------------- the first run

FIRST_RUN = ROOT / 'samples/first-run.txt'
BUILT = 'PATH=$PWD/usr/bin:$PATH'  # what is above has a test of its own
SAYS_WHERE = r'^http://127\.0\.0\.1:\d+\n'  # the server, when it likes


def run_session(text, programs):
    """What each command of a session prints, in one shell."""
    commands = re.findall(r'^\$ (.*)', text, re.M)
    script = '\n'.join(f'printf "\\1"\n{line}' for line in commands)
    done = subprocess.run(
        ['sh', '-c', f'exec 2>&1\n{script}'], stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, text=True, check=True,
        env=environment(os.getcwd(), PROGRAM=edgediff(), PATH=programs,
                        AWS_ACCESS_KEY_ID=None, AWS_SECRET_ACCESS_KEY=None))
    return list(zip(commands, done.stdout.split('\1')[1:], strict=True))


def test_the_first_run(services):
    """`samples/first-run.txt` shows what is printed today."""
    text = FIRST_RUN.read_text('utf-8')
    text = text[text.index(BUILT) + len(BUILT):]
    shutil.rmtree('site')  # it makes one of its own
    os.symlink(ROOT, 'edgediff')
    shown = re.findall(r'^\$ (.*)\n((?:(?!\$ ).*\n)*)', text, re.M)
    ran = run_session(text, services.path)
    assert len(ran) == len(shown) > 20
    for (command, printed), (_, wanted) in zip(ran, shown):
        printed, wanted = (re.sub(SAYS_WHERE, '', text, flags=re.M)
                           for text in (printed, wanted))
        assert steady(printed) == steady(wanted), command


# ------------------------------------------------------------- CI systems

def load(text):
    yaml = pytest.importorskip('yaml', reason='python3-yaml is not installed')
    return yaml.safe_load(text)


def of_action(step):
    """What our own action runs, once it is installed."""
    inputs = {name: one['default'] for name, one in load(
        (ROOT / 'action.yml').read_text('utf-8'))['inputs'].items()}
    assert set(step['with']) <= set(inputs), step
    words = [f'INPUT_{name.upper().replace("-", "_")}="' + re.sub(
        r'\$\{\{ vars\.(\w+) \}\}', r'$\1', value) + '"'
             for name, value in (inputs | step['with']).items()]
    return f'PATH="${{PROGRAM%/*}}:$PATH" {" ".join(words)} ' \
        f'"{ROOT}/action/run"'


def of_yaml(block):
    """The shell in a part of a CI system's file."""
    found = []

    def look(value):
        if isinstance(value, dict) and '/edgediff@' in value.get('uses', ''):
            found.append(of_action(value))
            return
        for name, inner in value.items() if isinstance(value, dict) else ():
            if name in ('run', 'command') and isinstance(inner, str):
                found.append(inner)
            elif name == 'script':
                found.append('\n'.join(inner))
            else:
                look(inner)
        for inner in value if isinstance(value, list) else ():
            look(inner)

    look(load(block))
    return found


def of_groovy(block):
    return ['\n'.join(re.findall(r"\bsh '([^'\n]*)'", block))]


@pytest.mark.parametrize('page', ['github-actions', 'gitlab', 'circleci',
                                  'jenkins'])
def test_steps_of_ci(services, page):
    """As a runner would run them: a dry run sends nothing, a deployment sends
    one batch, and the next job knows it, although it has no file of it."""
    text = (ROOT / 'docs' / f'{page}.md').read_text('utf-8')
    shells = [shell for kind, block in re.findall(
        r'```(yaml|groovy)\n(.*?)```', text, re.S)
        for shell in {'yaml': of_yaml, 'groovy': of_groovy}[kind](block)]
    assert any('s3 sync' in shell for shell in shells), shells
    given = {'BUCKET': 'site', 'DISTRIBUTION_ID': 'E1',
             'BASELINE': 's3://state/site.baseline', 'STATE': 's3://state',
             'GITHUB_STEP_SUMMARY': 'summary', 'GITHUB_OUTPUT': 'output',
             'RUNNER_TEMP': os.getcwd()}
    for shell in shells:
        services.call(shell, **given)
    assert len(services.server.created()) == 1
    shutil.rmtree('.edgediff', ignore_errors=True)
    tree('public', {'index.html': 'another'})
    for shell in shells:
        services.call(shell, **given)
    assert [e['items'] for e in services.server.created()] == [
        ['/*'], ['/', '/index.html']]
    if 'uses:' in text:
        fill('summary')
