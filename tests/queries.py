#!/usr/bin/python3
"""Compares edgediff's --query with jmespath.py, the library of the AWS CLI.

usage: queries.py [N [PEER [SEED]]]; PEER is tests/unit/query_peer.c, built.

Generated expressions are applied to generated documents. The result must be
equal, or the message of the error and its exit status: as JSON, and with the AWS
CLI's formatters as text and as tables. As YAML, one in a hundred is read again,
and must then be equal. A third of the expressions is damaged. The last line is
`N equal, N not compared, N differ`; not compared is what exceeds Python's
recursion or sorts NaN.
"""
import io
import json
import os
import random
import re
import subprocess
import sys
import unicodedata
import warnings

import jmespath

try:
    from awscli import formatter, table, text
    from ruamel.yaml import YAML
except ImportError:  # the results are compared as JSON only
    text = None

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BATCH = 20000
R = random.Random(2903)
NAMES = ('Items', 'Id', 'Status', 'CreateTime', 'a', 'b', 'c', 'Paths', 'x_1')
STRINGS = ('InProgress', 'Completed', '', 'a', 'b', 'ab', 'B', '1', '-2.5',
           '1e3', ' 7 ', '1_0', 'inf', 'nan', '0x1', '.5', '5.', 'é', 'a\u0301',
           '日本', '🚀', '/*', 'it\'s', '"', '\\', '`', '\t', '\ud800',
           '2026-01-02T03:04:05Z', 'I1', 'I2', 'I10')
# exact in binary, so that the order of a sum makes no difference
NUMBERS = (0, 1, 2, 3, -1, -7, 10, 100, 0.0, -0.0, 1.0, 0.5, -2.5, 1e10, 1e22,
           1e16, 2.0 ** -20, 2 ** 53, 2 ** 53 + 1, 2.0 ** 53, 10 ** 30,
           -10 ** 30, 1e300)
CONSTANTS = (True, False, None)
BINARY = ('||', '&&', '|', '==', '!=', '<', '<=', '>', '>=', '.')
FUNCTIONS = {
    'abs': 'n', 'avg': 'l', 'ceil': 'n', 'contains': 'lv', 'ends_with': 'ss',
    'floor': 'n', 'join': 'sl', 'keys': 'o', 'length': 'v', 'map': 'rl',
    'max': 'l', 'max_by': 'lr', 'merge': 'oo', 'min': 'l', 'min_by': 'lr',
    'not_null': 'vv', 'reverse': 'l', 'sort': 'l', 'sort_by': 'lr',
    'starts_with': 'ss', 'sum': 'l', 'to_array': 'v', 'to_number': 'v',
    'to_string': 'v', 'type': 'v', 'values': 'o', 'nope': 'v'}
SNIPPETS = ('.', '*', '[', ']', '[]', '[?', '[*]', '[0]', '[-1]', '[::0]',
            '[1:]', '[:2:-1]', '{', '}', '(', ')', ',', ':', '@', '&', '&&',
            '|', '||', '!', '=', '==', '!=', '<', '>=', '`', '\'', '"', '\\',
            '``', '\'\'', '""', '`1`', '`[1, 2.5, "x"]`', '`{"a": null}`',
            '`foo`', '` bar"`', '`NaN`', '`[NaN]`', '`Infinity`', '`1e999`',
            '`"\\ud800"`', '"\\x"', '"\\u00e9"', ' ', '\t', '\n', '\r', '-',
            '-0', '007', '1', '99999999999999999999', 'a', 'Items', 'é', '\x7f',
            '\udcff', '#', '$', '%', '+', '/', ';', '?', '^', '~', 'length(',
            'map(&', 'sort_by(@, &', '&a', 'null', 'true', '\\\'', '\\`')


# -------------------------------------------------------------- documents

def any_character():
    """One that the Unicode of edgediff's tables knows."""
    while unicodedata.unidata_version == '14.0.0':
        one = chr(R.randrange(0x20, R.choice((0x250, 0x3000, 0x20000))))
        if one.isprintable():
            return one
    return R.choice('ßΩ…가ﬁ')


