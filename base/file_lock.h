/*
 * A lock between processes, held on a file that exists for nothing else.
 *
 * The lock file is never removed: if it were, two processes could lock two
 * files of the same name. The kernel releases the lock when the process ends,
 * however it ends. It is a lock of flock(2), which belongs to the open file. A
 * lock of fcntl(2) would be lost as soon as the process opened and closed the
 * file again, which happens when it hashes a folder that holds the file.
 */
#ifndef BASE_FILE_LOCK_H
#define BASE_FILE_LOCK_H

#include "base/err.h"

struct file_lock {
	int fd; /* -1: not held */
};

#define FILE_LOCK_INIT   \
	{                \
		.fd = -1 \
	}

/*
 * Take the lock, and make the file if it is missing. Does not wait: ERR_BUSY if
 * another process holds it.
 */
int file_lock_take(struct file_lock *lock, const char *path, struct err *err);

/* Release it; does nothing if it is not held. */
void file_lock_drop(struct file_lock *lock);

#endif
