/*
 * A lock between processes, held on a file that exists only for this purpose.
 *
 * The lock file is never removed: if it were, two processes could lock two
 * files of the same name. The kernel releases the lock when the process ends,
 * however it ends. The lock is taken with flock(2), so it belongs to the open
 * file. A lock taken with fcntl(2) would be lost as soon as the process opened
 * and closed the file again, which happens when it hashes a folder that
 * contains the file.
 */
#ifndef BASE_FILE_LOCK_H
#define BASE_FILE_LOCK_H

#include "base/err.h"

struct file_lock {
	int fd; /* -1: not held */
};

/* How to wait for a lock. All zeros: not at all. */
struct file_lock_wait {
	long long most; /* milliseconds */

	/*
	 * Pause for some milliseconds. Returns 0, or -1 to give up, as if a
	 * signal was caught. NULL: sleep; a signal that is caught ends the wait.
	 */
	int (*pause)(void *context, long milliseconds);
	void *context;
};

#define FILE_LOCK_INIT   \
	{                \
		.fd = -1 \
	}

/*
 * Take the lock, creating the file if it is missing. Fails with ERR_BUSY if
 * another process still holds it after the wait, or if the wait is given up.
 */
int file_lock_take(struct file_lock *lock, const char *path,
	const struct file_lock_wait *wait, struct err *err);

/* Release it; does nothing if it is not held. */
void file_lock_drop(struct file_lock *lock);

#endif
