/*
 * Preloaded into edgediff, makes calls fail as they do on file systems that lack
 * something. FAIL_CALLS is a list of words with spaces between them:
 *
 *   folder-sync   fsync of a folder: EINVAL
 *   nameless      open with O_TMPFILE: EOPNOTSUPP
 *   folder-sync-2 the same: EOPNOTSUPP
 *   lock          flock: ENOLCK
 *   no-lock       flock: ENOSYS
 *   mode          fchmod: EPERM
 *   type          readdir does not say what an entry is
 *   advice        posix_fadvise and madvise: EINVAL
 *
 * FAIL_LOG names a file that gets the word of each call that failed, in a line.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void *
next(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

static void
note(const char *word)
{
	int (*real)(const char *, int, ...) =
		(int (*)(const char *, int, ...))next("open64");
	const char *path = getenv("FAIL_LOG");
	int fd = path ? real(path, O_WRONLY | O_CREAT | O_APPEND, 0666) : -1;

	if (fd < 0)
		return;
	if (write(fd, word, strlen(word)) < 0 || write(fd, "\n", 1) < 0)
		abort();
	close(fd);
}

/* Is the word one of those in FAIL_CALLS? */
static bool
fails(const char *word)
{
	const char *at = getenv("FAIL_CALLS");
	size_t len = strlen(word), part;

	for (; at && *at; at += part + (at[part] == ' ')) {
		part = strcspn(at, " ");
		if (part == len && strncmp(at, word, len) == 0) {
			note(word);
			return true;
		}
	}
	return false;
}

static int
fail(int error)
{
	errno = error;
	return -1;
}

int
fsync(int fd)
{
	int (*real)(int) = (int (*)(int))next("fsync");
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISDIR(st.st_mode))
		return real(fd);
	if (fails("folder-sync"))
		return fail(EINVAL);
	return fails("folder-sync-2") ? fail(EOPNOTSUPP) : real(fd);
}

static int
open_as(const char *name, const char *path, int flags, mode_t mode)
{
	int (*real)(const char *, int, ...) =
		(int (*)(const char *, int, ...))next(name);

	if ((flags & O_TMPFILE) == O_TMPFILE && fails("nameless"))
		return fail(EOPNOTSUPP);
	return real(path, flags, mode);
}

int
open(const char *path, int flags, ...)
{
	va_list list;
	mode_t mode;

	va_start(list, flags);
	mode = va_arg(list, mode_t);
	va_end(list);
	return open_as("open", path, flags, mode);
}

int
open64(const char *path, int flags, ...)
{
	va_list list;
	mode_t mode;

	va_start(list, flags);
	mode = va_arg(list, mode_t);
	va_end(list);
	return open_as("open64", path, flags, mode);
}

int
flock(int fd, int operation)
{
	int (*real)(int, int) = (int (*)(int, int))next("flock");

	if (fails("lock"))
		return fail(ENOLCK);
	if (fails("no-lock"))
		return fail(ENOSYS);
	return real(fd, operation);
}

int
fchmod(int fd, mode_t mode)
{
	int (*real)(int, mode_t) = (int (*)(int, mode_t))next("fchmod");

	return fails("mode") ? fail(EPERM) : real(fd, mode);
}

struct dirent64 *
readdir64(DIR *folder)
{
	struct dirent64 *(*real)(DIR *) =
		(struct dirent64 * (*)(DIR *)) next("readdir64");
	struct dirent64 *entry = real(folder);

	if (entry && fails("type"))
		entry->d_type = DT_UNKNOWN;
	return entry;
}

struct dirent *
readdir(DIR *folder)
{
	return (struct dirent *)readdir64(folder);
}

int
posix_fadvise64(int fd, off64_t offset, off64_t len, int advice)
{
	int (*real)(int, off64_t, off64_t, int) =
		(int (*)(int, off64_t, off64_t, int))next("posix_fadvise64");

	return fails("advice") ? EINVAL : real(fd, offset, len, advice);
}

int
madvise(void *at, size_t size, int advice)
{
	int (*real)(void *, size_t, int) =
		(int (*)(void *, size_t, int))next("madvise");

	return fails("advice") ? fail(EINVAL) : real(at, size, advice);
}
