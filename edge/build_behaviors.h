/* Which cache behaviours the URLs of a build belong to. */
#ifndef EDGE_BUILD_BEHAVIORS_H
#define EDGE_BUILD_BEHAVIORS_H

#include "aws/distribution.h"
#include "diff/changes.h"

/*
 * Set of[i] for each behaviour that a URL of the new build or of a removed object
 * may belong to, where the build is mounted at `prefix`, not encoded; the others
 * stay as they are. An index document counts with its folder's URL. ERR_MEMORY,
 * or ERR_INPUT if a path is longer than any that can be invalidated.
 */
int build_behaviors_find(const struct distribution *distribution,
	const char *prefix, const struct manifest *after,
	const struct changes *changes, bool *of, struct err *err);

#endif
