#!/usr/bin/python3
"""Compares how edgediff reads YAML with ruamel.yaml, the library of the AWS CLI.

usage: documents.py [N [PEER [SEED]]]; PEER is tests/unit/yaml_peer.c, built.

Generated documents, most of them damaged, are read by both. What both read must be
equal, and what ruamel.yaml refuses, edgediff must refuse; it may refuse more, what
cmd/awscli/yaml_reader.h lists, but nothing that no one has damaged. The last line
is `N equal, N refused by both, N refused, N differ`.
"""
import json
import os
import random
import re
import subprocess
import sys
import warnings

from ruamel.yaml import YAML

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BATCH = 5000
R = random.Random(2903)
KEYS = ('DistributionId', 'InvalidationBatch', 'Paths', 'Quantity', 'Items',
        'CallerReference', 'a', 'b c', '日本')
# how a scalar may be written, with what it means
SCALARS = (
    '/a', '/*', '/index.html', '"/*"', "'/*'", "'it''s'", '"a\\nb"', 'a b',
    '1', '-1', '+7', '007', '0o17', '0b101', '0x1F', '1_000', '1.5', '-.5', '5.',
    '1e3', '1.5e-3', '.inf', '-.INF', '.nan', 'true', 'False', 'TRUE', 'yes',
    'No', 'on', 'y', 'null', 'Null', '~', '""', "''", 'nulL', 'tRue',
    '12345678901234567890', '1.2.3', '/a:b', 'a#b', "a'b", 'a"b', '/ä', '/🚀',
    '"\\u00e9\\x41\\U0001f680"', '"\\/a"', '0.1', '-0.0', '-0', '1:30',
    'http://a/b', '-a', '?a', ':a', '%a', "'%a'", '"a  b"', '!!str 12',
    '1-2', 'E1ABC', 'abc-2026', '0x', '0b', '08', '1e', '.', '_1', '+', '=a')
# more that is put into documents
PIECES = (': ', ':', '- ', '-', '\n', '\n\n', '  ', ' ', '\t', '#', ' #', ' # x\n',
          '[', ']', '{', '}', ',', ', ', '"', "'", '|', '|\n', '>', '>-\n', '|2\n',
          '&a ', '*a', '!!str ', '!!int ', '!a ', '! ', '%YAML 1.1\n---\n',
          '%YAML 1.2\n---\n', '---\n', '...\n', '--- ', '? ', '<<: ', '=', '\\',
          '`', '@', '\r', '\r\n', '\ufeff', '\x85', '\u2028', '\x01', '\x7f', '\0',
          '2026-01-02', '2026-01-02T03:04:05Z', '2026-1-2 3:04:05', 'a: 1\n',
          '1: a\n', '~', 'null: a\n', '0o8', '0b2', '1e5', '!', '&', '*')


def value(depth):
    """Lines of a value in block style, or one line."""
    kind = R.random()
    if depth == 0 or kind < .4:
        return R.choice(SCALARS)
    if kind < .5:
        return flow(depth - 1)
    if kind < .57:
        mark = R.choice(('|', '>', '|-', '>-', '|+', '>+'))
        return f'{mark}\n' + '\n'.join(
            R.choice(('  a', '   b', '', '  - c: d', '  #')) for _ in range(
                R.randint(1, 4)))
    if kind < .8:
        return '\n' + mapping(depth - 1)
    return '\n' + '\n'.join(
        '- ' + indented(value(depth - 1)).lstrip() for _ in range(R.randint(1, 3)))


def indented(text):
    return text.replace('\n', '\n  ')


def mapping(depth):
    return '\n'.join(
        f'{key}: {indented(value(depth))}' for key in R.sample(
            KEYS, R.randint(1, 4)))


def flow(depth):
    if depth <= 0 or R.random() < .3:
        return R.choice([one for one in SCALARS if one[0] not in '?:'])
    if R.random() < .5:
        return '[' + ', '.join(flow(depth - 1) for _ in range(
            R.randint(0, 3))) + ']'
    return '{' + ', '.join(f'{key}: {flow(depth - 1)}' for key in R.sample(
        KEYS, R.randint(0, 3))) + '}'


def document():
    """The text, and whether it was damaged."""
    text = mapping(3) + R.choice(('', '\n', '\n', ' # end\n'))
    damaged = R.random() < .7
    for _ in range(R.randint(1, 3) if damaged else 0):
        at = R.randint(0, len(text))
        text = text[:at] + R.choice(('', R.choice(PIECES), R.choice(PIECES))) \
            + text[at + R.choice((0, 0, 1, 2)):]
    return text, damaged


def is_lenient(text):
    """Does libyaml read more here? A comment needs no blank after | and >."""
    return re.search(r'[|>][-+0-9]*#', text) is not None


def expected(text):
    """The value as JSON; None if ruamel.yaml refuses the text or has no JSON."""
    try:
        read = YAML(typ='safe', pure=True).load(text)
        return json.dumps(read, separators=(',', ':'))
    except Exception:  # many kinds, on damaged documents
        return None


def answers(peer, texts):
    lines = ''.join(text.encode().hex() + '\n' for text in texts)
    done = subprocess.run([peer], input=lines, stdout=subprocess.PIPE,
                          text=True, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)
    return done.stdout.splitlines()


def main():
    warnings.simplefilter('ignore')
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    peer = sys.argv[2] if len(sys.argv) > 2 else \
        os.path.join(ROOT, 'out/release/tests/yaml_peer')
    if len(sys.argv) > 3:
        R.seed(int(sys.argv[3]))
    equal = both = refused = failed = 0
    while equal + both + refused + failed < count:
        cases = [document() for _ in range(
            min(BATCH, count - equal - both - refused - failed))]
        got = answers(peer, [text for text, _ in cases])
        for (text, damaged), answer in zip(cases, got, strict=True):
            wanted = expected(text)
            if not answer.startswith('='):
                both += wanted is None
                refused += wanted is not None and damaged
                wrong = wanted is not None and not damaged
            else:
                wrong = answer[1:] != wanted and not (
                    wanted is None and is_lenient(text))
                equal += not wrong
            failed += wrong
            if wrong and failed <= 5:
                print(f'{text!r}\n  ruamel   {wanted}\n  edgediff {answer}')
    print(f'{equal} equal, {both} refused by both, {refused} refused, '
          f'{failed} differ')
    return 1 if failed or count < 1 else 0


if __name__ == '__main__':
    sys.exit(main())
