/* Replaces files, by temporary ones that belong to one process at a time. */
#include "base/replacement.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/name.h"

enum {
	TRIES_MOST = 1000, /* each time another process was first */
};

/* Is the open file still what its name stands for? */
static bool
is_named(int fd, int folder, const char *name)
{
	struct stat st, named;

	return fstat(fd, &st) == 0 &&
	       fstatat(folder, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
	       named.st_ino == st.st_ino && named.st_dev == st.st_dev;
}

/* 0, or -1 where it is another's and there is no waiting for it. */
static int
lock(int fd, bool wait, struct err *err)
{
	if (flock(fd, wait ? LOCK_EX : LOCK_EX | LOCK_NB) == 0)
		return 0;
	if (errno == EWOULDBLOCK)
		return err_set(err, ERR_BUSY, "another process writes it");
	if (errno == EINTR)
		return err_set(err, ERR_BUSY,
			"interrupted, while another process writes it");
	return 0; /* the file system has no locks */
}

/* Remove what is there, unless it is another's who has it. */
static int
remove_old(int folder, const char *name, bool wait, struct err *err)
{
	int fd = openat(folder, name,
		O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC);
	int rc = 0;

	if (fd < 0 && errno == ENOENT)
		return 0;
	/* what can't be opened was never ours */
	if (fd < 0 ||
		((rc = lock(fd, wait, err)) == 0 && is_named(fd, folder, name)))
		if (unlinkat(folder, name, 0) != 0 && errno != ENOENT)
			rc = err_system(err, "cannot remove the file there");
	if (fd >= 0)
		close(fd);
	return rc;
}

int
temporary_take(int folder, const char *name, bool wait, struct err *err)
{
	int tries, fd;

	for (tries = 0; tries < TRIES_MOST; tries++) {
		fd = openat(folder, name,
			O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
			0666);
		if (fd < 0 && errno != EEXIST)
			return err_system(err, "cannot write beside it");
		if (fd < 0) {
			if (remove_old(folder, name, wait, err) != 0)
				return -1;
			continue;
		}
		if (lock(fd, wait, err) != 0) {
			close(fd);
			return -1;
		}
		/* until it was locked, others took it for a crash's */
		if (is_named(fd, folder, name))
			return fd;
		close(fd);
	}
	return err_set(err, ERR_BUSY, "other processes keep writing it");
}

/* Open the folder; the name is what the path without links ends with. */
static int
open_folder(struct replacement *r, struct err *err)
{
	char *slash = strrchr(r->path, '/');
	struct shown_name shown;
	int rc = 0;

	r->name = slash + 1;
	*slash = '\0';
	r->folder = open(slash == r->path ? "/" : r->path,
		O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (r->folder < 0)
		rc = err_system(err, "cannot open the folder %s",
			name_show_str(&shown, r->path));
	*slash = '/';
	return rc;
}

static int
open_temporary(struct replacement *r, struct err *err)
{
	struct shown_name shown;
	struct stat st;
	bool there = stat(r->path, &st) == 0;

	/* a device or a pipe would be gone, and its readers wait for ever */
	if (there && !S_ISREG(st.st_mode))
		return err_set(err, ERR_INPUT, "%s: not a regular file",
			name_show_str(&shown, r->path));
	r->temporary = file_path_with(r->name, ".tmp");
	if (!r->temporary)
		return err_memory(err);
	r->fd = temporary_take(r->folder, r->temporary, true, err);
	if (r->fd < 0) {
		free(r->temporary); /* it is not ours to remove */
		r->temporary = NULL;
		return err_context(err, "%s", name_show_str(&shown, r->path));
	}
	r->lock = fcntl(r->fd, F_DUPFD_CLOEXEC, 0);
	if (r->lock < 0)
		return err_system(err, "cannot lock a file beside %s",
			name_show_str(&shown, r->path));
	if (there && fchmod(r->fd, st.st_mode & 07777) != 0)
		return err_system(err, "cannot set the mode of %s",
			name_show_str(&shown, r->temporary));
	return 0;
}

int
replacement_begin(struct replacement *r, const char *path, struct err *err)
{
	*r = (struct replacement)REPLACEMENT_INIT;
	r->path = file_real_path(path, err);
	if (!r->path)
		return -1;
	if (open_folder(r, err) == 0 && open_temporary(r, err) == 0)
		return 0;
	replacement_abandon(r);
	return -1;
}

int
replacement_write(
	struct replacement *r, const void *data, size_t len, struct err *err)
{
	struct shown_name shown;

	if (file_write_all(r->fd, data, len, err) == 0)
		return 0;
	return err_context(
		err, "cannot write %s", name_show_str(&shown, r->path));
}

int
replacement_commit(struct replacement *r, struct err *err)
{
	const char *step = "fsync";
	struct shown_name shown;
	int fd = r->fd;

	if (fsync(fd) != 0)
		goto failed;
	step = "close";
	r->fd = -1;
	if (close(fd) != 0)
		goto failed;
	step = "rename";
	if (renameat(r->folder, r->temporary, r->folder, r->name) != 0)
		goto failed;
	free(r->temporary);
	r->temporary = NULL;
	step = "fsync of the folder";
	if (fsync(r->folder) != 0)
		goto failed;
	replacement_abandon(r);
	return 0;
failed:
	err_system(err, "cannot replace %s: %s", name_show_str(&shown, r->path),
		step);
	replacement_abandon(r);
	return -1;
}

void
replacement_abandon(struct replacement *r)
{
	if (r->fd >= 0)
		close(r->fd);
	if (r->temporary && r->folder >= 0)
		unlinkat(r->folder, r->temporary, 0);
	if (r->lock >= 0)
		close(r->lock);
	if (r->folder >= 0)
		close(r->folder);
	free(r->temporary);
	free(r->path);
	*r = (struct replacement)REPLACEMENT_INIT;
}
