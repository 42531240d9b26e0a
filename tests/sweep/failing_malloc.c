/*
 * Preloaded into edgediff, makes its own allocation number FAIL_AT fail, from 1
 * on; libraries' do not count. FAIL_COUNT names a file for their number.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static uintptr_t begin, end;
static long wanted, made;

/* The first object is the program. */
static int
find_program(struct dl_phdr_info *info, size_t size, void *context)
{
	uintptr_t last;
	int i;

	(void)size, (void)context;
	begin = info->dlpi_addr;
	for (i = 0; i < info->dlpi_phnum; i++) {
		last = begin + info->dlpi_phdr[i].p_vaddr +
		       info->dlpi_phdr[i].p_memsz;
		if (info->dlpi_phdr[i].p_type == PT_LOAD && last > end)
			end = last;
	}
	return 1;
}

__attribute__((constructor)) static void
start(void)
{
	const char *at = getenv("FAIL_AT");

	dl_iterate_phdr(find_program, NULL);
	wanted = at ? atol(at) : 0;
}

__attribute__((destructor)) static void
finish(void)
{
	const char *path = getenv("FAIL_COUNT");
	FILE *file = path ? fopen(path, "w") : NULL;

	if (!file)
		return;
	fprintf(file, "%ld", made);
	fclose(file);
}

static int
fails(void *caller)
{
	if ((uintptr_t)caller < begin || (uintptr_t)caller >= end)
		return 0;
	if (__atomic_add_fetch(&made, 1, __ATOMIC_SEQ_CST) != wanted)
		return 0;
	errno = ENOMEM;
	return 1;
}

void *
malloc(size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *
calloc(size_t count, size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL
						  : __libc_calloc(count, size);
}

void *
realloc(void *old, size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL
						  : __libc_realloc(old, size);
}
