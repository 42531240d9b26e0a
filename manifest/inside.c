/* Finds where a file stands in a build. */
#include "manifest/inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/glob.h"
#include "base/path.h"

char *
inside_key(const char *file, const char *build, const char *root)
{
	char *top = path_with_suffix(build, "/");
	char *joined = top ? path_with_suffix(top, root ? root : "") : NULL;
	char *folder = joined ? realpath(joined, NULL) : NULL;
	char *real = path_canonical_missing(file), *key = NULL;
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
	static const char *const suffixes[] = {"", ".lock", ".tmp", ".1-0.tmp"};
	struct buf name;
	bool out = true;
	size_t i;

	buf_init(&name, strlen(key) + 16);
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
