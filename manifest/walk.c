/*
 * Reads a folder: our own walker, because fts(3) and nftw(3) swallow an error
 * of readdir and go on with what they have.
 */
#include "manifest/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/glob.h"
#include "base/name.h"
#include "manifest/fingerprint.h"

enum {
	READ_SIZE = 256 * 1024,
};

/*
 * A folder that is still to be read. Folders are opened from the top, a
 * component at a time, so neither the depth of a tree nor the length of its
 * paths runs into a limit of the system.
 */
struct folder {
	struct folder *next; /* in the list of those still to be read */
	const struct folder *above;
	int links; /* to folders, on the way here */
	char *key; /* relative to the build, "" for its top */
	size_t key_len;
	dev_t device;
	ino_t inode;
};

struct walk {
	int top; /* descriptor */
	struct stat top_stat;
	const struct build_options *options;
	struct manifest *manifest;
	struct fingerprint fingerprint;
	struct arena arena; /* folders and their keys */
	struct folder *pending;
	struct buf key; /* of the entry at hand */
	char *piece;
};

static int
fail(const struct walk *walk, const char *what, struct err *err)
{
	struct shown_name shown;

	return err_set(err, ERR_INPUT, "%s: %s",
		name_show(&shown, buf_str(&walk->key), walk->key.len), what);
}

static int
fail_system(const struct walk *walk, const char *what, struct err *err)
{
	struct shown_name shown;

	return err_system(err, "%s: %s",
		name_show(&shown, buf_str(&walk->key), walk->key.len), what);
}

static bool
is_excluded(const struct walk *walk, bool folder)
{
	return glob_match_any(walk->options->exclude,
		walk->options->exclude_count, buf_str(&walk->key),
		walk->key.len, folder);
}

static int
add_folder(struct walk *walk, const struct folder *above, bool link,
	const struct stat *st, struct err *err)
{
	struct folder *folder = arena_alloc(&walk->arena, sizeof(*folder));

	if (!folder)
		return err_memory(err);
	folder->key =
		arena_copy(&walk->arena, buf_str(&walk->key), walk->key.len);
	if (!folder->key)
		return err_memory(err);
	folder->key_len = walk->key.len;
	folder->above = above;
	folder->links = (above ? above->links : 0) + link;
	folder->device = st->st_dev;
	folder->inode = st->st_ino;
	folder->next = walk->pending;
	walk->pending = folder;
	return 0;
}

