"""Lines of shell scripts in the shapes that public ones have.

scenario/data/public_scripts.txt has them, with what they print. Each runs with the
stand-in's `aws` in PATH, and an AWS CLI behind it that nothing should reach.
"""
import os
import pathlib
import re
import shutil
import subprocess

import pytest

from support import (ACCESS_KEY, ROOT, SECRET_KEY, edgediff, environment,
                     limit, tree)

SCRIPTS = ROOT / 'tests/scenario/data/public_scripts.txt'
NEWER = ROOT / 'out/aws-newer/aws'  # made by differential/newer


def scripts():
    """(title, lines, what they print) of each."""
    text = SCRIPTS.read_text('utf-8')
    found = re.findall(r'(?ms)^# ([^\n]*)\n((?:(?!^=>\n).)+?)^=>\n(.*?)(?=\n# |\Z)',
                       text.partition('\n\n')[2])
    assert len(found) == text.count('\n=>\n')
    return found


def program(path, text):
    pathlib.Path(path).write_text(text)
    pathlib.Path(path).chmod(0o755)


def place(number, fill):
    """A folder to run a script in; `fill` puts programs into two of PATH's."""
    folder = tree(f'script-{number}', {
        '.aws/config': '[profile prod]\nregion = eu-west-1\noutput = text\n',
        '.aws/credentials': f'[prod]\naws_access_key_id = {ACCESS_KEY}\n'
                            f'aws_secret_access_key = {SECRET_KEY}\n'})
    for name in 'bin', 'behind':
        (folder / name).mkdir()
    program(folder / 'bin/sleep', '#!/bin/sh\n')
    fill(folder / 'bin', folder / 'behind')
    return folder.resolve()


def wrong(server, fill):
    """A text for each script that prints something else."""
    for number, (title, lines, expected) in enumerate(scripts()):
        folder = place(number, fill)
        env = environment(
            folder, AWS_ENDPOINT_URL=server.url, AWS_DEFAULT_REGION='us-east-1',
            D=f'EKNOWN-{number}')
        env['PATH'] = os.pathsep.join(
            [f'{folder}/bin', f'{folder}/behind', env['PATH']])
        done = subprocess.run(
            ['bash', '--noprofile', '--norc', '-c', lines], cwd=folder, env=env,
            text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, check=False, timeout=limit(60))
        if done.stdout != expected:
            yield f'# {title}\n{lines}=>\n{done.stdout}instead of\n{expected}'


def the_stand_in(folder, behind):
    shutil.copy(ROOT / 'samples/aws-alias/aws', folder / 'aws')
    os.symlink(edgediff(), folder / 'edgediff')
    program(behind / 'aws', '#!/bin/sh\necho "sent to the AWS CLI: $*"\nexit 1\n')


def the_aws_cli(folder, _):
    os.symlink(NEWER, folder / 'aws')


@pytest.mark.timeout(600)
def test_public_scripts(server):
    texts = list(wrong(server, the_stand_in))
    print(f'{len(scripts()) - len(texts)} of {len(scripts())} scripts')
    assert not texts, '\n'.join(texts)


@pytest.mark.timeout(900)
def test_the_aws_cli_prints_the_same(server):
    if not os.access(NEWER, os.X_OK):
        pytest.skip('no AWS CLI that differential/newer has unpacked')
    texts = list(wrong(server, the_aws_cli))
    assert not texts, '\n'.join(texts)
