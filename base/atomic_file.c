/* Replaces files, by way of temporary ones. */
#include "base/atomic_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/path.h"

enum {
	ATTEMPTS_MAX = 1000,
	NAME_MORE = 64, /* what a temporary file's name is longer by */
};

const char *const atomic_file_suffixes[] = {
	ATOMIC_FILE_LOCK, ATOMIC_FILE_TEMPORARY, ".1-0.tmp", NULL};

/* ".<process>-<n>.tmp" */
static bool
is_own_suffix(const char *suffix)
{
	static const char digits[] = "0123456789";
	size_t process, n;

	if (*suffix++ != '.')
		return false;
	process = strspn(suffix, digits);
	if (process == 0 || suffix[process] != '-')
		return false;
	suffix += process + 1;
	n = strspn(suffix, digits);
	return n > 0 && strcmp(suffix + n, ATOMIC_FILE_TEMPORARY) == 0;
}

bool
atomic_file_is_sibling(const char *file, const char *name)
{
	size_t len = strlen(file);
	const char *suffix = name + len;

	if (strncmp(name, file, len) != 0)
		return false;
	return strcmp(suffix, ATOMIC_FILE_LOCK) == 0 ||
	       strcmp(suffix, ATOMIC_FILE_TEMPORARY) == 0 ||
	       is_own_suffix(suffix);
}

/* Open the folder; the name is what the path without links ends with. */
static int
open_folder(struct atomic_file *r, struct err *err)
{
	char *slash = strrchr(r->path, '/');
	struct escaped_name shown;
	int rc = 0;

	r->name = slash + 1;
	*slash = '\0';
	r->folder = open(slash == r->path ? "/" : r->path,
		O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (r->folder < 0)
		rc = err_system(err, "cannot open the folder %s",
			escape_show_str(&shown, r->path));
	*slash = '/';
	return rc;
}

/* Make the file of that name; false where something else has it. */
static bool
make_temporary(struct atomic_file *r)
{
	r->fd = openat(r->folder, r->temporary,
		O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	return r->fd >= 0 || errno != EEXIST;
}

/* Of a name that no other process has: it need not know of them. */
static void
make_own(struct atomic_file *r, size_t size)
{
	int i;

	for (i = 0; i < ATTEMPTS_MAX; i++) {
		snprintf(r->temporary, size, "%s.%ld-%d" ATOMIC_FILE_TEMPORARY,
			r->name, (long)getpid(), i);
		if (make_temporary(r))
			break;
	}
}

/* Of one name: what a crash left of it is in the way no longer. */
static void
make_only(struct atomic_file *r, size_t size)
{
	snprintf(r->temporary, size, "%s" ATOMIC_FILE_TEMPORARY, r->name);
	if (unlinkat(r->folder, r->temporary, 0) == 0 || errno == ENOENT)
		make_temporary(r);
}

static int
open_temporary(struct atomic_file *r, bool locked, struct err *err)
{
	size_t size = strlen(r->name) + NAME_MORE;
	struct escaped_name shown;
	struct stat st;
	bool there = stat(r->path, &st) == 0;

	/* a device or a pipe would be gone, and its readers wait for ever */
	if (there && !S_ISREG(st.st_mode))
		return err_set(err, ERR_INPUT, "%s: not a regular file",
			escape_show_str(&shown, r->path));
	r->temporary = malloc(size);
	if (!r->temporary)
		return err_memory(err);
	if (locked)
		make_only(r, size);
	else
		make_own(r, size);
	if (r->fd < 0) {
		err_system(err, "cannot write %s beside it",
			escape_show_str(&shown, r->temporary));
		free(r->temporary); /* it is not ours to remove */
		r->temporary = NULL;
		return err_context(err, "%s", escape_show_str(&shown, r->path));
	}
	if (there && fchmod(r->fd, st.st_mode & 07777) != 0)
		return err_system(err, "cannot set the mode of %s",
			escape_show_str(&shown, r->temporary));
	return 0;
}

static int
begin(struct atomic_file *r, const char *path, bool locked, struct err *err)
{
	*r = (struct atomic_file)ATOMIC_FILE_INIT;
	r->path = path_canonical(path, err);
	if (!r->path)
		return -1;
	if (open_folder(r, err) == 0 && open_temporary(r, locked, err) == 0)
		return 0;
	atomic_file_abandon(r);
	return -1;
}

int
atomic_file_begin(struct atomic_file *r, const char *path, struct err *err)
{
	return begin(r, path, false, err);
}

int
atomic_file_begin_locked(
	struct atomic_file *r, const char *path, struct err *err)
{
	return begin(r, path, true, err);
}

int
atomic_file_write(
	struct atomic_file *r, const void *data, size_t len, struct err *err)
{
	struct escaped_name shown;

	if (file_write_all(r->fd, data, len, err) == 0)
		return 0;
	return err_context(
		err, "cannot write %s", escape_show_str(&shown, r->path));
}

int
atomic_file_commit(struct atomic_file *r, struct err *err)
{
	const char *step = "fsync";
	struct escaped_name shown;
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
	atomic_file_abandon(r);
	return 0;
failed:
	err_system(err, "cannot replace %s: %s",
		escape_show_str(&shown, r->path), step);
	atomic_file_abandon(r);
	return -1;
}

void
atomic_file_abandon(struct atomic_file *r)
{
	if (r->fd >= 0)
		close(r->fd);
	if (r->temporary && r->folder >= 0)
		unlinkat(r->folder, r->temporary, 0);
	if (r->folder >= 0)
		close(r->folder);
	free(r->temporary);
	free(r->path);
	*r = (struct atomic_file)ATOMIC_FILE_INIT;
}
