/* Which bucket a distribution fetches a build from. */
#ifndef EDGE_BUILD_BUCKET_H
#define EDGE_BUILD_BUCKET_H

#include "diff/changes.h"
#include "edge/reading.h"

struct build_bucket {
	char bucket[ORIGIN_BUCKET_SIZE], region[ORIGIN_BUCKET_SIZE];
	const char *path; /* OriginPath: "" or like /public; of the reading */
};

/*
 * Find the bucket that the behaviours of the build's URLs lead to, where the
 * build is mounted at `prefix`. Of a group of origins the first counts, since it
 * is the one that is asked. *why is NULL, or says why there is no such bucket, in
 * words for the end of a sentence. Fails as build_behaviors_find does.
 */
int build_bucket_find(const struct reading *reading, const char *prefix,
	const struct manifest *after, const struct changes *changes,
	struct build_bucket *out, const char **why, struct err *err);

#endif
