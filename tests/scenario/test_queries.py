"""--query is jmespath.py's: hand-written expressions, and generated ones."""
import json
import pathlib
import subprocess

import pytest

from support import ROOT, run_script

CASES = pathlib.Path(__file__).parent / 'data/queries.txt'
PEER = ROOT / 'out/sanitize/tests/query_peer'


def cases():
    """The document, and (expression, the lines below it) of each case."""
    document, found = None, []
    for line in CASES.read_text('utf-8').splitlines():
        if line.startswith('document '):
            document = line.partition(' ')[2]
        elif line.startswith('> '):
            found.append((line[2:], []))
        elif found and line and not line.startswith('# '):
            found[-1][1].append(line)
    return document, [(one, '\n'.join(lines)) for one, lines in found]


def answers(document, expressions):
    """(status, the result or the error) of each."""
    lines = [f'{one.encode().hex()}\t{document.encode().hex()}\n'
             for one in expressions]
    done = subprocess.run([PEER], input=''.join(lines), text=True, check=True,
                          stdout=subprocess.PIPE)
    for line in done.stdout.splitlines():
        status, shown = line.split('\t')[:2]
        yield int(status), bytes.fromhex(shown).decode('utf-8')


def test_hand_written():
    document, rows = cases()
    assert len(rows) > 300
    for (one, wanted), (status, shown) in zip(
            rows, answers(document, [one for one, _ in rows]), strict=True):
        assert shown == wanted, one
        assert status in (0, 252, 255), one
        if status == 0:
            json.loads(shown)


@pytest.mark.filterwarnings('ignore:deprecated string literal')
def test_hand_written_are_true():
    """What the file says is what jmespath.py does."""
    jmespath = pytest.importorskip('jmespath')
    document, rows = cases()
    for one, wanted in rows:
        try:
            shown = json.dumps(jmespath.search(one, json.loads(document)),
                               separators=(',', ':'))
        except Exception as error:
            shown = str(error)
        assert shown == wanted, one


@pytest.mark.timeout(120)
def test_generated():
    pytest.importorskip('jmespath')
    run_script('queries.py', 5000, PEER)
