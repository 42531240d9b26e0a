/* Keeps a baseline in a local file. */
#include "manifest/store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/name.h"

/* A path beside the baseline's, to be freed. */
static char *
path_with(const char *path, const char *suffix)
{
	size_t size = strlen(path) + strlen(suffix) + 1;
	char *joined = malloc(size);

	if (joined)
		snprintf(joined, size, "%s%s", path, suffix);
	return joined;
}

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
	rc = file_make_folders(folder, err);
	free(folder);
	return rc;
}

int
store_open(struct store *store, const char *where, struct err *err)
{
	struct shown_name shown;
	char *lock_path;
	int rc;

	store->lock = (struct file_lock)FILE_LOCK_INIT;
	store->path = strdup(where);
	lock_path = path_with(where, ".lock");
	if (!store->path || !lock_path)
		rc = err_memory(err);
	else if ((rc = make_folder_of(where, err)) == 0)
		rc = file_lock_take(&store->lock, lock_path, err);
	free(lock_path);
	if (rc == 0)
		return 0;
	store_close(store);
	return err_context(
		err, "the baseline %s", name_show_str(&shown, where));
}

void
store_close(struct store *store)
{
	file_lock_drop(&store->lock);
	free(store->path);
	store->path = NULL;
}

/* The real path of a file that need not be there yet, to be freed. */
static char *
real_path(const char *path)
{
	char *real = realpath(path, NULL), *folder, *above, *joined = NULL;
	const char *slash = strrchr(path, '/');

	if (real || errno != ENOENT || !*path)
		return real;
	folder =
		slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
	if (slash && folder && slash > path)
		folder[slash - path] = '\0';
	above = folder ? real_path(folder) : NULL;
	if (above) {
		char *with_slash = path_with(above, "/");

		if (with_slash)
			joined =
				path_with(with_slash, slash ? slash + 1 : path);
		free(with_slash);
	}
	free(folder);
	free(above);
	return joined;
}

char *
store_key_inside(const char *where, const char *build, const char *root)
{
	char *top = path_with(build, "/");
	char *joined = top ? path_with(top, root ? root : "") : NULL;
	char *folder = joined ? realpath(joined, NULL) : NULL;
	char *file = real_path(where), *key = NULL;
	size_t len = folder ? strlen(folder) : 0;

	if (len == 1) /* the root folder: its slash is the separator */
		len = 0;
	if (folder && file && strncmp(file, folder, len) == 0 &&
		file[len] == '/')
		key = strdup(file + len + 1);
	free(top);
	free(joined);
	free(folder);
	free(file);
	return key;
}

int
store_load(const char *where, struct baseline *baseline, bool *found,
	struct err *err)
{
	struct shown_name shown;
	struct buf text;
	int rc = 0;

	*found = false;
	buf_init(&text, BASELINE_LARGEST);
	if (file_read(where, &text, err) != 0) {
		if (err->code != ERR_SYSTEM || err->sys_errno != ENOENT)
			rc = err_context(err, "the baseline");
		goto out;
	}
	rc = baseline_read(baseline, buf_str(&text), text.len, err);
	if (rc != 0)
		err_context(err,
			"the baseline %s cannot be used: restore it, or "
			"remove it to begin again with --first-run",
			name_show_str(&shown, where));
	*found = rc == 0;
out:
	buf_release(&text);
	return rc;
}

static int
write_replacement(void *to, const void *bytes, size_t len, struct err *err)
{
	return replacement_write(to, bytes, len, err);
}

int
store_save(
	struct store *store, const struct baseline *baseline, struct err *err)
{
	struct replacement r;
	int rc;

	rc = replacement_begin(&r, store->path, err);
	if (rc == 0) {
		rc = baseline_write(baseline, write_replacement, &r, err);
		if (rc == 0)
			rc = replacement_commit(&r, err);
		else
			replacement_abandon(&r);
	}
	return rc == 0 ? 0 : err_context(err, "cannot save the baseline");
}