def scalar():
    kind = R.random()
    if kind < .02:
        return any_character() + any_character()
    if kind < .45:
        return R.choice(STRINGS)
    if kind < .8:
        return R.choice(NUMBERS) if R.random() < .7 else R.randint(-9, 9)
    return R.choice(CONSTANTS)


def alike():
    """A list of elements of one type, as functions want them."""
    kind = R.randrange(4)
    count = R.choice((0, 1, 2, 2, 3, 5))
    if kind == 0:
        return [R.choice(NUMBERS) for _ in range(count)]
    if kind == 1:
        return [R.choice(STRINGS) for _ in range(count)]
    key = R.choice(NAMES)
    pool = R.choice((NUMBERS, STRINGS))
    if kind == 2:
        return [{key: R.choice(pool), 'a': scalar()} for _ in range(count)]
    return [[scalar() for _ in range(R.randint(0, 3))] for _ in range(count)]


def value(depth):
    kind = R.random()
    if depth == 0 or kind < .25:
        return scalar()
    if kind < .5:
        return alike()
    if kind < .7:
        return [value(depth - 1) for _ in range(R.randint(0, 4))]
    made = {R.choice(NAMES): value(depth - 1) for _ in range(R.randint(0, 5))}
    if R.random() < .05:
        made[any_character()] = scalar()
    return made


def invalidations():
    items = [{'Id': f'I{number}', 'CreateTime': f'2026-01-0{number}T00:00:00Z',
              'Status': R.choice(('InProgress', 'Completed'))}
             for number in range(R.randint(0, 5))]
    return {'Marker': '', 'Items': items, 'IsTruncated': R.random() < .5,
            'MaxItems': 100, 'Quantity': len(items)}


def document():
    if R.random() < .3:
        return invalidations()
    return {R.choice(NAMES): value(3) for _ in range(R.randint(1, 6))}


# ------------------------------------------------------------- expressions

def blank():
    return ' ' if R.random() < .1 else ''


def literal():
    kind = R.random()
    if kind < .4:
        return "'" + R.choice(STRINGS).replace("'", "\\'").replace(
            '\ud800', 'x') + "'"
    what = scalar() if kind < .7 else value(2)
    written = json.dumps(what, ensure_ascii=R.random() < .5)
    return '`' + written.replace('\ud800', 'x').replace('`', '\\`') + '`'


def number():
    return '' if R.random() < .4 else str(R.choice(
        (0, 1, 2, 3, -1, -2, -3, 7, -9, 10 ** 20, -10 ** 20)))


def bracket(depth):
    kind = R.randrange(7)
    if kind == 0:
        return f'[{R.randint(-3, 3)}]'
    if kind == 1:
        return f'[{number()}:{number()}' + R.choice(
            ('', ':', f':{number()}', f':{number()}')) + ']'
    if kind == 2:
        return '[*]'
    if kind == 3:
        return '[]'
    return f'[?{expression(depth - 1)}]'


def selection(depth):
    if R.random() < .5:
        return '[' + ','.join(expression(depth - 1)
                              for _ in range(R.randint(1, 3))) + ']'
    return '{' + ', '.join(
        f'{R.choice((R.choice(NAMES), json.dumps(R.choice(NAMES))))}:'
        f'{blank()}{expression(depth - 1)}'
        for _ in range(R.randint(1, 3))) + '}'


def argument(kind, depth):
    if kind == 'r':
        return '&' + expression(depth - 1)
    chance = R.random()
    if chance < .5:
        return expression(depth - 1)
    if kind == 'l' and chance < .9:
        return '`' + json.dumps(alike()).replace('`', '\\`') + '`'
    if kind == 'n' and chance < .9:
        return f'`{json.dumps(R.choice(NUMBERS))}`'
    if kind == 's' and chance < .9:
        return "'" + R.choice(('a', 'ab', 'I1', 'In', 'é', '日', '')) + "'"
    return literal() if chance < .9 else R.choice(('@', '&a', '*'))


def written_literal(what):
    return '`' + json.dumps(what).replace('`', '\\`') + '`'


