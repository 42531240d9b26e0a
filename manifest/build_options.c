/* Decides which keys are part of a build. */
#include "manifest/build_options.h"

#include <string.h>

#include "base/escape.h"
#include "base/glob.h"
#include "manifest/key_hash.h"

int
build_check_root(const char *root, struct err *err)
{
	struct escaped_name shown;
	const char *at = root;
	size_t len;

	if (!root)
		return 0;
	for (; *at; at += len, at += strspn(at, "/")) {
		len = strcspn(at, "/");
		if (len == 0 || (len == 2 && memcmp(at, "..", 2) == 0))
			return err_set(err, ERR_USAGE,
				"--root '%s': must be a folder inside the "
				"build, without .. or a leading /",
				escape_show_str(&shown, root));
	}
	return 0;
}

bool
build_excludes(const struct build_options *options, const char *key, size_t len,
	bool is_folder)
{
	return options->exclude_count > 0 &&
	       glob_match_any(options->exclude, options->exclude_count, key,
		       len, is_folder);
}

bool
build_has(const struct build_options *options, const char *key, size_t len)
{
	return options->shard.count == 0 ||
	       shard_has(&options->shard, key_hash(key, len));
}
