/*
 * The batch: what one CreateInvalidation sends, and its CallerReference.
 *
 * CallerReference = "edgediff-", the first 16 digits of the new manifest's
 * hash (so that anyone can tell in the console which build it was), "-", the
 * first 32 digits of a SHA-256 over these, each as a netstring, which is
 * `<decimal length>:<bytes>,` with the comma:
 * distribution id, lineage, the new serial in decimal, the old
 * manifest's hash (empty where there is none), the new one's, and each item.
 * Serial and lineage are there because CloudFront creates nothing for a
 * repeated reference with the same paths: without them, deploying A, B, A, B
 * would silently leave the second B stale.
 */
#ifndef DIFF_BATCH_H
#define DIFF_BATCH_H

#include "diff/plan.h"

/* What our references begin with, and nobody else's. */
#define REFERENCE_PREFIX "edgediff-"

enum {
	CALLER_REFERENCE_SIZE = 9 + 16 + 1 + 32 + 1, /* with its NUL */
};

struct batch_origin {
	const char *distribution;
	const char *lineage;
	uint64_t serial; /* of the baseline this batch leads to */
	const char *hash_before; /* hex, or "" */
	const char *hash_after; /* hex */
};

int batch_reference(char reference[CALLER_REFERENCE_SIZE],
	const struct batch_origin *origin, const char *const *items,
	size_t count, struct err *err);

#endif
