/*
 * Files: read whole, written to, locked; their folders and paths. To replace
 * one is base/atomic_file.h's.
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
 * The same where its folders need not be there either, as it will be once they
 * are made; NULL where there is no memory, or no way there.
 */
char *file_path_to_be(const char *path);

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
