"""invalidate --stamp and --depfile, as Make and Ninja read them."""
import os
import pathlib
import re
import shutil
import subprocess
import time

import pytest

from support import (ROOT, Server, deploy, edgediff, environment, read_tree,
                     run, tar, tree)

A = {'index.html': 'home 1', 'a/index.html': 'a 1', 'a/b.html': 'b 1'}
ID = 'E1'


def invalidate(server, build, *more, stamp=True, **how):
    """A deployment that is a step of make or ninja."""
    marks = ['--stamp', 'stamp', '--depfile', 'stamp.d'] if stamp else []
    return deploy(server, build, *marks, *more, **how)


def marks():
    """What is there of the two files: content and time."""
    return {name: (pathlib.Path(name).read_bytes(), os.stat(name).st_mtime_ns)
            for name in ('stamp', 'stamp.d') if os.path.exists(name)}


def manifest_hash(build):
    return run(['manifest', build]).expect(0).out.split()[-1]


def test_when_the_stamp_is_written(server):
    tree('A', A)
    invalidate(server, 'A', '--dry-run').expect(0)
    assert not marks()
    invalidate(server, 'A').expect(0)
    first = marks()
    assert first['stamp'][0].decode() == \
        f'edgediff-stamp 1\n{ID} {manifest_hash("A")}\n'
    # nothing to do: it stays as it is
    invalidate(server, 'A').expect(0)
    assert marks()['stamp'] == first['stamp']
    # but a missing one is made, and so is one that touch made
    for prepare in (os.remove, lambda name: open(name, 'w').close()):
        prepare('stamp')
        invalidate(server, 'A').expect(0)
        assert marks()['stamp'][0] == first['stamp'][0]
    # written, with a batch or without one
    tree('A', {'index.html': 'home 2'})
    invalidate(server, 'A').expect(0)
    second = marks()
    assert second['stamp'] != first['stamp']
    tree('A', {'new.html': 'new'})
    invalidate(server, 'A', '--skip-added').expect(0)
    assert marks()['stamp'] != second['stamp']
    # the run before recorded the deployment and came no further
    tree('A', {'index.html': 'home 3'})
    invalidate(server, 'A', stamp=False).expect(0)
    assert 'nothing to do' in invalidate(server, 'A').expect(0).out
    assert marks()['stamp'][0].decode().split()[-1] == manifest_hash('A')
    # the same build, deployed anew
    before = marks()['stamp']
    os.remove('baseline')
    invalidate(server, 'A').expect(0)
    assert marks()['stamp'][0] == before[0] and marks()['stamp'] != before


def test_a_failure_touches_nothing(server):
    tree('A', A)
    invalidate(server, 'A').expect(0)
    before = marks()
    tree('A', {'index.html': 'home 2'})
    invalidate(server, 'A', env={'AWS_SECRET_ACCESS_KEY': 'x'}).expect(1)
    assert marks() == before
    invalidate(server, 'A').expect(0)
    for distribution, status in (('ECUT3', 3), ('ENEVER', 4)):
        with Server(f'{distribution}.log') as server:
            os.remove('baseline')
            before = marks()
            invalidate(server, 'A', '--wait', '--wait-timeout', '1',
                       distribution=distribution).expect(status)
            assert marks() == before
            # the next run finishes it, or finds it done
            invalidate(server, 'A', distribution=distribution).expect(0)
            assert distribution in marks()['stamp'][0].decode()


def test_files_that_cannot_be_written(server):
    tree('A', A)
    for option in ('--stamp', '--depfile'):
        rest = ['--stamp', 'stamp'] if option == '--depfile' else []
        tree('A', {'index.html': option})
        posts = len(server.posts())
        invalidate(server, 'A', option, 'missing/file', *rest,
                   stamp=False).expect(1, option, 'missing/file')
        assert len(server.posts()) == posts
        # no room for .tmp after it: seen when all is done
        more = [option, 'x' * 252, *rest]
        invalidate(server, 'A', *more, stamp=False).expect(
            4, option, 'File name too long')
        assert len(server.posts()) == posts + 1
        result = invalidate(server, 'A', *more, stamp=False)
        result.expect(1, option, 'File name too long')
        assert 'nothing to do' in result.out and not marks()


