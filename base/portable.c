/* Calls what Linux and macOS have under different names or in different forms. */
#define _GNU_SOURCE /* O_TMPFILE, madvise, qsort_r */
#include "base/portable.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef __APPLE__

struct call {
	int (*compare)(const void *a, const void *b, void *context);
	void *context;
};

const struct timespec *
portable_modified(const struct stat *st)
{
	return &st->st_mtimespec;
}

const struct timespec *
portable_changed(const struct stat *st)
{
	return &st->st_ctimespec;
}

int
portable_open_nameless(const char *folder)
{
	(void)folder;
	return -1;
}

void
portable_read_ahead(int fd)
{
	(void)fcntl(fd, F_RDAHEAD, 1);
}

void
portable_want_huge_pages(void *memory, size_t size)
{
	(void)memory;
	(void)size;
}

int
portable_sync(int fd)
{
	/* not all file systems have it, nor do folders */
	if (fcntl(fd, F_FULLFSYNC) == 0)
		return 0;
	return fsync(fd);
}

static int
compare_with(void *call, const void *a, const void *b)
{
	const struct call *c = call;

	return c->compare(a, b, c->context);
}

void
portable_sort(void *items, size_t count, size_t size,
	int (*compare)(const void *a, const void *b, void *context),
	void *context)
{
	struct call call = {compare, context};

	qsort_r(items, count, size, &call, compare_with);
}

#else

const struct timespec *
portable_modified(const struct stat *st)
{
	return &st->st_mtim;
}

const struct timespec *
portable_changed(const struct stat *st)
{
	return &st->st_ctim;
}

int
portable_open_nameless(const char *folder)
{
	return open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

void
portable_read_ahead(int fd)
{
	(void)posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
}

void
portable_want_huge_pages(void *memory, size_t size)
{
	(void)madvise(memory, size, MADV_HUGEPAGE);
}

int
portable_sync(int fd)
{
	return fsync(fd);
}

void
portable_sort(void *items, size_t count, size_t size,
	int (*compare)(const void *a, const void *b, void *context),
	void *context)
{
	qsort_r(items, count, size, compare, context);
}

#endif
