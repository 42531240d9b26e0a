"""samples/aws-alias/aws: a program aws in PATH that knows what edgediff does."""
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

from support import ROOT, edgediff, environment

SAMPLE = ROOT / 'samples/aws-alias/aws'
CREATE = 'cloudfront create-invalidation --distribution-id E --paths /a'
TOOLS = ('sh', 'env', 'make', 'xargs', 'dd', 'grep')


def program(path, text):
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def prints_its_arguments(path):
    """A program that says its name and, a line each, what it was given."""
    name = os.path.basename(path)
    program(path, f'#!/bin/sh\nprintf "%s\\n" {name} "$@"\n')


@pytest.fixture(name='path')
def fixture_path():
    """PATH: the stand-in, edgediff, the AWS CLI, and nothing else of them."""
    os.makedirs('tools')
    for tool in TOOLS:
        os.symlink(shutil.which(tool), f'tools/{tool}')
    prints_its_arguments('cli/aws')
    prints_its_arguments('ours/edgediff')
    shutil.copy(SAMPLE, 'ours/aws')
    return folders('ours', 'cli', 'tools')


def folders(*names):
    return os.pathsep.join(map(os.path.abspath, names))


def start(path, *command, stdin=''):
    return subprocess.run(
        command, env={**environment(os.getcwd()), 'PATH': path}, text=True,
        input=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        check=False, timeout=60)


def lines(who, *words):
    return '\n'.join((who, *words)) + '\n'


@pytest.mark.parametrize('args', [
    CREATE,
    f'--region eu-west-1 {CREATE}',
    f'--profile cloudfront --no-verify-ssl --debug {CREATE}',
    f'--output=text --query Invalidation.Id {CREATE}',
    f'--cli-error-format json {CREATE}',
    'cloudfront --region x --output text create-invalidation --query a',
    'cloudfront get-invalidation --id I --distribution-id E',
    'cloudfront list-invalidations --distribution-id E --query Items[].Id',
    'cloudfront --no-paginate list-invalidations',
    'cloudfront wait invalidation-completed --id I',
    'cloudfront wait --region x invalidation-completed --id I',
    'cloudfront --region x wait --profile p invalidation-completed',
    'cloudfront create-invalidation-for-distribution-tenant --id T',
    'cloudfront get-invalidation-for-distribution-tenant --id I',
    'cloudfront list-invalidations-for-distribution-tenant --id T',
    'cloudfront wait invalidation-for-distribution-tenant-completed --id I',
    'cloudfront create-invalidation help'])
def test_to_edgediff(path, args):
    said = start(path, 'env', 'aws', *args.split()).stdout
    assert said == lines('edgediff', *args.split())


@pytest.mark.parametrize('args', [
    '', 'help', '--version', 's3 ls cloudfront', 'cloudfront', 'cloudfront wait',
    'cloudfront help', '--profile cloudfront s3 ls', '--region cloudfront',
    f'--version {CREATE}', f'--cli-auto-prompt {CREATE}',
    'cloudfront get-distribution --id create-invalidation',
    'cloudfront wait distribution-deployed --id E',
    'cloudfront create-distribution --create-invalidation',
    'configservice create-invalidation', 'cloudfront create-invalidations'])
def test_to_the_aws_cli(path, args):
    said = start(path, 'env', 'aws', *args.split()).stdout
    assert said == lines('aws', *args.split())


WORDS = ('cloudfront', 'create-invalidation', '--distribution-id', 'E',
         '--paths', '/a b', "/it's", '/*', '', '$HOME')