def test_other_files_are_not_lost(server):
    tree('A', A)
    tar('A.tar', [('index.html', b'x')])
    os.mkdir('folder')
    for more in (['--stamp', 'A/index.html'], ['--stamp', 'A.tar'],
                 ['--stamp', 'folder'], ['--depfile', 'stamp.d'],
                 ['--stamp', 'stamp', '--depfile', 'A.tar'],
                 ['--stamp', 'stamp', '--depfile', 'A/index.html'],
                 ['--stamp', 'stamp', '--depfile', 'stamp'],
                 ['--stamp', 'a=b', '--depfile', 'stamp.d'],
                 ['--stamp', 'a%', '--depfile', 'stamp.d'],
                 ['--stamp', 'A/stamp'],
                 ['--stamp', 'A/stamp', '--exclude', 'stamp'],
                 ['--stamp', 'A/stamp', '--depfile', 'stamp.d',
                  '--exclude', 'stamp*'],
                 ['--stamp', 'stamp', '--depfile', 'A/a/stamp.d'],
                 ):
        files = read_tree('.')
        result = invalidate(server, 'A', *more, stamp=False)
        result.expect(2, 'Make and Ninja' if set('=%') & set(more[1])
                      else more[-2] if more[-2] != '--exclude'
                      else '--stamp')
        assert read_tree('.') == files, str(result)
    os.rename('A', 'A;b')
    invalidate(server, 'A;b').expect(2, 'A;b', 'Make and Ninja')
    assert not server.log()
    os.rename('A;b', 'A')
    invalidate(server, 'A', '--stamp', 'A/stamp', '--exclude', 'stamp*',
               stamp=False).expect(0)
    invalidate(server, 'A', '--stamp', 'A/marks/stamp', '--exclude',
               'marks', '--depfile', 'A/marks/d', stamp=False)


def dependencies(name='stamp.d'):
    """The targets and what they depend on; no name may need an escape."""
    text = pathlib.Path(name).read_text('utf-8').replace('\\\n', ' ')
    rules = [line.partition(':') for line in text.splitlines() if line]
    head, *rest = [(target, names.split()) for target, _, names in rules]
    assert [(name, []) for name in head[1]] == rest, text
    return head


def test_what_a_build_was_read_from(server):
    tree('A', {**A, 'drafts/x.html': 'x', 'x.map': 'x'})
    os.mkdir('A/empty')
    os.symlink('a', 'A/link')
    os.symlink('b.html', 'A/a/c.html')
    invalidate(server, 'A/', '--exclude', 'drafts', '--exclude',
               '*.map').expect(0)
    target, names = dependencies()
    assert target == './stamp'
    assert names == sorted(['./A' if not name else f'A/{name}' for name in (
        '', 'a', 'a/b.html', 'a/c.html', 'a/index.html', 'empty',
        'index.html', 'link', 'link/b.html', 'link/c.html',
        'link/index.html')], key=lambda name: name.removeprefix('./'))
    os.remove('baseline')
    invalidate(server, 'A', '--root', 'a/').expect(0)
    assert dependencies()[1] == ['A/a', 'A/a/b.html', 'A/a/c.html',
                                 'A/a/index.html']
    os.remove('baseline')
    tar('A.tar', [('p/index.html', b'x')])
    invalidate(server, 'A.tar', '--root', 'p').expect(0)
    assert dependencies()[1] == ['./A.tar'] or \
        dependencies()[1] == ['A.tar'], dependencies()
    pathlib.Path('A.manifest').write_bytes(
        run(['manifest', 'A.tar', '--root', 'p']).expect(0).stdout)
    invalidate(server, 'A.manifest').expect(0)
    assert len(dependencies()[1]) == 1


# Names that both can read, and names that they cannot.
READABLE = ['a b', ' a', 'a  b', '#', 'a#b#', '$', '$$', '$(shell ls)x', '${x}',
            'a:b', 'a: b', 'a\\b', 'a\\\\ b', 'a\\ b', '~', 'export',
            'include', 'a!b', '(a).x', 'a(b) c.o', 'page (1).html',
            '[x]', '{a,b}', '@', '-a', '+', ',', 'é', '.x', 'ünï cödé',
            '[slug].html', 'define']
