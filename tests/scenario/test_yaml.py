"""--cli-input-yaml: YAML is read as ruamel.yaml reads it; or edgediff has no libyaml."""
import os
import pathlib
import re
import shlex
import subprocess

import pytest

from support import ROOT, environment, run_script

VARIANT = ROOT / 'out/sanitize'
PEER = VARIANT / 'tests/yaml_peer'
CC = shlex.split(os.environ.get('CC', 'cc'))
ARCHIVES = [VARIANT / f'{name}.a' for name in (
    'cmd', 'report', 'awscli', 'console', 'deploy', 'edge', 'aws', 'diff',
    'manifest', 'base')]


def read(text):
    done = subprocess.run([PEER], input=text.encode().hex() + '\n', text=True,
                          check=True, stdout=subprocess.PIPE)
    return done.stdout.rstrip('\n')


def flags(kind):
    return subprocess.run(
        [ROOT / 'cmd/libyaml', kind], check=True, text=True,
        stdout=subprocess.PIPE).stdout.split()


@pytest.fixture(autouse=True)
def _libyaml():
    if not flags('compile'):
        pytest.skip('libyaml is not installed')


@pytest.mark.timeout(120)
def test_generated():
    pytest.importorskip('ruamel.yaml')
    run_script('documents.py', 3000, PEER)


def test_limits():
    deep, wide = '[' * 100, '\n'.join(f'k{i}: 1' for i in range(10000))
    assert read(f'{deep}{"]" * 100}') == f'={deep}{"]" * 100}'
    assert read(f'{deep}[{"]" * 101}') == \
        'line 1: so deep a nesting is not supported'
    assert read(wide).startswith('={"k0":1,')
    assert read(f'{wide}\nk: 1') == \
        'line 10001: an object of so many keys is not supported'
    text = '# ' + 'x' * ((16 << 20) - 2)
    assert read(text) == '=null'
    assert read(f'{text}x') == 'more than 16 MiB are not supported'
    assert read('a: ' + '1' * 4300) == '={"a":' + '1' * 4300 + '}'
    assert read('a: ' + '1' * 4301) == \
        'line 1: a number of too many digits is not supported'
    assert read('a: 0x8000000000000000') == \
        'line 1: a number of more than 63 bits is not supported'
    assert read('a: -_') == 'line 1: a number without digits is not supported'


def test_aliases_are_not_followed():
    """Nine lines of them would make a billion."""
    lines = ['a: &a [x, x]'] + [
        f'{name}: &{name} [{", ".join(["*" + before] * 9)}]'
        for before, name in zip('abcdefghi', 'bcdefghij')]
    assert read('\n'.join(lines)) == 'line 1: an anchor is not supported'


def said(program, *args):
    return subprocess.run(
        [program, *args], stdin=subprocess.DEVNULL, check=False, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(
            os.getcwd(), AWS_ENDPOINT_URL='http://127.0.0.1:9'))


@pytest.mark.timeout(120)
def test_a_build_without_libyaml_refuses():
    """As if pkg-config had not found it, where yaml_reader.c is compiled and linked."""
    rules = (ROOT / 'rules.ninja').read_text('ascii')
    packages = re.search('^packages = (.*)', rules, re.M)[1].split()
    options = re.search(r'^flags = ((?:.*\$\n)*.*)', (
        ROOT / 'tests/sanitize.ninja').read_text('ascii'), re.M)[1]
    libraries = subprocess.run(
        ['pkg-config', '--cflags', '--libs', *packages], check=True, text=True,
        stdout=subprocess.PIPE).stdout.split()
    program = pathlib.Path('edgediff').absolute()
    subprocess.run(
        [*CC, '-std=c11', '-D_XOPEN_SOURCE=700', '-I.', '-pthread', '-Wl,-w',
         *options.replace('$\n', ' ').split(), VARIANT / 'cmd/main.o',
         'cmd/awscli/yaml_reader.c', *ARCHIVES, *libraries, '-lm', '-o', program],
        cwd=ROOT, check=True)
    for args, word in ((['--cli-input-yaml', 'DistributionId: E1'],
                        '--cli-input-yaml'),
                       (['--generate-cli-skeleton', 'yaml-input'],
                        '--generate-cli-skeleton yaml-input')):
        done = said(program, 'create-invalidation', *args)
        assert done.returncode == 252 and not done.stdout
        assert f'{word} is not supported by this edgediff' in done.stderr
        done = said(VARIANT / 'edgediff', 'create-invalidation', *args)
        assert 'not supported' not in done.stderr


def test_it_can_be_left_out():
    done = subprocess.run(
        [ROOT / 'cmd/libyaml', 'compile'], check=True, text=True,
        env=environment(os.getcwd(), WITHOUT_LIBYAML='1'), stdout=subprocess.PIPE)
    assert done.stdout == ''
