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

struct file_store {
	struct store store;
	struct file_lock lock;
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

static int
read_text(struct store *store, struct buf *text, bool *found, struct err *err)
{
	*found = file_read(store->where, text, err) == 0;
	if (*found)
		return 0;
	return err->code == ERR_SYSTEM && err->sys_errno == ENOENT ? 0 : -1;
}

static int
write_replacement(void *to, const void *bytes, size_t len, struct err *err)
{
	return atomic_file_write(to, bytes, len, err);
}

static int
save(struct store *store, const struct baseline *baseline, struct err *err)
{
	struct atomic_file file;
	int rc;

	if (atomic_file_begin_locked(&file, store->where, err) != 0)
		return -1;
	rc = baseline_write(baseline, write_replacement, &file, err);
	if (rc == 0)
		rc = atomic_file_commit(&file, err);
	else
		atomic_file_abandon(&file);
	return rc;
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
