"""How the default build is hardened, and that callers' flags come first."""
import os
import pathlib
import re
import shlex
import shutil
import subprocess

import pytest

from support import BUILDS_WITH, ROOT, environment

RELEASE = ROOT / 'out/release'
CC = os.environ.get('CC', 'cc')


def need(*programs):
    for program in programs:
        if not shutil.which(program):
            pytest.skip(f'{program} is not installed')


def said(args, **more):
    done = subprocess.run(
        args, env=environment('/', LC_ALL='C', **more), check=True, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    return done.stdout


def flags(kind, **given):
    return said([ROOT / 'cmd/hardening', kind], **{'CC': CC, **given}).split()


def plain():
    """Was the build under test made with the default flags?"""
    if re.search('-O0|-fsanitize|FORTIFY|-z,', ' '.join(
            os.environ.get(name, '') for name in BUILDS_WITH)):
        pytest.skip('built with flags of its own')


def test_the_program_is_hardened():
    need('readelf')
    plain()
    program = RELEASE / 'edgediff'
    assert re.search(r'Type: +DYN', said(['readelf', '-h', program]))
    assert 'GNU_RELRO' in said(['readelf', '-lW', program])
    assert 'RWE' not in said(['readelf', '-lW', program])
    dynamic = said(['readelf', '-dW', program])
    assert 'BIND_NOW' in dynamic and 'PIE' in dynamic, dynamic
    symbols = said(['readelf', '--dyn-syms', '-W', program])
    assert '__stack_chk_fail' in symbols
    assert re.search(r'__(v?snprintf|memcpy|printf)_chk', symbols), symbols


def test_every_object_has_cet():
    need('readelf')
    plain()
    if '-fcf-protection' not in flags('compile'):
        pytest.skip('the compiler has no CET')
    objects = sorted(RELEASE.glob('[a-m]*/**/*.o'))
    assert len(objects) > 100
    for line in said(['readelf', '-nW', *objects]).split('\nFile: ')[1:]:
        assert 'IBT, SHSTK' in line, line


def test_hardening_check_agrees():
    need('hardening-check')
    plain()
    # CET is the C library's matter too, and Debian 12's has none
    said(['hardening-check', '--quiet', '--nocfprotection',
          RELEASE / 'edgediff'])


@pytest.mark.parametrize('cc', ['gcc', 'clang', 'aarch64-linux-gnu-gcc'])
def test_flags_of_a_compiler(cc):
    need(cc)
    compiled = flags('compile', CC=cc)
    assert '-fstack-clash-protection' in compiled
    assert compiled[-1] in ('-D_FORTIFY_SOURCE=2', '-D_FORTIFY_SOURCE=3')
    machine = said([cc, '-dumpmachine'])
    branches = {'x86_64': '-fcf-protection',
                'aarch64': '-mbranch-protection=standard'}
    for name, flag in branches.items():
        assert machine.startswith(name) == (flag in compiled), compiled
    assert flags('link', CC=cc) == ['-Wl,-z,relro', '-Wl,-z,now']


@pytest.mark.parametrize('name, value', [
    ('CFLAGS', '-O0'), ('CPPFLAGS', '-D_FORTIFY_SOURCE=1'),
    ('CPPFLAGS', '-U_FORTIFY_SOURCE'), ('CFLAGS', '-O2 -fsanitize=address'),
    ('CFLAGS', '-O2 -Wp,-D_FORTIFY_SOURCE=2')])
def test_callers_choose(name, value):
    assert 'FORTIFY' not in ' '.join(flags('compile', **{name: value}))
    # and it compiles with both, without a warning
    pathlib.Path('a.c').write_text('#include <string.h>\nint a;\n', 'ascii')
    subprocess.run([*shlex.split(CC), '-O2', '-Werror', *flags(
        'compile', **{name: value}), *value.split(), '-c', 'a.c'], check=True)


def stub(refused):
    """A compiler that does not know some options."""
    pathlib.Path('stub').write_text(
        f'#!/bin/sh\ncase " $* " in *{refused}*) exit 1;; esac\n'
        f'exec {CC} "$@"\n', 'ascii')
    os.chmod('stub', 0o755)
    return os.path.abspath('stub')


def test_a_compiler_that_knows_less():
    assert flags('link', CC=stub('-Wl,-z')) == []
    old = flags('compile', CC=stub('-fcf-protection'))
    assert '-fcf-protection' not in old
    assert '-fstack-clash-protection' in old
    assert flags('compile', CC=stub('FORTIFY_SOURCE=3'))[-1] == \
        '-D_FORTIFY_SOURCE=2'


def test_sanitizers_are_left_alone():
    text = (ROOT / 'tests/sanitize.ninja').read_text('ascii')
    assert 'hardening' not in text
    text = (ROOT / 'cmd/release.ninja').read_text('ascii')
    assert 'hardening = $$(cat out/hardening/compile)' in text
    # the caller's flags are the last that a compiler reads
    rules = (ROOT / 'rules.ninja').read_text('ascii')
    assert '$hardening $library_flags $caller_flags' in rules
    assert re.search(r'\$link_hardening \$caller_flags \$in \$\n *\$libraries',
                     rules)
    assert '\ncaller_flags = $${CFLAGS-}\n' in rules
    assert '\nlibraries = $${LDFLAGS-} ' in rules
