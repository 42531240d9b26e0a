"""The layers: what a folder includes and calls is in the folders below it."""
import re
import subprocess

from support import ROOT

LIBRARIES = ('base', 'manifest', 'diff', 'aws')
MAY_USE = {'base': (), 'manifest': ('base',), 'diff': ('base', 'manifest'),
           'aws': ('base', 'manifest'),
           'deploy': ('base', 'manifest', 'diff', 'aws', 'cmd'),
           'cmd': ('base', 'manifest', 'diff', 'aws', 'deploy')}
RELEASE = ROOT / 'out/release'


def test_includes_go_down():
    wrong = []
    for folder, below in MAY_USE.items():
        for path in sorted((ROOT / folder).rglob('*.[ch]')):
            text = path.read_text('utf-8')
            for used in re.findall(r'^#include "([^"]+)"', text, re.M):
                if used.split('/')[0] not in (folder, *below):
                    wrong.append(f'{path.relative_to(ROOT)}: includes {used}')
    assert not wrong, '\n'.join(wrong)


def symbols(archive, *options):
    done = subprocess.run(['nm', '-P', '-g', *options, str(archive)],
                          stdout=subprocess.PIPE, text=True, check=True)
    return {line.split()[0] for line in done.stdout.splitlines()
            if len(line.split()) > 1 and not line.endswith(':')}


def test_calls_go_down():
    archives = {folder: RELEASE / f'{folder}.a' for folder in LIBRARIES}
    missing = [str(path) for path in archives.values() if not path.exists()]
    assert not missing, f'not built: {missing}'
    defined = {f: symbols(a, '--defined-only') for f, a in archives.items()}
    wrong = []
    for folder, archive in archives.items():
        needed = symbols(archive, '--undefined-only') - defined[folder]
        for other in set(LIBRARIES) - {folder, *MAY_USE[folder]}:
            for symbol in sorted(needed & defined[other]):
                wrong.append(f'{folder}.a calls {symbol} of {other}.a')
    assert not wrong, '\n'.join(wrong)
