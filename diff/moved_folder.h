/*
 * Finds the folder of one manifest that holds most of another: the sign that a
 * build was read one folder too high or too low.
 */
#ifndef DIFF_MOVED_FOLDER_H
#define DIFF_MOVED_FOLDER_H

#include "manifest/manifest.h"

struct moved_folder {
	const char *name; /* begins there; a key of the outer manifest */
	size_t len; /* of the name, without the slash after it; 0 if none */
	size_t objects; /* in the folder, at any depth */
	size_t shared; /* keys k of the inner build that the outer one contains as NAME/k */
	size_t equal; /* those with the same content */
};

/*
 * Find the folder NAME of `outer` in which most of a few keys k of `inner` are
 * found as NAME/k, and compare it with all of `inner`. Takes a moment for large
 * manifests: look for another sign first. The result borrows from `outer`.
 */
void moved_folder_find(struct moved_folder *found, const struct manifest *inner,
	const struct manifest *outer);

#endif