/* Open the folder `path` below `top`, whatever its length; -1 with errno. */
static int
open_below(int top, const char *path)
{
	char name[NAME_MAX + 1];
	int fd = openat(top, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), next;
	size_t len;

	while (fd >= 0 && *path) {
		len = strcspn(path, "/");
		if (len > NAME_MAX) {
			close(fd);
			errno = ENAMETOOLONG;
			return -1;
		}
		memcpy(name, path, len);
		name[len] = '\0';
		next = openat(fd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		close(fd);
		fd = next;
		path += len;
		path += strspn(path, "/");
	}
	return fd;
}

/*
 * Is the folder `fd` (closed here) the walk's top or below it? Goes up by ..
 * until it meets the top or the root of the file system. -1 with errno.
 */
static int
is_inside(const struct walk *walk, int fd)
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
		if (st.st_dev == walk->top_stat.st_dev &&
			st.st_ino == walk->top_stat.st_ino) {
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

/* A symbolic link to a folder: inside the build, and not round in a circle. */
static int
check_linked_folder(const struct walk *walk, const struct folder *folder,
	int fd, const char *name, const struct stat *st, struct err *err)
{
	const struct folder *above;
	int inside;

	for (above = folder; above; above = above->above)
		if (above->device == st->st_dev && above->inode == st->st_ino)
			return fail(walk,
				"a symbolic link that leads round in a circle",
				err);
	if (folder->links >= LINKED_FOLDERS_DEEPEST)
		return fail(walk, "linked folders nested too deeply", err);
	inside = is_inside(
		walk, openat(fd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	if (inside < 0)
		return fail_system(walk, "cannot follow the link", err);
	if (!inside)
		return fail(walk,
			"a symbolic link to a folder outside the build: "
			"copy the folder in, or --exclude the link",
			err);
	return 0;
}

static bool
same_content(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
	       a->st_ctim.tv_sec == b->st_ctim.tv_sec &&
	       a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

/* Hash an open regular file; it must not change meanwhile. */
static int
hash_file(struct walk *walk, int fd, const struct stat *before, struct err *err)
{
	unsigned char fingerprint[FINGERPRINT_SIZE];
	struct stat after;
	uint64_t size = 0;
	ssize_t got;

	fingerprint_start(&walk->fingerprint);
	for (;;) {
		got = read(fd, walk->piece, READ_SIZE);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail_system(walk, "cannot read", err);
		if (got == 0)
			break;
		fingerprint_add(&walk->fingerprint, walk->piece, (size_t)got);
		size += (uint64_t)got;
	}
	if (fstat(fd, &after) != 0)
		return fail_system(walk, "cannot read", err);
	if (!same_content(before, &after) || size != (uint64_t)after.st_size)
		return fail(walk,
			"changed while it was read: run again when the build "
			"is finished",
			err);
	fingerprint_finish(&walk->fingerprint, fingerprint);
	return manifest_add(walk->manifest, buf_str(&walk->key), walk->key.len,
		size, fingerprint, err);
}

static int
read_file(struct walk *walk, int folder, const char *name, bool link,
	struct err *err)
{
	struct stat st;
	int fd, rc;

	/* not blocked by a fifo that took the file's place meanwhile */
	fd = openat(folder, name,
		O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC |
			(link ? 0 : O_NOFOLLOW));
	if (fd < 0)
		return fail_system(walk, "cannot open", err);
	if (fstat(fd, &st) != 0)
		rc = fail_system(walk, "cannot read", err);
	else if (!S_ISREG(st.st_mode))
		rc = fail(walk, "changed while it was read", err);
	else
		rc = hash_file(walk, fd, &st, err);
	close(fd);
	return rc;
}

static const char *
kind_of(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFIFO:
		return "a fifo: only files and folders can be served";
	case S_IFSOCK:
		return "a socket: only files and folders can be served";
	default:
		return "a device: only files and folders can be served";
	}
}

static int
read_entry(struct walk *walk, const struct folder *folder, int fd,
	const char *name, struct err *err)
{
	bool link = false;
	struct stat st;

	if (fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return fail_system(walk, "cannot read", err);
	if (is_excluded(walk, S_ISDIR(st.st_mode)))
		return 0;
	if (S_ISLNK(st.st_mode)) {
		link = true;
		if (fstatat(fd, name, &st, 0) != 0)
			return fail_system(walk, "cannot follow the link", err);
		if (S_ISDIR(st.st_mode) && is_excluded(walk, true))
			return 0;
	}
	if (S_ISREG(st.st_mode))
		return read_file(walk, fd, name, link, err);
	if (!S_ISDIR(st.st_mode))
		return fail(walk, kind_of(st.st_mode), err);
	if (link && check_linked_folder(walk, folder, fd, name, &st, err) != 0)
		return -1;
	return add_folder(walk, folder, link, &st, err);
}

static int
name_entry(struct walk *walk, const struct folder *folder, const char *name,
	struct err *err)
{
	buf_clear(&walk->key);
	buf_add(&walk->key, folder->key, folder->key_len);
	if (folder->key_len > 0)
		buf_addch(&walk->key, '/');
	buf_addstr(&walk->key, name);
	return buf_check(&walk->key, err);
}

static int
read_folder(struct walk *walk, const struct folder *folder, struct err *err)
{
	struct dirent *entry;
	int fd, rc = 0;
	DIR *dir;

	buf_clear(&walk->key);
	buf_add(&walk->key, folder->key, folder->key_len);
	fd = open_below(walk->top, folder->key);
	if (fd < 0)
		return fail_system(walk, "cannot open the folder", err);
	dir = fdopendir(fd);
	if (!dir) {
		close(fd);
		return fail_system(walk, "cannot read the folder", err);
	}
	while (rc == 0) {
		errno = 0;
		entry = readdir(dir);
		if (!entry) {
			if (errno != 0)
				rc = fail_system(
					walk, "cannot read the folder", err);
			break;
		}
		if (strcmp(entry->d_name, ".") == 0 ||
			strcmp(entry->d_name, "..") == 0)
			continue;
		rc = name_entry(walk, folder, entry->d_name, err);
		if (rc == 0)
			rc = read_entry(
				walk, folder, dirfd(dir), entry->d_name, err);
	}
	closedir(dir);
	return rc;
}

static int
walk_all(struct walk *walk, struct err *err)
{
	struct folder *folder;

	if (fstat(walk->top, &walk->top_stat) != 0)
		return err_system(err, "cannot read the folder");
	if (add_folder(walk, NULL, false, &walk->top_stat, err) != 0)
		return -1;
	while ((folder = walk->pending)) {
		walk->pending = folder->next;
		if (read_folder(walk, folder, err) != 0)
			return -1;
	}
	return 0;
}

int
walk_read(int fd, const char *path, const struct build_options *options,
	struct manifest *manifest, struct err *err)
{
	struct walk walk = {
		.top = -1, .options = options, .manifest = manifest};
	struct shown_name shown, shown_root;
	int rc = -1;

	arena_init(&walk.arena);
	buf_init(&walk.key, KEY_LONGEST);
	walk.piece = malloc(READ_SIZE);
	walk.top = open_below(fd, options->root ? options->root : "");
	if (!walk.piece)
		err_memory(err);
	else if (walk.top < 0)
		err_system(err, options->root ? "--root %s" : "cannot open%s",
			options->root
				? name_show_str(&shown_root, options->root)
				: "");
	else if (fingerprint_init(&walk.fingerprint, err) == 0)
		rc = walk_all(&walk, err);
	if (rc != 0)
		err_context(err, "%s", name_show_str(&shown, path));
	fingerprint_release(&walk.fingerprint);
	if (walk.top >= 0)
		close(walk.top);
	free(walk.piece);
	buf_release(&walk.key);
	arena_release(&walk.arena);
	return rc;
}
