/* Replaces files by renaming temporary ones. */
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
#include "base/folder.h"
#include "base/path.h"
#include "base/portable.h"

enum {
	ATTEMPTS_MAX = 1000,
	SUFFIX_SIZE = 64, /* for the longest suffix and its NUL */
};

const char *const atomic_file_suffixes[] = {
	ATOMIC_FILE_LOCK, ATOMIC_FILE_TEMPORARY, ".1-0.tmp", NULL};

/* Split the path into folder and name, and open the folder. */
static int
open_folder(struct atomic_file *file, struct err *err)
{
	char *slash = strrchr(file->path, '/');
	struct escaped_name shown;
	int rc = 0;

	file->name = slash + 1;
	*slash = '\0';
	file->folder = open(slash == file->path ? "/" : file->path,
		O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (file->folder < 0)
		rc = err_system(err, "cannot open the folder %s",
			escape_show_str(&shown, file->path));
	*slash = '/';
	return rc;
}

/* Create the temporary file; false if the name is taken. */
static bool
make_temporary(struct atomic_file *file)
{
	file->fd = openat(file->folder, file->temporary,
		O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	return file->fd >= 0 || errno != EEXIST;
}

/* Choose a name that no other process uses. */
static void
make_unlocked(struct atomic_file *file, size_t size)
{
	int i;

	for (i = 0; i < ATTEMPTS_MAX; i++) {
		snprintf(file->temporary, size,
			"%s.%ld-%d" ATOMIC_FILE_TEMPORARY, file->name,
			(long)getpid(), i);
		if (make_temporary(file))
			break;
	}
}

/* Use the name that the lock protects; first remove a file left by a crash. */
static void
make_locked(struct atomic_file *file, size_t size)
{
	snprintf(file->temporary, size, "%s" ATOMIC_FILE_TEMPORARY, file->name);
	if (unlinkat(file->folder, file->temporary, 0) == 0 || errno == ENOENT)
		make_temporary(file);
}

/* If it has another mode: some file systems can't change any. */
static int
set_mode(int fd, mode_t mode)
{
	struct stat st;

	if (fstat(fd, &st) == 0 && st.st_mode == mode)
		return 0;
	return fchmod(fd, mode & 07777);
}

static int
open_temporary(struct atomic_file *file, bool locked, struct err *err)
{
	size_t size = strlen(file->name) + SUFFIX_SIZE;
	struct escaped_name shown;
	struct stat st;
	bool exists = stat(file->path, &st) == 0;

	/* never replace a device, or a pipe whose readers would wait forever */
	if (exists && !S_ISREG(st.st_mode))
		return err_set(err, ERR_INPUT, "%s: not a regular file",
			escape_show_str(&shown, file->path));
	file->temporary = malloc(size);
	if (!file->temporary)
		return err_memory(err);
	if (locked)
		make_locked(file, size);
	else
		make_unlocked(file, size);
	if (file->fd < 0) {
		err_system(err, "cannot create the temporary file %s",
			escape_show_str(&shown, file->temporary));
		free(file->temporary); /* not ours to remove */
		file->temporary = NULL;
		return err_context(
			err, "%s", escape_show_str(&shown, file->path));
	}
	if (exists && set_mode(file->fd, st.st_mode) != 0)
		return err_system(err, "cannot set the mode of %s",
			escape_show_str(&shown, file->temporary));
	return 0;
}

static int
begin(struct atomic_file *file, const char *path, bool locked, struct err *err)
{
	*file = (struct atomic_file)ATOMIC_FILE_INIT;
	file->path = path_canonical(path, err);
	if (!file->path)
		return -1;
	if (open_folder(file, err) == 0 &&
		open_temporary(file, locked, err) == 0)
		return 0;
	atomic_file_abandon(file);
	return -1;
}

int
atomic_file_begin(struct atomic_file *file, const char *path, struct err *err)
{
	return begin(file, path, false, err);
}

int
atomic_file_begin_locked(
	struct atomic_file *file, const char *path, struct err *err)
{
	return begin(file, path, true, err);
}

int
atomic_file_write(
	struct atomic_file *file, const void *data, size_t len, struct err *err)
{
	struct escaped_name shown;

	if (file_write_all(file->fd, data, len, err) == 0)
		return 0;
	return err_context(
		err, "cannot write %s", escape_show_str(&shown, file->path));
}

int
atomic_file_commit(struct atomic_file *file, struct err *err)
{
	const char *step = "fsync";
	struct escaped_name shown;
	int fd = file->fd;

	if (portable_sync(fd) != 0)
		goto failed;
	step = "close";
	file->fd = -1;
	if (close(fd) != 0)
		goto failed;
	step = "rename";
	if (renameat(file->folder, file->temporary, file->folder, file->name) !=
		0)
		goto failed;
	free(file->temporary);
	file->temporary = NULL;
	step = "fsync of the folder";
	if (folder_sync(file->folder) != 0)
		goto failed;
	atomic_file_abandon(file);
	return 0;
failed:
	err_system(err, "cannot replace %s: %s",
		escape_show_str(&shown, file->path), step);
	atomic_file_abandon(file);
	return -1;
}

void
atomic_file_abandon(struct atomic_file *file)
{
	if (file->fd >= 0)
		close(file->fd);
	if (file->temporary && file->folder >= 0)
		unlinkat(file->folder, file->temporary, 0);
	if (file->folder >= 0)
		close(file->folder);
	free(file->temporary);
	free(file->path);
	*file = (struct atomic_file)ATOMIC_FILE_INIT;
}
