/*
 * Files that are replaced whole: whoever reads one, also after a crash or a
 * loss of power, finds the old content or the new, never a mixture: a temporary
 * file in the same folder, write, fsync, checked close, rename, fsync of the
 * folder.
 */
#ifndef BASE_ATOMIC_FILE_H
#define BASE_ATOMIC_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/*
 * What a file's lock and its temporary file are called: its own name and this.
 * Without a lock the temporary file is <file>.<process>-<n>.tmp.
 */
#define ATOMIC_FILE_LOCK ".lock"
#define ATOMIC_FILE_TEMPORARY ".tmp"

/* One suffix of each kind of file that is made beside another; NULL ends it. */
extern const char *const atomic_file_suffixes[];

/*
 * Is `name` what a lock or a temporary file of `file` is called? Both are paths
 * without links, or names in one folder.
 */
bool atomic_file_is_sibling(const char *file, const char *name);

/*
 * A replacement being written. Begin, write any number of times, then commit
 * or abandon; abandon after commit does nothing, so it can stand at the one
 * exit. A link to a file stays one. Any mode bits of a file that is there are
 * kept; what is no regular file is ERR_INPUT.
 */
struct atomic_file {
	char *path; /* of the file, without links */
	const char *name; /* its last part */
	char *temporary; /* beside it; NULL once committed or abandoned */
	int folder; /* descriptor of the folder both are in */
	int fd; /* of the temporary file */
};

#define ATOMIC_FILE_INIT               \
	{                              \
		.folder = -1, .fd = -1 \
	}

/*
 * The temporary file is <file>.<process>-<n>.tmp, which no other process has:
 * of several that replace one file, the last one's content stays. A crash
 * leaves it.
 */
int atomic_file_begin(struct atomic_file *r, const char *path, struct err *err);

/*
 * The same for who holds a lock on the file: it is <file>.tmp, and what a crash
 * left of it is removed.
 */
int atomic_file_begin_locked(
	struct atomic_file *r, const char *path, struct err *err);

int atomic_file_write(
	struct atomic_file *r, const void *data, size_t len, struct err *err);
int atomic_file_commit(struct atomic_file *r, struct err *err);
void atomic_file_abandon(struct atomic_file *r);

#endif
