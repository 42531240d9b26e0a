"""Memory that runs out while a build is read: an error, never another build."""
import os
import pathlib
import subprocess

import pytest

from support import ROOT, tar, tree, zip_archive
from test_archives import link_to

# only edgediff's own: OpenSSL and libarchive crash if theirs fail
SHIM = r'''
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/auxv.h>

static atomic_long count;
static long at;
static const void *program;
extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t),
	*__libc_realloc(void *, size_t);

static int
fails(const void *caller)
{
	Dl_info info;

	if (!program || !dladdr(caller, &info) || info.dli_fbase != program)
		return 0;
	if (atomic_fetch_add(&count, 1) + 1 != at)
		return 0;
	errno = ENOMEM;
	return 1;
}

__attribute__((constructor)) static void
start(void)
{
	Dl_info info;
	const char *text = getenv("FAIL_AT");

	at = text ? atol(text) : -1;
	if (dladdr((void *)getauxval(AT_ENTRY), &info))
		program = info.dli_fbase;
}

__attribute__((destructor)) static void
end(void)
{
	const char *to = getenv("COUNT_TO");
	FILE *file = to ? fopen(to, "w") : NULL;

	if (file) {
		fprintf(file, "%ld", atomic_load(&count));
		fclose(file);
	}
}

#define CALLER __builtin_return_address(0)

void *
malloc(size_t size)
{
	return fails(CALLER) ? NULL : __libc_malloc(size);
}

void *
calloc(size_t count, size_t size)
{
	return fails(CALLER) ? NULL : __libc_calloc(count, size);
}

void *
realloc(void *old, size_t size)
{
	return fails(CALLER) ? NULL : __libc_realloc(old, size);
}
'''


def sweep(*args):
    """Fail every allocation of `edgediff manifest`, one after the other."""
    pathlib.Path('shim.c').write_text(SHIM)
    subprocess.run(['cc', '-shared', '-fPIC', '-o', 'shim.so', 'shim.c'],
                   check=True)
    program = os.environ.get('EDGEDIFF', str(ROOT / 'out/release/edgediff'))
    if not os.path.exists(program):
        program = str(ROOT / 'out/edgediff')

    def manifest(**more):
        return subprocess.run(
            [program, 'manifest', '--jobs', '1', *args], check=False,
            env={**os.environ, 'LD_PRELOAD': os.path.abspath('shim.so'),
                 **more}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    wanted = manifest(COUNT_TO='count')
    assert wanted.returncode == 0, wanted.stderr
    count = int(pathlib.Path('count').read_text())
    assert count > 20
    for number in range(1, count + 1):
        done = manifest(FAIL_AT=str(number))
        if done.returncode == 0:
            assert done.stdout == wanted.stdout, number
        else:
            assert done.returncode == 1 and b'edgediff: ' in done.stderr, (
                number, done)


@pytest.mark.timeout(120)
def test_an_archive_with_links():
    tar('site.tar', [('a/b/x', b'x'), ('c/y', b'y'), ('a/z', link_to('../c/y')),
                     ('link', link_to('a/b')), ('c/deep', link_to('../a'))])
    sweep('site.tar')
    sweep('site.tar', '--root', 'c')


@pytest.mark.timeout(120)
def test_a_zip():
    sweep(zip_archive('site.zip', [('a/b/x', b'x'), ('\u00fc', b'y')]))


@pytest.mark.timeout(120)
def test_a_folder_with_links():
    tree('site', {'a/b/x': 'x', 'c/y': 'y', 'a/b/d/e/f': 'z'})
    os.symlink('a/b', 'site/link')
    os.symlink('nowhere', 'site/a/dangling')
    sweep('site', '--exclude', 'dangling')