UNREADABLE = ['a\nb', 'a\tb', 'a\rb', 'a\x7fb', 'a"b', 'a%b', 'a&b', "a'b",
              'a*b', 'a;b', 'a<b', 'a=b', 'a>b', 'a?b', 'a^b', 'a`b', 'a|b', 'a\\#b',
              'a\\$b', 'a\\:b', 'a ', 'a:', 'a(b)', 'a\\[b]', 'a\\%', 'a\\']

MAKEFILE = '''stamp:
\t@$(STEP)
\t@touch $@
-include stamp.d
'''
NINJA = '''rule step
  command = $$STEP
  depfile = stamp.d
  restat = 1
  DEPS
build stamp: step
rule after
  command = echo >>$out
build after: after stamp
'''


def hostile(name, build):
    """Each name is a file's, and in a folder of its own a folder's."""
    if not shutil.which(name):
        pytest.skip(f'{name} is not installed')
    names = [os.fsencode(one) for one in READABLE]
    tree('A', {b'stays': 'x', **{one: 'x' for one in names},
               **{b'in/' + one + b'/x': 'x' for one in names}})
    with Server() as server:
        step = [edgediff(), 'invalidate', 'A', '--distribution-id', ID,
                '--endpoint-url', server.url, '--baseline', 'baseline',
                '--stamp', 'stamp', '--depfile', 'stamp.d']
        env = environment('.', STEP=' '.join(step))

        def made():
            done = subprocess.run(build, env=env, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True,
                                  check=False)
            assert done.returncode == 0, done.stdout
            time.sleep(0.01)  # a change after it has a later time
            return 'edgediff:' in done.stdout

        assert made() and not made()
        for one in names:
            for path in (b'A/' + one, b'A/in/' + one + b'/x'):
                with open(path, 'ab') as file:
                    file.write(b'y')
            assert made(), f'{one}: a change is not seen'
        assert not made()
        for one in names:
            open(b'A/in/' + one + b'/new', 'w').close()
            assert made(), f'{one}: a new file is not seen'
            os.remove(b'A/in/' + one + b'/x')
            assert made(), f'{one}: a file that went is not seen'
            shutil.rmtree(b'A/in/' + one)
            os.remove(b'A/' + one)
            assert made(), f'{one}: a folder that went is not seen'
        assert not made()


@pytest.mark.timeout(300)
def test_hostile_names_make():
    pathlib.Path('Makefile').write_text(MAKEFILE)
    hostile('make', ['make'])


@pytest.mark.timeout(300)
def test_hostile_names_ninja():
    pathlib.Path('build.ninja').write_text(NINJA.replace('DEPS', 'deps = gcc'))
    hostile('ninja', ['ninja', '-v', 'stamp'])


def point(link, target):
    """Make the link lead there, in one step, as deployments do."""
    os.symlink(target, link + '.new')
    os.rename(link + '.new', link)


@pytest.mark.parametrize('tool', ['make', 'ninja'])
@pytest.mark.parametrize('build, link', [
    ('A', 'far/current'), ('A', 'far/page'), ('near/A', 'near/A'),
    ('near/tar', 'near/tar')])
