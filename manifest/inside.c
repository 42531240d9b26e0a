/* Finds where a file stands in a build. */
#include "manifest/inside.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/glob.h"

/*
 * The path without links, as far as it is there: below a folder that is yet to
 * be made, it is what was given. To be freed.
 */
static char *
real_path(const char *path)
{
	struct err ignored = ERR_INIT;
	char *real = file_real_path(path, &ignored), *above, *top;
	const char *slash = strrchr(path, '/');

	if (real || !slash || slash == path)
		return real;
	above = strndup(path, (size_t)(slash - path));
	top = above ? real_path(above) : NULL;
	real = top ? file_path_with(top, slash) : NULL;
	free(above);
	free(top);
	return real;
}

char *
inside_key(const char *file, const char *build, const char *root)
{
	char *top = file_path_with(build, "/");
	char *joined = top ? file_path_with(top, root ? root : "") : NULL;
	char *folder = joined ? realpath(joined, NULL) : NULL;
	char *real = real_path(file), *key = NULL;
	size_t len = folder ? strlen(folder) : 0;

	if (len == 1) /* the root folder: its slash is the separator */
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
inside_is_left_out(const struct build_options *reading, const char *key)
{
	static const char *const suffixes[] = {"", ".lock", ".tmp"};
	struct buf name;
	bool out = true;
	size_t i;

	buf_init(&name, strlen(key) + 8);
	for (i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		buf_clear(&name);
		buf_addf(&name, "%s%s", key, suffixes[i]);
		out &= build_excludes(reading, buf_str(&name));
	}
	buf_release(&name);
	return out;
}

bool
inside_folder_is_left_out(const struct build_options *reading, const char *key)
{
	const char *slash = strrchr(key, '/');

	return slash && glob_match_any(reading->exclude, reading->exclude_count,
				key, (size_t)(slash - key), true);
}
