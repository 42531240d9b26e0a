"""Progress: on a terminal one line, that is gone in the end."""
import bz2
import os
import re
import signal
import tarfile
import unicodedata

import pytest

from support import (compress, run, run_on_terminal, tar, tree, whole,
                     zip_archive)

WIPE = b'\r\x1b[K'
NAME = 'a long name of a folder/\u6f22\u5b57\u00e9e\u0301\U0001f600' * 2


def slow_tar(path, megabytes):
    """A .tar.bz2 that takes long: one file of noise, over and over."""
    info = tarfile.TarInfo('noise')
    info.size = megabytes << 20
    piece = bz2.compress(os.urandom(1 << 20))
    with open(path, 'wb') as file:
        file.write(bz2.compress(info.tobuf()))
        for _ in range(megabytes):
            file.write(piece)
        file.write(bz2.compress(bytes(1024)))
    return path


def slow_folder(name, links):
    """A folder that takes long and little room: links to one file."""
    tree(name, {'big': bytes(1 << 22)})
    for i in range(links):
        os.symlink('big', f'{name}/link{i:05}')
    return name


def columns(text):
    return sum(0 if unicodedata.combining(c) else
               2 if unicodedata.east_asian_width(c) in 'WF' else 1
               for c in text)


def drawn(got):
    """The lines that were drawn, each in the place of the one before."""
    return [line.decode() for line in re.findall(rb'\r([^\r\x1b]+)\x1b\[K', got)]


def ends_clean(got):
    """What is left at the bottom when all was said: nothing."""
    return got.endswith(WIPE) or not drawn(got)


def interrupted(args, width, env=None, count=3):
    """Interrupted when so many lines were drawn."""
    done = run_on_terminal(args, env, width,
                           lambda got: len(drawn(got)) >= count)
    assert done.status == -signal.SIGINT, done
    assert len(drawn(done.stderr)) >= count and b'\n' not in done.stderr
    assert ends_clean(done.stderr), done
    return drawn(done.stderr)


def test_a_folder_in_40_and_120_columns():
    folder = slow_folder(NAME, 20000)
    for width in 40, 120:
        lines = interrupted(['manifest', '--jobs', '2', folder], width)
        assert all(columns(line) < width for line in lines), lines
        # if the counts leave it no room, the name is left out
        name = ' ...*' if width == 120 else '( ...*)?'
        assert all(re.match(rf'edgediff: reading{name}: \d+ files', line)
                   for line in lines), lines
        if width == 120:
            assert 'e\u0301\U0001f600: ' in lines[0], lines
            assert re.search(r', \d+\.\d [MG]B, \d+\.\d [MG]B/s$', lines[-1])
    counts = [int(re.search(r'(\d+) files', line)[1]) for line in lines]
    assert counts == sorted(counts) and counts[0] < counts[-1], lines


def test_an_archive():
    archive = slow_tar('site.tar.bz2', 100)
    size = os.path.getsize(archive)
    for jobs in '1', '2':
        lines = interrupted(['manifest', '--jobs', jobs, archive], 120)
        assert all(re.match(rf'edgediff: reading site.tar.bz2: \S+ .?B of '
                            rf'{size / 1e6:.1f} MB, .* left, \d files?, ', line)
                   for line in lines), lines


@pytest.mark.timeout(120)
def test_the_end_is_clean():
    archive = slow_tar('site.tar.bz2', 20)
    done = run_on_terminal(['manifest', archive]).expect(0)
    assert drawn(done.stderr) and ends_clean(done.stderr), done
    assert done.out.startswith('edgediff-manifest '), done
    # an error takes the line's place
    with open(archive, 'ab') as file:
        file.write(b'more')
    failed = run_on_terminal(['manifest', archive],
                             {'NO_COLOR': '1'}).expect(1)
    assert drawn(failed.stderr), failed
    assert re.search(rb'\x1b\[K\r\x1b\[Kedgediff: [^\r\x1b]*\n$',
                     failed.stderr), failed
    assert b'\x1b[3' not in failed.stderr


@pytest.mark.timeout(120)
def test_nothing_of_it():
    """Where it is short, quiet or no terminal, or the terminal is dumb."""
    tree('short', {'index.html': 'home'})
    assert run_on_terminal(['manifest', 'short']).expect(0).stderr == b''
    args = ['manifest', slow_folder('site', 1500)]
    for args, env, width in (([*args, '--quiet'], {}, 80),
                             (args, {'TERM': 'dumb'}, 80), (args, {}, 20)):
        done = run_on_terminal(args, env, width).expect(0)
        assert done.stderr == b'', done
    assert run(args, env={'TERM': 'xterm'}).expect(0).stderr == b''


def test_a_guess_by_the_cache():
    folder = slow_folder('site', 20000)
    os.truncate('site/big', 1)
    run(['manifest', folder, '--cache', 'cache']).expect(0)
    os.truncate('site/big', 1 << 22)
    lines = interrupted(['manifest', folder, '--cache', 'cache'], 120)
    assert all(re.match(r'edgediff: reading site: \d+ of about 20001 files'
                        r'(, about [1-9]\d* (s|min \d+ s|h \d+ min) left)?',
                        line) for line in lines), lines
    assert any(' left' in line for line in lines), lines


def test_two_builds():
    old = slow_folder('old', 20000)
    tree('new', {'index.html': 'home'})
    lines = interrupted(['diff', old, 'new'], 120)
    assert all(line.startswith('edgediff: reading both builds: ')
               for line in lines), lines


def test_waiting(server):
    tree('site', {'index.html': 'home'})
    seconds = whole(3)
    args = ['invalidate', 'site', '--distribution-id', 'EPROGRESS',
            '--endpoint-url', server.url, '--wait', '--wait-timeout',
            str(seconds)]
    done = run_on_terminal(args, columns=120).expect(0)
    lines = drawn(done.stderr)
    assert 2 <= len(lines) <= 2 * seconds, done
    assert all(re.fullmatch(r'edgediff: waiting for I\w+: \d+ s of '
                            rf'{seconds} s at most', line)
               for line in lines), lines
    assert ends_clean(done.stderr), done


def test_what_was_read_is_said():
    """The counts, whatever reads: all that was expected was counted."""
    files = {f'd{i % 9}/f{i}': os.urandom(i * 97 % 9000) for i in range(3000)}
    tree('site', files)
    size = sum(map(len, files.values()))
    tar('site.tar', files.items())
    compress('site.tar', 'site.tar.gz')
    zip_archive('site.zip', files.items())
    for jobs in '1', '2', '8':
        for build, least, most in (
                ('site', size, size),
                ('site.tar', os.path.getsize('site.tar') * .97,
                 os.path.getsize('site.tar')),
                ('site.tar.gz', os.path.getsize('site.tar.gz') * .97,
                 os.path.getsize('site.tar.gz')),
                ('site.zip', size, os.path.getsize('site.zip'))):
            done = run(['manifest', build, '--verbose', '--jobs', jobs])
            done.expect(0, f'read {build}: 3000 files, ')
            read = float(re.search(r'files, (\d+\.\d) MB read', done.err)[1])
            assert least / 1e6 - .06 <= read <= most / 1e6 + .06, \
                (least, most, done.err)
    run(['manifest', 'site', '--cache', 'cache']).expect(0)
    os.utime('site/d1/f1')
    done = run(['manifest', 'site', '--cache', 'cache', '--verbose'])
    assert re.search(r' files \(\d+\.\d MB\) known from the cache', done.err)
