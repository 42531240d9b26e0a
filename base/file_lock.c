/* Takes and drops locks between processes. */
#include "base/file_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/escape.h"

int
file_lock_take(struct file_lock *lock, const char *path, struct err *err)
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
	if (flock(lock->fd, LOCK_EX | LOCK_NB) == 0)
		return 0;
	if (errno == EWOULDBLOCK)
		err_set(err, ERR_BUSY,
			"another process holds %s: run again when it is done",
			escape_show_str(&shown, path));
	else
		err_system(
			err, "cannot lock %s", escape_show_str(&shown, path));
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
