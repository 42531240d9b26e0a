/* Makes folders, one path component at a time, and their names durable. */
#include "base/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/path.h"
#include "base/portable.h"

int
folder_sync(int fd)
{
	if (portable_sync(fd) == 0 || errno == EINVAL || errno == ENOTSUP ||
		errno == ENOSYS)
		return 0;
	return -1;
}

/* Make one folder and make its name in the parent durable. */
static int
make_one(char *path, struct err *err)
{
	struct escaped_name shown;
	char *parent;
	int fd, rc = 0;

	if (mkdir(path, 0777) != 0) {
		if (errno == EEXIST)
			return 0;
		return err_system(err, "cannot make the folder %s",
			escape_show_str(&shown, path));
	}
	parent = path_folder(path);
	if (!parent)
		return err_memory(err);
	fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || folder_sync(fd) != 0)
		rc = err_system(err, "cannot make the folder %s durable",
			escape_show_str(&shown, path));
	if (fd >= 0)
		close(fd);
	free(parent);
	return rc;
}

int
folder_make(const char *path, struct err *err)
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
		rc = make_one(copy, err);
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
