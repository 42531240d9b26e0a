/*
 * A batch: the paths of one CreateInvalidation request and its CallerReference.
 *
 * The CallerReference is "edgediff-", the first 16 digits of the new manifest's
 * hash (so that the build can be identified in CloudFront's console), "-", and
 * the first 32 digits of a SHA-256. It is the hash of these, each as a netstring,
 * `<decimal length>:<bytes>,` with the comma: the distribution's ID, the
 * lineage, the new serial in decimal, the old manifest's hash (empty if there
 * is none), the new manifest's hash, and each item.
 *
 * CloudFront creates no invalidation for a repeated reference with the same
 * paths. That makes a retry safe, and it is why serial and lineage are hashed:
 * without them, deploying A, B, A, B would silently leave the second B stale.
 */
#ifndef DIFF_BATCH_H
#define DIFF_BATCH_H

#include "diff/plan.h"

/* Every reference that edgediff makes begins with this, and no others do. */
#define REFERENCE_PREFIX "edgediff-"

enum {
	CALLER_REFERENCE_SIZE = 9 + 16 + 1 + 32 + 1, /* with its NUL */
};

/* What identifies a batch, besides its items. All strings are borrowed. */
struct batch_origin {
	const char *distribution;
	const char *lineage;
	uint64_t serial; /* of the baseline that will record the batch */
	const char *hash_before; /* hex, or "" */
	const char *hash_after; /* hex */
};

/*
 * Compute the CallerReference. `items` are the paths in the order in which they
 * are sent. Fails only if memory runs out.
 */
int batch_reference(char reference[CALLER_REFERENCE_SIZE],
	const struct batch_origin *origin, const char *const *items,
	size_t count, struct err *err);

#endif
