/*
 * Files: read whole, replace whole, lock.
 *
 * A file is replaced so that whoever reads it, also after a crash or a loss of
 * power, finds the old content or the new, never a mixture: a temporary file
 * in the same folder, write, fsync, checked close, rename, fsync of the folder.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"

/*
 * Append what a regular file holds, up to the buffer's maximum. Messages name the
 * path. ERR_SYSTEM with sys_errno ENOENT where there is no such file.
 */
int file_read(const char *path, struct buf *out, struct err *err);

/* As file_read, from an open file; `path` is for messages. */
int file_read_fd(int fd, const char *path, struct buf *out, struct err *err);

/* write(2) until all is written. */
int file_write_all(int fd, const void *data, size_t len, struct err *err);

/* Make a folder and those above it, where missing (mode 0777 & ~umask). */
int file_make_folders(const char *path, struct err *err);

/* A path with a suffix, to be freed; NULL where there is no memory. */
char *file_path_with(const char *path, const char *suffix);

/*
 * The path without links of a file that need not be there, only its folder;
 * to be freed, NULL on failure. A link to a file that is not there yet leads
 * to that file.
 */
char *file_real_path(const char *path, struct err *err);

/*
 * A replacement being written. Begin, write any number of times, then commit
 * or abandon; abandon after commit does nothing, so it can stand at the one
 * exit. The temporary file is <file>.tmp: whoever replaces a file holds a lock
 * on it, so that there is one writer. A link to a file stays one. Any mode bits
 * of a file that is there are kept; what is no regular file is ERR_INPUT.
 */
struct replacement {
	char *path; /* of the file */
	char *temporary; /* beside it; NULL once committed or abandoned */
	int folder; /* descriptor of the folder both are in */
	int fd; /* of the temporary file */
};

#define REPLACEMENT_INIT               \
	{                              \
		.folder = -1, .fd = -1 \
	}

int replacement_begin(struct replacement *r, const char *path, struct err *err);
int replacement_write(
	struct replacement *r, const void *data, size_t len, struct err *err);
int replacement_commit(struct replacement *r, struct err *err);
void replacement_abandon(struct replacement *r);

/*
 * A lock between processes on a file of its own, which stays (to remove it
 * would let two processes lock two files of the same name). The kernel drops
 * the lock with the process, however that ends. It is flock's, which belongs to
 * the open file: fcntl's would be lost when the process opens and closes the
 * file once more, as hashing a folder that holds it does. Does not wait:
 * ERR_BUSY where another process has it.
 */
struct file_lock {
	int fd;
};

#define FILE_LOCK_INIT   \
	{                \
		.fd = -1 \
	}

int file_lock_take(struct file_lock *lock, const char *path, struct err *err);
void file_lock_drop(struct file_lock *lock);

#endif
