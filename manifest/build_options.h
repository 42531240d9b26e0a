/* How a build is read, and which of its keys are part of it. */
#ifndef MANIFEST_BUILD_OPTIONS_H
#define MANIFEST_BUILD_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/progress.h"
#include "manifest/cache.h"
#include "manifest/shard.h"
#include "manifest/sources.h"

enum {
	/*
	 * How deeply folders that are reached through links may be nested: each
	 * level can double the number of objects.
	 */
	LINKED_FOLDERS_DEPTH_MAX = 8,

	/*
	 * Folders of a build that are read because a link leads to them or to
	 * one above. A workspace of packages has thousands; links that fan out
	 * at each level would never end.
	 */
	LINKED_FOLDERS_MAX = 100 * 1000,
};

struct written_files;

struct build_options {
	/*
	 * The build is this folder inside the folder or archive
	 * (`package/dist`), or NULL for all of it. The folder must exist.
	 */
	const char *root;

	/*
	 * Patterns (base/glob.h, already checked) of keys, relative to root,
	 * that are not part of the build. An excluded folder is not entered,
	 * and an excluded device is no error.
	 */
	const char *const *exclude;
	size_t exclude_count;

	/* A symbolic link that leads out of the build is an error. */
	bool no_follow;

	/*
	 * This is what was deployed before: root and exclude don't apply to a
	 * manifest or baseline file, since all that it lists was deployed.
	 */
	bool deployed;

	/*
	 * Read only the objects of this shard. A device or a broken link is an
	 * error in every shard; a damaged file only in the shard of its key.
	 */
	struct shard shard;

	/* The stat cache of a folder, after cache_begin; NULL for none. */
	struct cache *cache;

	/* Receives the files and folders that are read; NULL for none. */
	struct sources *sources;

	/* What this run writes, which a link must not lead to; or NULL. */
	const struct written_files *written;

	/* Receives the progress of the reading; NULL for none. */
	struct progress *progress;

	/*
	 * Sees the content of an archive's members; NULL for none. Only with
	 * one job.
	 */
	const struct content_observer *observer;

	/*
	 * Threads that read, and that make the text of the manifest: 1 to
	 * THREAD_POOL_MAX of base/thread_pool.h; 0 means 1.
	 */
	size_t jobs;
};

/*
 * A root is a relative path without `..`; ERR_USAGE if this one is not. NULL is
 * allowed. build_read checks it too.
 */
int build_check_root(const char *root, struct err *err);

/* Is the key (of a folder, if is_folder), or any folder above it, excluded? */
bool build_excludes(const struct build_options *options, const char *key,
	size_t len, bool is_folder);

/* Does the key belong to the shard that is read? */
bool build_has(
	const struct build_options *options, const char *key, size_t len);

#endif