def fitting(kinds):
    """Arguments of the types that a function wants, or nearly."""
    pool = R.choice((NUMBERS, STRINGS, NUMBERS[:6], STRINGS[:6]))
    some = [R.choice(pool) for _ in range(R.choice((0, 1, 2, 3, 5, 8)))]
    reference = R.choice(('@', 'a', 'a', 'a.b', 'length(a)', '-a', 'b || a',
                          'to_number(a)', 'to_string(@)', '[a]'))
    if 'r' in kinds and 'a' in reference and R.random() < .8:
        some = [{'a': one, 'b': place} for place, one in enumerate(some)]
    whole = {'l': some, 'n': R.choice(NUMBERS), 's': R.choice(STRINGS),
             'v': R.choice((some, R.choice(pool), {'a': some})),
             'o': {R.choice(NAMES): scalar() for _ in range(R.randint(0, 3))}}
    return ', '.join('&' + reference if kind == 'r' else
                     written_literal(R.choice((
                         whole[kind], *whole['l'])) if kind == 'v'
                         else whole[kind]) for kind in kinds)


def function(depth):
    name = R.choice(list(FUNCTIONS))
    kinds = FUNCTIONS[name]
    if R.random() < .4:
        return f'{name}({fitting(kinds)})'
    if R.random() < .05:
        kinds = R.choice(('', kinds[1:], kinds + 'v', kinds[::-1]))
    return f'{name}(' + f',{blank()}'.join(
        argument(kind, depth) for kind in kinds) + ')'


def name():
    kind = R.random()
    if kind < .8:
        return R.choice(NAMES)
    if kind < .83:
        return json.dumps(any_character() + 'x', ensure_ascii=False)
    return json.dumps(R.choice(NAMES + STRINGS), ensure_ascii=R.random() < .5) \
        .replace('\ud800', 'x')


def expression(depth):
    kind = R.random()
    if depth <= 0 or kind < .2:
        return R.choice((name, name, name, literal, lambda: '@'))()
    if kind < .45:
        return expression(depth - 1) + R.choice((
            lambda: '.' + name(), lambda: '.' + name(), lambda: '.*',
            lambda: bracket(depth), lambda: bracket(depth),
            lambda: '.' + selection(depth),
            lambda: '.' + function(depth)))()
    if kind < .5:
        return R.choice((bracket, selection))(depth)
    if kind < .75:
        return function(depth)
    if kind < .9:
        return f'{expression(depth - 1)} {R.choice(BINARY)} ' \
               f'{expression(depth - 1)}'
    if kind < .95:
        return f'({expression(depth - 1)})'
    return R.choice(('!', '&', '*.', '[]', '')) + expression(depth - 1)


def damaged(written):
    for _ in range(R.choice((1, 1, 1, 2, 3))):
        at = R.randint(0, len(written))
        end = at + R.choice((0, 0, 1, 1, 2, 5))
        written = written[:at] + R.choice(
            ('', '', *R.sample(SNIPPETS, 3))) + written[end:]
    return written


def query():
    if R.random() < .05:
        written = ''.join(R.choice(SNIPPETS) for _ in range(R.randint(1, 9)))
    else:
        written = expression(R.choice((1, 2, 3, 3, 4)))
        if R.random() < .3:
            written = damaged(written)
    return written.replace('\0', '')


# -------------------------------------------------------------- comparison

ESCAPED = re.compile('\udced([\udca0-\udcbf])([\udc80-\udcbf])')
NOT_COMPARED = None
NO_VALUE = '--query: an expression, as in &name, is no value: only functions ' \
           'take it'


def decoded(field):
    """UTF-8, with lone surrogates and with bytes that are something else."""
    return ESCAPED.sub(
        lambda m: chr(0xd000 | (ord(m[1]) & 0x3f) << 6 | (ord(m[2]) & 0x3f)),
        field.decode('utf-8', 'surrogateescape'))


class Options:
    """Those that a formatter asks for."""
    query = None

    def __init__(self, color):
        self.color = color


class Resetting(io.StringIO):
    """Ends each write with a reset, as colorama does."""

    def write(self, what):
        super().write(what + '\x1b[0m')


def as_text(result):
    out = io.StringIO()
    text.format_text(result, out)
    return out.getvalue()


