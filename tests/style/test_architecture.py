"""The architecture: folders in their order, no circles, names and headers."""
import os
import subprocess

import architecture
import pytest

from support import ROOT


@pytest.fixture(scope='module')
def project():
    return architecture.Tree(ROOT)


@pytest.mark.parametrize('rule', architecture.RULES)
def test_rule_holds(project, rule):
    wrong = architecture.RULES[rule](project)
    assert not wrong, '\n'.join(wrong)


def test_no_exception_is_idle(project):
    wrong = architecture.idle_exceptions(project)
    assert not wrong, '\n'.join(wrong)


# A tree that breaks no rule. Each case below changes some of its files.
CLEAN = {
    'build.ninja': 'flags = -O2\n',
    'base/buf.h': 'struct buf { int length; };\n'
                  'int buf_add(struct buf *buf);\n',
    'base/buf.c': '#include "base/buf.h"\n#include <assert.h>\n'
                  'int buf_add(struct buf *buf)\n{\n\tassert(buf);\n'
                  '\treturn buf->length;\n}\n',
    'base/text_line.h': 'extern const char text_lines[];\n'
                        'int text_line_add(int a, int (*f)(int b));\n',
    'base/text_line.c': '#include "base/text_line.h"\n'
                        'const char text_lines[] = "int f(void);";\n'
                        'static int g(void);\n'
                        'int text_line_add(int a, int (*f)(int b))\n'
                        '{\n\treturn f(a) + g();\n}\n'
                        'static int g(void)\n{\n\treturn 1;\n}\n',
    'diff/plan.h': '#include "base/buf.h"\nint plan_make(struct buf *buf);\n',
    'diff/plan.c': '#include "diff/plan.h"\nint plan_make(struct buf *buf)\n'
                   '{\n\treturn buf_add(buf);\n}\n',
    'aws/call.h': 'int call(void);\n',
    'aws/call.c': '#include "aws/call.h"\nint call(void)\n{\n\treturn 2;\n}\n',
    'cmd/console/level.h': 'enum level { LEVEL_INFO };\n',
    'cmd/console/log.h': '#include "cmd/console/level.h"\n'
                         'enum level log_info(void);\n',
    'cmd/console/log.c': '#include "cmd/console/log.h"\n'
                         'enum level log_info(void)\n'
                         '{\n\treturn LEVEL_INFO;\n}\n',
    'cmd/main.c': '#include "aws/call.h"\n#include "cmd/console/log.h"\n'
                  'int main(void)\n'
                  '{\n\treturn call() + (int)log_info();\n}\n',
}


def plan_that(line, *, includes='', header=''):
    """diff/plan.c and its header with something more in them."""
    return {'diff/plan.h': header + CLEAN['diff/plan.h'],
            'diff/plan.c': includes + CLEAN['diff/plan.c'].replace(
                'return ', f'{line}\n\treturn ')}


