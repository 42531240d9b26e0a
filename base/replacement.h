/*
 * Files that are replaced whole: whoever reads one, also after a crash or a
 * loss of power, finds the old content or the new, never a mixture: a temporary
 * file in the same folder, write, fsync, checked close, rename, fsync of the
 * folder.
 */
#ifndef BASE_REPLACEMENT_H
#define BASE_REPLACEMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/*
 * A replacement being written. Begin, write any number of times, then commit
 * or abandon; abandon after commit does nothing, so it can stand at the one
 * exit. The temporary file is <file>.tmp. Who replaces a file that another
 * process is replacing waits for it: the last one's content stays. A link to a
 * file stays one. Any mode bits of a file that is there are kept; what is no
 * regular file is ERR_INPUT.
 */
struct replacement {
	char *path; /* of the file, without links */
	const char *name; /* its last part */
	char *temporary; /* beside it; NULL once committed or abandoned */
	int folder; /* descriptor of the folder both are in */
	int fd; /* of the temporary file */
	int lock; /* holds the temporary file's until it has its name */
};

#define REPLACEMENT_INIT                           \
	{                                          \
		.folder = -1, .fd = -1, .lock = -1 \
	}

int replacement_begin(struct replacement *r, const char *path, struct err *err);
int replacement_write(
	struct replacement *r, const void *data, size_t len, struct err *err);
int replacement_commit(struct replacement *r, struct err *err);
void replacement_abandon(struct replacement *r);

/*
 * Make an empty temporary file of a name that other processes use too, for this
 * one alone: it has the file's lock (flock's, see base/file.h) as long as the
 * descriptor, or a copy of it, is open. What a crash left under the name is
 * removed, and what never was ours. Where another process has the file: wait
 * until it is done, or be ERR_BUSY. Where the file system has no locks, there
 * is no waiting: the one that came first finds its file gone.
 *
 * `folder` and `name` are openat's. Returns a descriptor to read and write, or
 * -1; messages don't name the file.
 */
int temporary_take(int folder, const char *name, bool wait, struct err *err);

#endif
