/* Keeps a baseline in a local file, replaced whole under a lock. */
#include "deploy/store_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atomic_file.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/file_lock.h"
#include "base/folder.h"
#include "base/path.h"
#include "manifest/baseline_text.h"
#include "manifest/magic.h"

enum {
	/* "end ", 64 hexadecimal digits of a SHA-256, and a newline */
	LAST_LINE = 4 + 64 + 1,
};

/*
 * Which content a file has: its size and its last bytes. In a baseline these are
 * the hash of every byte before them, so no other content has the same.
 */
struct file_seen {
	bool exists;
	uint64_t size;
	char last[LAST_LINE]; /* fewer if the file is shorter; then zeros */
};

struct file_store {
	struct store store;
	struct file_lock lock;
	struct file_seen seen; /* by the last load or save */
};

static int
make_folder_of(const char *path, struct err *err)
{
	const char *slash = strrchr(path, '/');
	char *folder;
	int rc;

	if (!slash || slash == path)
		return 0;
	folder = strndup(path, (size_t)(slash - path));
	if (!folder)
		return err_memory(err);
	rc = folder_make(folder, err);
	free(folder);
	return rc;
}

static struct file_store *
file_store(struct store *store)
{
	return (struct file_store *)store;
}

/* If the file exists, it must be a baseline. Check before creating a lock. */
static int
check_old(const char *path, struct err *err)
{
	static const char magic[] = BASELINE_MAGIC;
	struct escaped_name shown;
	char head[sizeof(magic) - 1];
	struct stat st;
	ssize_t got;
	int fd, rc = 0;

	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0) /* loading it will say why */
		return 0;
	if (fstat(fd, &st) == 0 && !S_ISREG(st.st_mode))
		rc = err_set(err, ERR_INPUT, "%s: not a regular file",
			escape_show_str(&shown, path));
	else if ((got = read(fd, head, sizeof(head))) > 0 &&
		 (got < (ssize_t)sizeof(head) ||
			 memcmp(head, magic, sizeof(head)) != 0))
		rc = err_set(err, ERR_INPUT,
			"%s: not an edgediff baseline: name another file with "
			"--baseline",
			escape_show_str(&shown, path));
	close(fd);
	return rc;
}

/* Lock by the file's real path, so that a link leads to the same lock. */
static int
begin(struct store *store, struct err *err)
{
	char *real, *lock_path;
	int rc;

	if (make_folder_of(store->where, err) != 0)
		return -1;
	real = path_canonical(store->where, err);
	if (!real)
		return -1;
	if (check_old(real, err) != 0) {
		free(real);
		return -1;
	}
	lock_path = path_with_suffix(real, ATOMIC_FILE_LOCK);
	rc = lock_path ? file_lock_take(&file_store(store)->lock, lock_path,
				 &store->lock_wait, err)
		       : err_memory(err);
	free(lock_path);
	free(real);
	return rc;
}

/* Note that these bytes follow those that were seen. */
static void
see(struct file_seen *seen, const char *bytes, size_t len)
{
	size_t kept = seen->size < LAST_LINE ? (size_t)seen->size : LAST_LINE;
	size_t added = len < LAST_LINE ? len : LAST_LINE;
	size_t dropped =
		kept + added > LAST_LINE ? kept + added - LAST_LINE : 0;

	memmove(seen->last, seen->last + dropped, kept - dropped);
	memcpy(seen->last + kept - dropped, bytes + len - added, added);
	seen->size += len;
}

static int
read_text(struct store *store, struct buf *text, bool *found, struct err *err)
{
	struct file_seen *seen = &file_store(store)->seen;

	*seen = (struct file_seen){.exists = false};
	*found = file_read(store->where, text, err) == 0;
	if (!*found)
		return err->code == ERR_SYSTEM && err->sys_errno == ENOENT ? 0
									   : -1;
	seen->exists = true;
	see(seen, buf_str(text), text->len);
	return 0;
}

/* Look at the size and the last bytes of the file as it is now. */
static int
look_again(struct file_seen *now, const char *path, struct err *err)
{
	struct escaped_name shown;
	struct stat st;
	ssize_t got = -1;
	size_t len;
	int fd;

	*now = (struct file_seen){.exists = false};
	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd >= 0 && fstat(fd, &st) == 0) {
		now->exists = true;
		now->size = (uint64_t)st.st_size;
		len = now->size < LAST_LINE ? (size_t)now->size : LAST_LINE;
		got = file_read_at(fd, now->size - len, now->last, len);
	}
	if (got < 0)
		err_system(err, "cannot read %s again",
			escape_show_str(&shown, path));
	if (fd >= 0)
		close(fd);
	return got < 0 ? -1 : 0;
}

/*
 * Fails with ERR_BUSY unless the file is as it was loaded: a lock does not reach
 * every host that shares the folder, nor somebody who copies a file there.
 */
static int
check_unchanged(const struct file_store *fs, struct err *err)
{
	const struct file_seen *seen = &fs->seen;
	struct escaped_name shown;
	struct file_seen now;

	if (look_again(&now, fs->store.where, err) != 0)
		return -1;
	if (now.exists == seen->exists && now.size == seen->size &&
		memcmp(now.last, seen->last, LAST_LINE) == 0)
		return 0;
	return err_set(err, ERR_BUSY,
		"%s: another deployment has changed it in the meantime: run "
		"again",
		escape_show_str(&shown, fs->store.where));
}

/* A replacement that is being written. */
struct replacement {
	struct atomic_file file;
	struct file_seen seen;
};

static int
write_replacement(void *to, const void *bytes, size_t len, struct err *err)
{
	struct replacement *replacement = to;

	see(&replacement->seen, bytes, len);
	return atomic_file_write(&replacement->file, bytes, len, err);
}

static int
save(struct store *store, const struct baseline *baseline, struct err *err)
{
	struct file_store *fs = file_store(store);
	struct replacement new = {.seen.exists = true};

	if (atomic_file_begin_locked(&new.file, store->where, err) != 0)
		return -1;
	if (baseline_write(baseline, write_replacement, &new, err) != 0 ||
		check_unchanged(fs, err) != 0) {
		atomic_file_abandon(&new.file);
		return -1;
	}
	if (atomic_file_commit(&new.file, err) != 0)
		return -1;
	fs->seen = new.seen;
	return 0;
}

static int
compare(struct store *store, struct err *err)
{
	return check_unchanged(file_store(store), err);
}

static void
close_file(struct store *store)
{
	file_lock_drop(&file_store(store)->lock);
	free(store->where);
	free(store);
}

static const struct store_kind file_kind = {
	.begin = begin,
	.read = read_text,
	.save = save,
	.compare = compare,
	.close = close_file,
};

int
store_file_open(struct store **out, const char *path, struct err *err)
{
	struct file_store *fs = calloc(1, sizeof(*fs));

	*out = NULL;
	if (!fs)
		return err_memory(err);
	fs->store.kind = &file_kind;
	fs->lock = (struct file_lock)FILE_LOCK_INIT;
	fs->store.where = strdup(path);
	if (!fs->store.where) {
		free(fs);
		return err_memory(err);
	}
	*out = &fs->store;
	return 0;
}
