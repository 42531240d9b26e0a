/* Takes and drops locks between processes. */
#include "base/file_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/escape.h"

enum {
	PAUSE = 50, /* ms between two attempts; flock(2) has no timeout */
};

static int
sleep_for(void *unused, long milliseconds)
{
	const struct timespec time = {.tv_nsec = milliseconds * 1000000};

	(void)unused;
	return nanosleep(&time, NULL);
}

/* Fails with ERR_BUSY; the caller adds which lock it is. */
static int
wait_for(int fd, const struct file_lock_wait *wait, struct err *err)
{
	int (*pause)(void *, long) = wait->pause ? wait->pause : sleep_for;
	long long began = clock_elapsed(), left;

	while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK)
			return err_system(err, "cannot lock it");
		left = wait->most - (clock_elapsed() - began);
		if (left <= 0 && wait->most > 0)
			return err_set(err, ERR_BUSY,
				"another process still holds it after %g s: "
				"run again when it is done",
				(double)wait->most / 1000);
		if (left <= 0)
			return err_set(err, ERR_BUSY,
				"another process holds it: run again when it "
				"is done");
		if (pause(wait->context, left < PAUSE ? (long)left : PAUSE) !=
			0)
			return err_set(err, ERR_BUSY,
				"another process holds it, and a signal ended "
				"the wait: run again when it is done");
	}
	return 0;
}

int
file_lock_take(struct file_lock *lock, const char *path,
	const struct file_lock_wait *wait, struct err *err)
{
	struct escaped_name shown;

	lock->fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (lock->fd < 0 && errno == ELOOP)
		return err_set(err, ERR_INPUT,
			"%s is a symbolic link: a lock must be a file of its "
			"own, so delete the link",
			escape_show_str(&shown, path));
	if (lock->fd < 0)
		return err_system(
			err, "cannot open %s", escape_show_str(&shown, path));
	if (wait_for(lock->fd, wait, err) == 0)
		return 0;
	err_context(err, "the lock %s", escape_show_str(&shown, path));
	file_lock_drop(lock);
	return -1;
}

void
file_lock_drop(struct file_lock *lock)
{
	if (lock->fd >= 0)
		close(lock->fd);
	lock->fd = -1;
}