BROKEN = {
    'a call up': (
        'calls up', {'base/buf.c': CLEAN['base/buf.c'].replace(
            'return', 'extern int plan_make(struct buf *b);\n'
            '\tif (plan_make(buf))\n\t\treturn 3;\n\treturn')},
        ['base/buf.c: calls plan_make of diff/plan.c']),
    'an include up': (
        'calls up', {'aws/call.h': '#include "cmd/console/log.h"\n'
                     + CLEAN['aws/call.h']},
        ['aws/call.h: includes cmd/console/log.h']),
    'a call to a neighbour': (
        'calls up', plan_that('call();', includes='#include "aws/call.h"\n'),
        ['diff/plan.c: includes aws/call.h',
         'diff/plan.c: calls call of aws/call.c']),
    'the console uses a command': (
        'calls up', {'cmd/console/log.c': '#include "cmd/stamp.h"\n'
                     + CLEAN['cmd/console/log.c'],
                     'cmd/stamp.h': 'enum stamp { STAMP };\n'},
        ['cmd/console/log.c: includes cmd/stamp.h']),
    'a circle of calls': (
        'circles', {
            'base/text_line.c': '#include "base/buf.h"\n'
            + CLEAN['base/text_line.c'].replace(
                'return f', 'return buf_add(0) + f'),
            'base/buf.c': '#include "base/text_line.h"\n'
            + CLEAN['base/buf.c'].replace(
                'return', 'return text_line_add(1, 0) +')},
        ['base/buf.c: circle: base/buf calls text_line_add, '
         'base/text_line calls buf_add']),
    'a circle of headers': (
        'circles', {'diff/plan.h': '#include "diff/url.h"\n'
                    + CLEAN['diff/plan.h'],
                    'diff/url.h': '#include "diff/hint.h"\n',
                    'diff/hint.h': '#include "diff/plan.h"\n'},
        ['diff/hint.c: circle: diff/hint includes diff/plan.h, '
         'diff/plan includes diff/url.h, diff/url includes diff/hint.h']),
    'two files that include each other': (
        'circles', {'diff/plan.c': '#include "diff/url.h"\n'
                    + CLEAN['diff/plan.c'],
                    'diff/url.h': 'struct url { int length; };\n',
                    'diff/url.c': '#include "diff/url.h"\n'
                                  '#include "diff/plan.h"\n'},
        ['diff/plan.c: circle: diff/plan includes diff/url.h, '
         'diff/url includes diff/plan.h']),
    'declared in the header of another file': (
        'misplaced declarations', {
            'aws/call.h': '\n', 'aws/http.h': 'int call(void);\n',
            'cmd/main.c': CLEAN['cmd/main.c'].replace('call.h', 'http.h')},
        ['aws/http.h:2: declares call of aws/call.c']),
    'declared twice': (
        'misplaced declarations', {
            'cmd/console/log.h': CLEAN['cmd/console/log.h']
            + 'int call(void);\n'},
        ['cmd/console/log.h:4: declares call of aws/call.c']),
    'declared nowhere': (
        'misplaced declarations', plan_that('', includes='int plan_x = 3;\n'),
        ['diff/plan.c: plan_x is public, but no header declares it']),
    'declared in a source': (
        'misplaced declarations', {
            'cmd/main.c': 'int call(void);\n' + CLEAN['cmd/main.c'].replace(
                '#include "aws/call.h"\n', '')},
        ['cmd/main.c:1: declares call of aws/call.c']),
    'declared and never defined': (
        'misplaced declarations', plan_that('', header='int plan_no(void);\n'),
        ['diff/plan.h:2: declares plan_no, which no file, or more than one, '
         'defines']),
    'a name without prefix': (
        'unprefixed names', plan_that('', includes='int planner = 3;\n'),
        ['diff/plan.c: planner has another prefix']),
    'two structs of one name': (
        'duplicate tags', plan_that('struct buf { int b; } x = {0}; (void)x;'),
        ['base/buf.h:2: buf is also in diff/plan.c:4',
         'diff/plan.c:4: buf is also in base/buf.h:2']),
    'a long file': (
        'long files and functions', plan_that('', includes='\n' * 450),
        ['diff/plan.c: 456 lines, more than 450']),
    'a long function': (
        'long files and functions', plan_that('\n' * 50),
        ['diff/plan.c:3: a function of 54 lines, more than 49']),
    'asserts that a definition removes': (
        'lost asserts', {'base/buf.c': '#define NDEBUG\n'
                         + CLEAN['base/buf.c']},
        ['base/buf.c: NDEBUG', 'base/buf.c: its object has lost its asserts']),
    'asserts that a flag removes': (
        'lost asserts', {'build.ninja': 'flags = -O2 -DNDEBUG\n'},
        ['build.ninja: NDEBUG']),
}


def make(folder, changes):
    """A tree and its objects. Each header begins with a line of its own."""
    compiler = os.environ.get('CC', 'cc').split()
    files = {**CLEAN, **changes}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('#pragma once\n' + text if path.suffix == '.h' else text)
    for name in files:
        if name.endswith('.c'):
            target = (folder / 'out/release' / name).with_suffix('.o')
            target.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run([*compiler, '-w', '-I.', '-c', name, '-o', target],
                           cwd=folder, check=True)
    return architecture.Tree(folder)


def test_clean_tree_breaks_no_rule(folder):
    tree = make(folder, {})
    assert [line for rule in architecture.RULES.values()
            for line in rule(tree)] == []


@pytest.mark.parametrize('what', BROKEN)
def test_rule_fails(folder, what):
    rule, changes, lines = BROKEN[what]
    assert architecture.RULES[rule](make(folder, changes)) == lines


def test_without_objects_nothing_holds(folder):
    tree = make(folder, {})
    (folder / 'out/release/aws/call.o').unlink()
    with pytest.raises(RuntimeError, match='not built: aws/call.c'):
        architecture.circles(tree)
