/* What is named, called or done otherwise on macOS than on Linux. */
#ifndef BASE_PORTABLE_H
#define BASE_PORTABLE_H

#include <locale.h>
#include <stddef.h>
#include <sys/stat.h>
#include <time.h>
#ifdef __APPLE__
#include <xlocale.h> /* newlocale, uselocale: POSIX has them in locale.h */
#endif

/* When a file's contents changed, and when its inode did; borrowed from st. */
const struct timespec *portable_modified(const struct stat *st);
const struct timespec *portable_changed(const struct stat *st);

/*
 * Open a new file without a name in a folder, to read and to write; it is closed on
 * exec. Return -1 if the system or the file system has no such files.
 */
int portable_open_nameless(const char *folder);

/* Tell the system that a file is read from start to end. */
void portable_read_ahead(int fd);

/* Ask for huge pages in memory that begins at the start of a page. It is a hint. */
void portable_want_huge_pages(void *memory, size_t size);

/*
 * Do what fsync does. macOS's own fsync leaves data in the drive's cache, from which
 * a loss of power can take it: see fsync(2) and fcntl(2), F_FULLFSYNC.
 */
int portable_sync(int fd);

/* As qsort; compare is given context as well. */
void portable_sort(void *items, size_t count, size_t size,
	int (*compare)(const void *a, const void *b, void *context),
	void *context);

#endif
