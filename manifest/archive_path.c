/* Normalises paths in an archive. */
#include "manifest/archive_path.h"

#include <string.h>

#include "base/escape.h"
#include "manifest/object.h"

int
archive_path_fail(const char *name, const char *what, struct err *err)
{
	struct escaped_name shown;

	return err_set(
		err, ERR_INPUT, "%s: %s", escape_show_str(&shown, name), what);
}

void
archive_path_cut(struct buf *path)
{
	const char *slash;

	if (!path->data)
		return;
	slash = strrchr(path->data, '/');
	path->len = slash ? (size_t)(slash - path->data) : 0;
	path->data[path->len] = '\0';
}

/* Append the components of `path` to `out`; false if .. is one. */
static bool
append(struct buf *out, const char *path)
{
	size_t len;

	while (*path) {
		len = strcspn(path, "/");
		if (len == 2 && memcmp(path, "..", 2) == 0)
			return false;
		if (len > 0 && !(len == 1 && *path == '.')) {
			if (out->len > 0)
				buf_addch(out, '/');
			buf_add(out, path, len);
		}
		path += len;
		path += strspn(path, "/");
	}
	return true;
}

int
archive_path_normalise(struct arena *arena, const char *name, const char **out,
	struct err *err)
{
	struct buf path;
	int rc = -1;

	buf_init(&path, KEY_MAX);
	if (name[0] == '/')
		archive_path_fail(name, "an absolute name in an archive", err);
	else if (!append(&path, name))
		archive_path_fail(
			name, ".. in the name of an archive's member", err);
	else if (buf_check(&path, err) != 0) {
		if (err->code == ERR_INPUT)
			archive_path_fail(name, "a name that is too long", err);
	} else {
		*out = arena_copy(arena, buf_str(&path), path.len);
		rc = *out ? 0 : err_memory(err);
	}
	buf_release(&path);
	return rc;
}

const char *
archive_path_below(const char *folder, const char *name)
{
	size_t len = strlen(folder);

	if (len == 0)
		return name;
	return strncmp(name, folder, len) == 0 && name[len] == '/'
		       ? name + len + 1
		       : NULL;
}

bool
archive_path_is_normal(const char *name)
{
	const char *at = name;
	size_t len;

	for (;; at += len + 1) {
		len = strcspn(at, "/");
		if (len == 0 || (at[0] == '.' && len == 1) ||
			(at[0] == '.' && at[1] == '.' && len == 2))
			return false;
		if (!at[len])
			return (size_t)(at + len - name) <= KEY_MAX;
	}
}
