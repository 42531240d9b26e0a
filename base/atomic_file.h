/*
 * Replaces files atomically: a reader finds the old content or the new, never a
 * mixture, even after a crash or a loss of power. The steps are a temporary file
 * in the same folder, write, fsync, checked close, rename, fsync of the folder.
 *
 *   struct atomic_file file = ATOMIC_FILE_INIT;
 *
 *   rc = atomic_file_begin(&file, path, err);
 *   if (rc == 0)
 *           rc = atomic_file_write(&file, data, len, err);
 *   if (rc == 0)
 *           rc = atomic_file_commit(&file, err);
 *   atomic_file_abandon(&file);
 */
#ifndef BASE_ATOMIC_FILE_H
#define BASE_ATOMIC_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/*
 * The suffixes of a file's lock and of its temporary file. Without a lock, the
 * temporary file is named <file>.<process>-<n>.tmp.
 */
#define ATOMIC_FILE_LOCK ".lock"
#define ATOMIC_FILE_TEMPORARY ".tmp"

/* An example of each suffix of these files; NULL ends the list. */
extern const char *const atomic_file_suffixes[];

/*
 * A replacement being written. A symbolic link is kept, and the file it points
 * to is replaced. If the file exists, the new one keeps its mode bits; if it is
 * not a regular file, that is ERR_INPUT.
 */
struct atomic_file {
	char *path; /* of the file; canonical */
	const char *name; /* the last part of the path */
	char *temporary; /* name; NULL once committed or abandoned */
	int folder; /* descriptor of the folder that holds both */
	int fd; /* of the temporary file */
};

#define ATOMIC_FILE_INIT               \
	{                              \
		.folder = -1, .fd = -1 \
	}

/*
 * Begin without a lock. Each process uses a different temporary file, so if
 * several replace the same file, the last one wins. After a crash the temporary
 * file remains.
 */
int atomic_file_begin(
	struct atomic_file *file, const char *path, struct err *err);

/*
 * Begin while the caller holds a lock on the file. The temporary file is
 * <file>.tmp; one left by a crash is removed.
 */
int atomic_file_begin_locked(
	struct atomic_file *file, const char *path, struct err *err);

/* Append to the new content. An error message names the file. */
int atomic_file_write(struct atomic_file *file, const void *data, size_t len,
	struct err *err);

/* Put the new file in place, durably. Abandons it on failure. */
int atomic_file_commit(struct atomic_file *file, struct err *err);

/* Remove the temporary file; does nothing after commit. */
void atomic_file_abandon(struct atomic_file *file);

#endif
