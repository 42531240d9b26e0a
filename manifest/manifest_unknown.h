/*
 * Keys whose state at the edge is unknown.
 *
 * If it is uncertain which of two builds was served, caches may hold objects of
 * either. A key whose object differs between the two is then unknown: it stays
 * in the manifest with a size of 0 and a fingerprint of zeros, which no object
 * has, so it differs from whatever comes next.
 */
#ifndef MANIFEST_MANIFEST_UNKNOWN_H
#define MANIFEST_MANIFEST_UNKNOWN_H

#include "manifest/manifest.h"

/*
 * Combine two sealed manifests into `out`, sealed: objects that are the same in
 * both, and every other key of either as unknown. `out` is initialised here;
 * after a failure there is nothing to release.
 */
int manifest_mark_unknown(struct manifest *out, const struct manifest *a,
	const struct manifest *b, struct err *err);

size_t manifest_count_unknown(const struct manifest *manifest);

#endif
