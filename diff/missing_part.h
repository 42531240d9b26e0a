/*
 * Finds out that a build lacks a shard: the sign of a merge without one of its
 * manifests.
 *
 * The hash of a key decides to which part of how many it belongs, whatever the
 * site is. So if none of many objects is of one part, that is no accident.
 */
#ifndef DIFF_MISSING_PART_H
#define DIFF_MISSING_PART_H

#include "manifest/manifest.h"
#include "manifest/shard.h"

enum {
	/* Parts that a build may have been read in; few sites need more. */
	PARTS_MAX = 64,
};

/*
 * Is a part of 2 to PARTS_MAX missing in `after`? Not if `before` (or NULL) has
 * no object of it either, and not if it could be missing by a chance of more
 * than one in ten million. Looks at few of the objects if nothing is missing.
 */
bool missing_part_find(struct shard *missing, const struct manifest *before,
	const struct manifest *after);

#endif
