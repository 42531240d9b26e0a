/* Reads, writes and locks files. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/escape.h"

enum {
	READ_SIZE = 64 * 1024,
	LINKS_MAX = 40, /* as the kernel follows */
};

int
file_read_fd(int fd, const char *path, struct buf *out, struct err *err)
{
	char piece[READ_SIZE];
	struct escaped_name shown;
	struct stat st;
	ssize_t got;

	if (fstat(fd, &st) == 0 && st.st_size > (off_t)sizeof(piece) &&
		(uintmax_t)st.st_size < out->max - out->len)
		buf_reserve(out, (size_t)st.st_size);
	for (;;) {
		got = read(fd, piece, sizeof(piece));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_system(err, "cannot read %s",
				escape_show_str(&shown, path));
		if (got == 0)
			return 0;
		buf_add(out, piece, (size_t)got);
		if (buf_check(out, err) != 0)
			return err_context(
				err, "%s", escape_show_str(&shown, path));
	}
}

int
file_read(const char *path, struct buf *out, struct err *err)
{
	struct escaped_name shown;
	struct stat st;
	int fd, rc;

	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return err_system(
			err, "cannot open %s", escape_show_str(&shown, path));
	if (fstat(fd, &st) != 0)
		rc = err_system(
			err, "cannot read %s", escape_show_str(&shown, path));
	else if (!S_ISREG(st.st_mode))
		rc = err_set(err, ERR_INPUT, "%s: not a regular file",
			escape_show_str(&shown, path));
	else
		rc = file_read_fd(fd, path, out, err);
	close(fd);
	return rc;
}

int
file_write_all(int fd, const void *data, size_t len, struct err *err)
{
	const char *at = data;
	ssize_t put;

	while (len > 0) {
		put = write(fd, at, len);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return err_system(err, "write");
		at += put;
		len -= (size_t)put;
	}
	return 0;
}

/* The folder part of a path, to be freed: "." where there is none. */
static char *
folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return strdup(".");
	if (slash == path)
		return strdup("/");
	return strndup(path, (size_t)(slash - path));
}

static const char *
base_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Make one folder, so that its name in the folder above is durable too. */
static int
make_folder(char *path, struct err *err)
{
	struct escaped_name shown;
	char *above;
	int fd, rc = 0;

	if (mkdir(path, 0777) != 0) {
		if (errno == EEXIST)
			return 0;
		return err_system(err, "cannot make the folder %s",
			escape_show_str(&shown, path));
	}
	above = folder_of(path);
	if (!above)
		return err_memory(err);
	fd = open(above, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) != 0)
		rc = err_system(err, "cannot make the folder %s durable",
			escape_show_str(&shown, path));
	if (fd >= 0)
		close(fd);
	free(above);
	return rc;
}

int
file_make_folders(const char *path, struct err *err)
{
	char *copy = strdup(path), *slash;
	struct escaped_name shown;
	struct stat st;
	int rc = 0;

	if (!copy)
		return err_memory(err);
	for (slash = copy + 1;; slash++) {
		slash = strchr(slash, '/');
		if (slash)
			*slash = '\0';
		rc = make_folder(copy, err);
		if (rc != 0 || !slash)
			break;
		*slash = '/';
	}
	if (rc == 0 && (stat(path, &st) != 0 || !S_ISDIR(st.st_mode))) {
		errno = ENOTDIR;
		rc = err_system(err, "%s", escape_show_str(&shown, path));
	}
	free(copy);
	return rc;
}

char *
file_path_with(const char *path, const char *suffix)
{
	size_t size = strlen(path) + strlen(suffix) + 1;
	char *joined = malloc(size);

	if (joined)
		snprintf(joined, size, "%s%s", path, suffix);
	return joined;
}

/* "folder/name", to be freed. */
static char *
join(const char *folder, const char *name)
{
	size_t size = strlen(folder) + strlen(name) + 2;
	char *path = malloc(size);

	if (path)
		snprintf(path, size, "%s/%s", folder, name);
	return path;
}

/* Where the link `path` leads, to be freed; NULL where it is no link. */
static char *
follow(const char *path)
{
	char target[PATH_MAX];
	ssize_t len = readlink(path, target, sizeof(target) - 1);
	char *folder, *next;

	if (len < 0)
		return NULL;
	target[len] = '\0';
	if (target[0] == '/')
		return strdup(target);
	folder = folder_of(path);
	next = folder ? join(folder, target) : NULL;
	free(folder);
	return next;
}

/* The real folder of a file that is not there, and its name. */
static char *
real_beside(const char *path)
{
	char *folder = folder_of(path);
	char *real = folder ? realpath(folder, NULL) : NULL;
	char *joined = NULL;

	if (real)
		joined =
			join(strcmp(real, "/") == 0 ? "" : real, base_of(path));

	free(folder);
	free(real);
	return joined;
}

char *
file_real_path(const char *path, struct err *err)
{
	char *at = strdup(path), *real = NULL, *next;
	struct escaped_name shown;
	int links;

	for (links = 0; at && links < LINKS_MAX; links++) {
		real = realpath(at, NULL);
		if (real || errno != ENOENT)
			break;
		next = follow(at);
		if (!next) {
			real = real_beside(at);
			break;
		}
		free(at);
		at = next;
	}
	if (!real)
		err_system(err, "cannot find the folder of %s",
			escape_show_str(&shown, path));
	free(at);
	return real;
}

/* The last part of a path, behind the folder `top`; to be freed. */
static char *
path_below(char *top, const char *name)
{
	char *slash = strrchr(top, '/');

	if (!*name || strcmp(name, ".") == 0)
		return strdup(top);
	if (strcmp(name, "..") == 0) {
		slash[slash == top] = '\0';
		return strdup(top);
	}
	return join(strcmp(top, "/") == 0 ? "" : top, name);
}

char *
file_path_to_be(const char *path)
{
	struct err ignored = ERR_INIT;
	char *real = file_real_path(path, &ignored), *folder, *top;

	/* the folder of "." is "." */
	if (real || !strchr(path, '/') || strcmp(path, "/") == 0)
		return real;
	folder = folder_of(path);
	top = folder ? file_path_to_be(folder) : NULL;
	real = top ? path_below(top, base_of(path)) : NULL;
	free(folder);
	free(top);
	return real;
}

int
file_lock_take(struct file_lock *lock, const char *path, struct err *err)
{
	struct escaped_name shown;

	lock->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
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