def test_what_starts_it(path):
    """Arguments arrive as they are, whoever starts the program."""
    assert start(path, 'env', 'aws', *WORDS).stdout == lines('edgediff', *WORDS)
    pathlib.Path('Makefile').write_text(f'all:\n\t@aws {CREATE}\n')
    assert start(path, 'make').stdout == lines('edgediff', *CREATE.split())
    said = start(path, 'xargs', 'aws', *CREATE.split(), stdin='/b /c').stdout
    assert said == lines('edgediff', *CREATE.split(), '/b', '/c')
    said = start(path, sys.executable, '-c', 'import subprocess, sys; '
                 'subprocess.run(["aws", *sys.argv[1:]])', *WORDS).stdout
    assert said == lines('edgediff', *WORDS)
    other = ('s3', 'cp', 'a b', '', "it's *")
    assert start(path, 'env', 'aws', *other).stdout == lines('aws', *other)


def test_the_status_is_passed_on(path):
    for name in 'ours/edgediff', 'cli/aws':
        program(name, '#!/bin/sh\nexit 42\n')
    assert start(path, 'env', 'aws', *WORDS).returncode == 42
    assert start(path, 'env', 'aws', 's3', 'ls').returncode == 42


def test_it_never_calls_itself(path):
    """Neither through a link, nor a copy, nor a folder that is there twice."""
    os.makedirs('links')
    os.symlink('../ours/aws', 'links/aws')
    os.makedirs('copies')
    shutil.copy(SAMPLE, 'copies/aws')
    program('plain/aws/file', '')  # a folder of that name
    os.makedirs('unusable')
    pathlib.Path('unusable/aws').touch()  # not executable
    mixed = folders('links', 'ours', 'ours', 'copies', 'links', 'plain',
                    'unusable', 'missing')
    said = start(f'{mixed}{os.pathsep}{path}', 'env', 'aws', 's3', 'ls').stdout
    assert said == lines('aws', 's3', 'ls')
    said = start(f'{mixed}{os.pathsep}{path}', 'env', 'aws', *WORDS).stdout
    assert said == lines('edgediff', *WORDS)
    done = start(f'{mixed}{os.pathsep}{folders("tools")}', 'env', 'aws', 's3',
                 'ls')
    assert done.returncode == 127
    assert 'the AWS CLI is not in PATH' in done.stdout


def test_an_empty_folder_in_path_is_this_one(path):
    prints_its_arguments('aws')
    said = start(f'{folders("ours", "tools")}:', 'env', 'aws', 's3').stdout
    assert said == lines('aws', 's3')


def test_without_edgediff(path):
    os.unlink('ours/edgediff')
    said = start(path, 'env', 'aws', *WORDS).stdout
    assert said == lines('aws', *WORDS)


def test_with_the_real_edgediff(server, path):
    """A deployment's line through make, as it stands in public scripts."""
    os.unlink('ours/edgediff')
    os.symlink(edgediff(), 'ours/edgediff')
    pathlib.Path('Makefile').write_text(
        'all:\n\t@aws --region us-east-1 cloudfront create-invalidation '
        f'--endpoint-url {server.url} --distribution-id E1 --paths "/*" '
        '--query Invalidation.Status --output text\n')
    done = start(path, 'make')
    assert (done.returncode, done.stdout) == (0, 'InProgress\n')


def test_the_installer_has_a_choice():
    def install(action, **more):
        return subprocess.run(
            [ROOT / 'cmd/install', action], cwd=ROOT, text=True, check=False,
            env=environment('/', DESTDIR=os.path.abspath('stage'), **more),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    place = pathlib.Path('stage/usr/local/bin/aws')
    assert install('install').returncode == 0 and not place.exists()
    assert install('install', WITH_AWS='1').returncode == 0
    assert place.read_bytes() == SAMPLE.read_bytes()
    assert install('install', WITH_AWS='1').returncode == 0  # over itself
    assert install('uninstall').returncode == 0 and not place.exists()
    for make in (prints_its_arguments, lambda path: os.symlink('/gone', path)):
        make(place)  # the AWS CLI's own installer puts a link there
        done = install('install', WITH_AWS='1')
        assert done.returncode == 1 and 'is another program' in done.stdout
        assert install('install').returncode == 0
        assert install('uninstall').returncode == 0
        assert place.is_symlink() or place.exists()
        place.unlink()