def as_table(result, columns, color):
    """What is printed, or said instead."""
    table.determine_terminal_width = lambda: columns
    out = io.StringIO() if color == 'off' else Resetting()
    try:
        maker = formatter.TableFormatter(Options(color))
        maker('Title', result, out)
    except ValueError as error:
        return str(error)
    return out.getvalue()


def outputs(result):
    """What each formatter makes of a result; None is not compared."""
    if text is None:
        return []
    made = []
    for make in (as_text, lambda one: as_table(one, 80, 'off'),
                 lambda one: as_table(one, 20, 'on')):
        try:
            made.append(make(result))
        except (AttributeError, TypeError, IndexError):
            made.append(None)  # dicts among other elements
    return made


def read_again(written, result):
    """What is wrong with YAML, as PyYAML's rules and YAML 1.2's read it."""
    for version in (1, 1), (1, 2):
        reader = YAML(typ='safe', pure=True)
        reader.version = version
        read = reader.load(written)
        if not same(read, result):
            return f'YAML {version}: {written!r}'
    return None


def same(one, other):
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(
            same(one[key], other[key]) for key in one)
    return type(one) is type(other) and (one == other or one != one)


def expected(written, data):
    """(status, the JSON or the error, other outputs), or NOT_COMPARED."""
    try:
        compiled = jmespath.compile(written)
    except RecursionError:
        return NOT_COMPARED
    except Exception as error:  # as the AWS CLI does
        return 252, str(error), []
    try:
        result = compiled.search(data)
        shown = json.dumps(result, separators=(',', ':'))
    except RecursionError:
        return NOT_COMPARED
    except Exception as error:
        if 'Object of type _Expression' in str(error):
            return 255, NO_VALUE, []
        return 255, str(error), []
    if 'NaN' in shown and 'sort' in written:
        return NOT_COMPARED
    return 0, shown, outputs(result)


def problem(wanted, answer):
    status, *fields = answer.split('\t')
    got = [decoded(bytes.fromhex(field)) for field in fields]
    shown = got[0]
    if 'In function merge(): a key is no string' in shown:
        return None
    if wanted is NOT_COMPARED:
        return None
    if (int(status), shown) != wanted[:2]:
        return f'{status} {shown}'
    for one, other in zip(got[1:], wanted[2]):
        if other is not None and one != other and \
                not one.endswith('is no table'):
            return f'{one!r}, not {other!r}'
    if wanted[2] and R.random() < .01 and '\\ud' not in shown:
        result = json.loads(shown)
        if result == {} or isinstance(result, float):
            return None
        return read_again(got[4], result) or read_again(got[5], [result])
    return None


def answers(peer, cases):
    lines = ''.join(
        written.encode('utf-8', 'surrogateescape').hex() + '\t'
        + json.dumps(data).encode().hex() + '\n' for written, data in cases)
    done = subprocess.run([peer], input=lines, stdout=subprocess.PIPE,
                          text=True, check=False)
    if done.returncode:
        raise SystemExit(f'{peer} ended with {done.returncode}')
    return done.stdout.splitlines()


def main():
    warnings.simplefilter('ignore')
    # without an address
    jmespath.visitor._Expression.__repr__ = lambda _: '&expression'
    if text:
        # it would wrap standard output again for each table
        table.colorama.init = lambda **_: None
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    peer = sys.argv[2] if len(sys.argv) > 2 else \
        os.path.join(ROOT, 'out/release/tests/query_peer')
    if len(sys.argv) > 3:
        R.seed(int(sys.argv[3]))
    equal = skipped = failed = 0
    while equal + skipped + failed < count:
        cases = [(query(), document()) for _ in range(
            min(BATCH, count - equal - skipped - failed))]
        got = answers(peer, cases)
        for (written, data), answer in zip(cases, got, strict=True):
            wanted = expected(written, data)
            wrong = problem(wanted, answer)
            equal += wrong is None and wanted is not NOT_COMPARED
            skipped += wrong is None and wanted is NOT_COMPARED
            failed += wrong is not None
            if wrong is not None and failed <= 5:
                print(f'{written!r} of {json.dumps(data)}\n'
                      f'  jmespath {wanted}\n  edgediff {wrong}')
    print(f'{equal} equal, {skipped} not compared, {failed} differ')
    return 1 if failed or count < 1 else 0


sys.exit(main())
