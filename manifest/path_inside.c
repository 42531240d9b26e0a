/* Finds out whether a file is inside a build, and under which key. */
#include "manifest/path_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/atomic_file.h"
#include "base/path.h"

char *
path_inside_key(const char *file, const char *build, const char *root)
{
	char *top = path_with_suffix(build, "/");
	char *joined = top ? path_with_suffix(top, root ? root : "") : NULL;
	char *folder = joined ? realpath(joined, NULL) : NULL;
	char *real = path_canonical_missing(file), *key = NULL;
	size_t len = folder ? strlen(folder) : 0;

	if (len == 1) /* the root folder, whose slash is the separator */
		len = 0;
	if (folder && real && strncmp(real, folder, len) == 0 &&
		real[len] == '/')
		key = strdup(real + len + 1);
	free(top);
	free(joined);
	free(folder);
	free(real);
	return key;
}

bool
path_inside_is_excluded(const struct build_options *reading, const char *key)
{
	const char *const *suffix = atomic_file_suffixes;
	bool excluded = build_excludes(reading, key, strlen(key), false);
	char *beside;

	for (; excluded && *suffix; suffix++) {
		beside = path_with_suffix(key, *suffix);
		excluded = beside && build_excludes(reading, beside,
					     strlen(beside), false);
		free(beside);
	}
	return excluded;
}

bool
path_inside_folder_is_excluded(
	const struct build_options *reading, const char *key)
{
	const char *slash = strrchr(key, '/');

	return slash &&
	       build_excludes(reading, key, (size_t)(slash - key), true);
}
