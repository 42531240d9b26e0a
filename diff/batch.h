/*
 * A batch: the paths of one CreateInvalidation request and its CallerReference.
 *
 * The CallerReference is "edgediff-", the first 16 digits of the new manifest's
 * hash (so that the build can be identified in CloudFront's console), "-", the
 * baseline's tag (so that a baseline can tell its own invalidations from those
 * of others), "-", and the first 32 digits of a SHA-256. It is the hash of
 * these, each as a netstring,
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

#include <stdbool.h>

#include "diff/plan.h"
#include "manifest/baseline.h"

enum {
	BATCH_BUILD_DIGITS = 16,
	BATCH_TAG_DIGITS = TAG_DIGITS,

	/* edgediff-<build>-<tag>-<32 digits>, with its NUL */
	CALLER_REFERENCE_SIZE =
		9 + BATCH_BUILD_DIGITS + 1 + BATCH_TAG_DIGITS + 1 + 32 + 1,
};

/* What identifies a batch, besides its items. All strings are borrowed. */
struct batch_origin {
	const char *distribution;
	const char *lineage;
	const char *tag; /* hex; BATCH_TAG_DIGITS are used */
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

/*
 * Is this a CallerReference that edgediff has made? If so, `tag` receives the
 * baseline's: "" from the older form, which had none.
 */
bool batch_reference_read(
	const char *reference, char tag[BATCH_TAG_DIGITS + 1]);

/*
 * Does this reference of edgediff's belong to the build whose manifest has this
 * hash, as far as its digits say?
 */
bool batch_reference_is_of(const char *reference, const char *hash);

#endif
