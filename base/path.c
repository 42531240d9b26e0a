/* Takes paths apart, joins them and resolves their links. */
#include "base/path.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/escape.h"

enum {
	LINKS_MAX = 40, /* as many as the kernel follows */
};

char *
path_folder(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return strdup(".");
	if (slash == path)
		return strdup("/");
	return strndup(path, (size_t)(slash - path));
}

const char *
path_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

char *
path_with_suffix(const char *path, const char *suffix)
{
	size_t size = strlen(path) + strlen(suffix) + 1;
	char *joined = malloc(size);

	if (joined)
		snprintf(joined, size, "%s%s", path, suffix);
	return joined;
}

char *
path_join(const char *folder, const char *name)
{
	size_t len = strlen(folder), size = len + strlen(name) + 2;
	const char *slash = len > 0 && folder[len - 1] == '/' ? "" : "/";
	char *path = malloc(size);

	if (path)
		snprintf(path, size, "%s%s%s", folder, slash, name);
	return path;
}

/*
 * The path that a symbolic link points to; NULL if `path` is not a symbolic
 * link. The caller frees it.
 */
static char *
follow_link(const char *path)
{
	char target[PATH_MAX];
	ssize_t len = readlink(path, target, sizeof(target) - 1);
	char *folder, *next;

	if (len < 0)
		return NULL;
	target[len] = '\0';
	if (target[0] == '/')
		return strdup(target);
	folder = path_folder(path);
	next = folder ? path_join(folder, target) : NULL;
	free(folder);
	return next;
}

/* The canonical path of a missing file in an existing folder. */
static char *
canonical_in_folder(const char *path)
{
	char *folder = path_folder(path);
	char *real = folder ? realpath(folder, NULL) : NULL;
	char *joined = real ? path_join(real, path_name(path)) : NULL;

	free(folder);
	free(real);
	return joined;
}

char *
path_canonical(const char *path, struct err *err)
{
	char *at = strdup(path), *real = NULL, *next;
	struct escaped_name shown;
	int links;

	for (links = 0; at && links < LINKS_MAX; links++) {
		real = realpath(at, NULL);
		if (real || errno != ENOENT)
			break;
		next = follow_link(at);
		if (!next) {
			real = canonical_in_folder(at);
			break;
		}
		free(at);
		at = next;
	}
	if (!real)
		err_system(err, "cannot find the folder of %s",
			escape_show_str(&shown, path));
	free(at);
	return real;
}

/*
 * The path of a name in a folder whose path is canonical; the caller frees it.
 */
static char *
resolve_name(const char *folder, const char *name)
{
	if (!*name || strcmp(name, ".") == 0)
		return strdup(folder);
	if (strcmp(name, "..") == 0)
		return path_folder(folder);
	return path_join(folder, name);
}

char *
path_canonical_missing(const char *path)
{
	struct err ignored = ERR_INIT;
	char *canonical = path_canonical(path, &ignored), *folder, *parent;

	/* stop here: the folder of "." is "." again */
	if (canonical || !strchr(path, '/') || strcmp(path, "/") == 0)
		return canonical;
	folder = path_folder(path);
	parent = folder ? path_canonical_missing(folder) : NULL;
	if (parent)
		canonical = resolve_name(parent, path_name(path));
	free(folder);
	free(parent);
	return canonical;
}
