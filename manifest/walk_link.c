/* Decides which symbolic links of a folder are followed. */
#include "manifest/walk_link.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/escape.h"

enum {
	/* Links followed for one name; the limit of the kernel, too. */
	LINKS_MAX = 40,
};

static int
fail_cycle(struct err *err)
{
	return err_set(err, ERR_INPUT,
		"a symbolic link that forms a cycle: remove it, or --exclude "
		"it");
}

static int
fail_outside(struct err *err)
{
	return err_set(err, ERR_INPUT,
		"a symbolic link that leads out of the build, which "
		"--no-follow refuses: copy its target into the build, or "
		"--exclude the link");
}

/* Read the target of a link; false with errno. */
static bool
read_target(int fd, const char *name, char target[PATH_MAX])
{
	ssize_t len = readlinkat(fd, name, target, PATH_MAX);

	if (len < 0)
		return false;
	if (len == PATH_MAX) {
		errno = ENAMETOOLONG;
		return false;
	}
	target[len] = '\0';
	return true;
}

int
walk_link_fail(int fd, const char *name, struct err *err)
{
	char target[PATH_MAX];
	struct escaped_name shown;
	int saved = errno;

	if (saved == ELOOP)
		return fail_cycle(err);
	escape_show_str(&shown,
		read_target(fd, name, target) ? target : "an unknown target");
	if (saved == ENOENT)
		return err_set(err, ERR_INPUT,
			"cannot follow the symbolic link to %s, which does not "
			"exist: correct the link, or --exclude it",
			shown.text);
	errno = saved;
	return err_system(
		err, "cannot follow the symbolic link to %s", shown.text);
}

/*
 * Is the folder `fd` (closed here) the folder `top`, or below it? Follows .. up
 * to it, or to the root of the file system. -1 with errno.
 */
static int
is_inside(const struct stat *top, int fd)
{
	struct stat st, last = {0};
	int up;

	for (;;) {
		if (fd < 0)
			return -1;
		if (fstat(fd, &st) != 0) {
			close(fd);
			return -1;
		}
		if (st.st_dev == top->st_dev && st.st_ino == top->st_ino) {
			close(fd);
			return 1;
		}
		if (st.st_dev == last.st_dev && st.st_ino == last.st_ino) {
			close(fd);
			return 0;
		}
		last = st;
		up = openat(fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		close(fd);
		fd = up;
	}
}

static int
open_folder(int fd, const char *path)
{
	return openat(fd, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/*
 * Follow one link, from the folder *fd (closed here) to the folder of its
 * target, whose name replaces `name`. 0 if it is no link; -1 with errno.
 */
static int
follow_once(int *fd, char name[PATH_MAX])
{
	char target[PATH_MAX], *slash;
	const char *folder, *last;
	int next;

	if (!read_target(*fd, name, target))
		return errno == EINVAL ? 0 : -1;
	slash = strrchr(target, '/');
	last = slash ? slash + 1 : target;
	memcpy(name, last, strlen(last) + 1);
	if (!slash)
		return 1;
	*slash = '\0';
	folder = slash == target ? "/" : target;
	next = open_folder(*fd, folder);
	close(*fd);
	*fd = next;
	return next < 0 ? -1 : 1;
}

/* Open the folder of the file that a link leads to; -1 with errno. */
static int
open_folder_of_target(int fd, const char *link)
{
	char name[PATH_MAX];
	size_t len = strlen(link);
	int at = open_folder(fd, "."), links = 0, rc = 1;

	if (at < 0)
		return -1;
	assert(len < sizeof(name)); /* readdir's */
	memcpy(name, link, len + 1);
	while (rc > 0 && links++ <= LINKS_MAX)
		rc = follow_once(&at, name);
	if (rc == 0)
		return at;
	if (at >= 0)
		close(at);
	if (rc > 0)
		errno = ELOOP;
	return -1;
}

/* With --no-follow, `target` (closed here) must be inside the build. */
static int
check_inside(const struct walker *walker, int target, int fd, const char *name,
	struct err *err)
{
	int inside = is_inside(&walker->walk->top_stat, target);

	if (inside < 0)
		return walk_link_fail(fd, name, err);
	return inside ? 0 : fail_outside(err);
}

int
walk_link_check_file(
	const struct walker *walker, int fd, const char *name, struct err *err)
{
	if (!walker->walk->options->no_follow)
		return 0;
	return check_inside(
		walker, open_folder_of_target(fd, name), fd, name, err);
}

/* Is one of the folders from this one upwards the one that `st` describes? */
static bool
has_on_path(const struct walk_folder *folder, dev_t device, ino_t inode)
{
	for (; folder; folder = folder->above)
		if (folder->device == device && folder->inode == inode)
			return true;
	return false;
}

int
walk_link_check_folder(const struct walker *walker,
	const struct walk_folder *folder, int fd, const char *name,
	const struct stat *st, struct err *err)
{
	int above;

	if (has_on_path(folder, st->st_dev, st->st_ino))
		return fail_cycle(err);
	if (folder->links >= LINKED_FOLDERS_DEPTH_MAX)
		return err_set(err, ERR_INPUT,
			"linked folders nested too deeply: at most %d are "
			"followed, one inside the other",
			LINKED_FOLDERS_DEPTH_MAX);
	/* one that contains the link would soon be found, but after its rest */
	above = is_inside(st, open_folder(fd, "."));
	if (above < 0)
		return walk_link_fail(fd, name, err);
	if (above)
		return fail_cycle(err);
	if (!walker->walk->options->no_follow)
		return 0;
	return check_inside(walker, open_folder(fd, name), fd, name, err);
}

int
walk_link_check_opened(
	struct walk *walk, const struct walk_folder *folder, struct err *err)
{
	if (folder->links == 0)
		return 0;
	if (has_on_path(folder->above, folder->device, folder->inode))
		return fail_cycle(err);
	if (atomic_fetch_add(&walk->linked, 1) < LINKED_FOLDERS_MAX)
		return 0;
	return err_set(err, ERR_INPUT,
		"more than %d folders are reached through symbolic links: "
		"remove those that lead from folder to folder, or --exclude "
		"them",
		LINKED_FOLDERS_MAX);
}