def test_a_link_that_leads_elsewhere(server, tool, build, link):
    """The new target is older than the stamp, as all files of Nix are."""
    if not shutil.which(tool):
        pytest.skip(f'{tool} is not installed')
    tree('.', {'1/docs/x': '1', '2/docs/x': '2', 'A/index.html': '1'})
    for one in '12':
        tar(f'{one}.tar', [('page', one.encode())])
        for path in (f'{one}/docs/x', f'{one}/docs', one, f'{one}.tar'):
            os.utime(path, (1, 1))
    os.mkdir('far')
    os.mkdir('near')
    os.symlink('../1', 'far/current')
    os.symlink('../1/docs/x', 'far/page')
    os.symlink('../far/current/docs', 'A/docs')
    os.symlink('../far/page', 'A/page')
    os.symlink('../A' if link != 'near/A' else '../1', 'near/A')
    os.symlink('../1.tar', 'near/tar')
    pathlib.Path('Makefile').write_text(MAKEFILE)
    pathlib.Path('build.ninja').write_text(NINJA.replace('DEPS', 'deps = gcc'))
    env = environment('.', STEP=' '.join(
        [edgediff(), 'invalidate', build, '--distribution-id', ID,
         '--endpoint-url', server.url, '--baseline', 'baseline', '--stamp',
         'stamp', '--depfile', 'stamp.d']))
    command = ['make'] if tool == 'make' else ['ninja', '-v', 'stamp']

    def made():
        done = subprocess.run(command, env=env, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)
        assert done.returncode == 0, done.stdout
        time.sleep(0.01)
        return 'edgediff:' in done.stdout

    assert made() and not made()
    first = pathlib.Path('stamp').read_text()
    point(link, os.readlink(link).replace('1', '2'))
    assert made() and not made()
    assert pathlib.Path('stamp').read_text() != first


def test_a_link_beside_the_stamp(server):
    """Its folder is always newer than the stamp, so it cannot be a source."""
    tree('.', {'1/index.html': '1'})
    os.symlink('1', 'current')
    invalidate(server, 'current').expect(0, 'Put them in another folder')
    assert os.getcwd() + ':' not in pathlib.Path('stamp.d').read_text()


def test_a_depfile_that_ninja_reads_each_time(server):
    pathlib.Path('build.ninja').write_text(NINJA.replace('DEPS', ''))
    tree('A', A)
    env = environment('.', STEP=' '.join(
        [edgediff(), 'invalidate', 'A', '--distribution-id', ID,
         '--endpoint-url', server.url, '--baseline', 'baseline', '--stamp',
         'stamp', '--depfile', 'stamp.d']))
    ninja = lambda: subprocess.run(
        ['ninja', 'after'], env=env, check=True, stdout=subprocess.PIPE,
        text=True).stdout
    ninja()
    assert 'no work' in ninja()
    # touched: the step runs, and by restat nothing after it does
    os.utime('A/index.html')
    ninja()
    assert 'no work' in ninja()
    assert pathlib.Path('after').read_text() == '\n'
    tree('A', {'a/new.html': 'new'})
    ninja()
    assert 'no work' in ninja()
    assert pathlib.Path('after').read_text() == '\n\n'
    os.remove('A/a/new.html')
    ninja()
    assert pathlib.Path('after').read_text() == '\n\n\n'


def test_the_page_lists_what_is_left_out(server):
    page = (ROOT / 'cmd/manual/edgediff-invalidate.1').read_text('utf-8')
    listed = re.search(r'or one of\n\.Li (.*)', page)[1]
    for escape, char in (('\\(dq', '"'), ('\\(aq', "'"), ('\\(ga', '`'),
                         ('\\&', '')):
        listed = listed.replace(escape, char)
    signs = [chr(code) for code in range(0x21, 0x7f) if chr(code) != '/']
    tree('A', {f'a{sign}b': 'x' for sign in signs})
    invalidate(server, 'A').expect(0)
    lines = pathlib.Path('stamp.d').read_text('utf-8').splitlines()
    escaped = {'#': '\\#', ':': '\\:', '$': '$$'}
    assert {sign for sign in signs
            if f'A/a{escaped.get(sign, sign)}b:' not in lines} == \
        set(listed.split()), listed


def test_names_that_are_left_out(server):
    tree('A', A)
    for name in UNREADABLE:
        tree('A', {name: 'x'})
    invalidate(server, 'A', '--quiet').expect(
        0, f'{len(UNREADABLE)} names are left out of stamp.d, the first '
        'is A/a\\x09b: Make and Ninja')
    target, names = dependencies()
    assert set(names) == {'./A', 'A/a', *(f'A/{name}' for name in A)}
    for name in UNREADABLE[1:]:
        os.remove(os.path.join('A', name))
    result = invalidate(server, 'A').expect(0, 'A/a\\x0ab is left out')
    assert ' names are' not in result.err
