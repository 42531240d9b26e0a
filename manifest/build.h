/*
 * Reads a build: a folder, an archive, a manifest file or a baseline file
 * becomes a sealed manifest.
 *
 * Archives: tar (any of libarchive's dialects) and zip, plain or compressed
 * with gzip, bzip2, xz or zstd, known by their content, not by their name.
 * Only regular files are objects. A symbolic link to a file is the file's
 * content; one to a folder is followed where it stays inside the build, and an
 * error where it leaves it or leads round in a circle. Devices, sockets and
 * fifos are errors that name them. In an archive `..`, absolute and duplicate
 * names are errors, and so is anything libarchive warns about.
 */
#ifndef MANIFEST_BUILD_H
#define MANIFEST_BUILD_H

#include <stdbool.h>

#include "base/progress.h"
#include "manifest/cache.h"
#include "manifest/fingerprint.h"
#include "manifest/manifest.h"
#include "manifest/sources.h"

enum {
	/*
	 * Folders reached through links within folders reached through links:
	 * each level can double what a build holds.
	 */
	LINKED_FOLDERS_DEPTH_MAX = 8,
};

struct build_options {
	/*
	 * The build is this folder inside the folder or archive (`package/dist`);
	 * NULL for the whole. It must exist.
	 */
	const char *root;

	/*
	 * Keys (relative to root) that are not part of the build: patterns of
	 * base/glob.h, already checked. An excluded folder is not entered, an
	 * excluded device is no error.
	 */
	const char *const *exclude;
	size_t exclude_count;

	/*
	 * It is what was deployed before: what a manifest or a baseline file
	 * lists was there, be it excluded now, and root is of other builds.
	 */
	bool deployed;

	/*
	 * Only the objects of this part. What is no object is reported with
	 * every part, what is wrong in a file with the one that has its key.
	 */
	struct shard shard;

	/* A folder's stat cache, begun; NULL for none. */
	struct cache *cache;

	/* What was read is added to it: the folders, too. NULL for none. */
	struct sources *sources;

	/* What is told how far the reading is; NULL for nobody. */
	struct progress *progress;

	/*
	 * Threads that read (1 to THREAD_POOL_MAX of base/thread_pool.h), and make the text
	 * of what was read; 0 is one.
	 */
	size_t jobs;
};

/* ERR_USAGE where a root (or NULL) is none; build_read asks it too. */
int build_check_root(const char *root, struct err *err);

/* Is this key excluded, or a folder above it? */
bool build_excludes(const struct build_options *options, const char *key);

/* Is this key in the part that is read? */
bool build_has(
	const struct build_options *options, const char *key, size_t len);

/*
 * Read what stands at `path` into a manifest (initialised by this function;
 * release it on success and on failure). A manifest or a baseline file has no
 * folders any more: a root is ERR_USAGE. ERR_SYSTEM or ERR_INPUT name the path
 * and, where there is one, the key or the line.
 */
int build_read(const char *path, const struct build_options *options,
	struct manifest *manifest, struct err *err);

#endif
