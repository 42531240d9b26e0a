/*
 * A baseline: the manifest of the last deployment that CloudFront accepted,
 * with its lineage, serial and distribution, and the pending batch if there is
 * one. Its text form is described in manifest/baseline_text.h.
 *
 * The serial grows by one with each manifest that becomes the baseline's; a
 * pending batch is for the next serial. At serial 0 nothing is known about the
 * edge yet: the first batch is pending, or was refused. Keys whose state at the
 * edge is unknown are kept as manifest/manifest_unknown.h describes.
 */
#ifndef MANIFEST_BASELINE_H
#define MANIFEST_BASELINE_H

#include <stdbool.h>

#include "base/buf.h"
#include "manifest/distribution.h"
#include "manifest/manifest.h"

enum {
	LINEAGE_DIGITS = 32,
	REFERENCE_MAX = 128, /* AWS documents no limit; this one is safe */

	/* Bytes: two manifests of ten million objects with long names. */
	BASELINE_MAX = 2000 * 1000 * 1000,

	/* Bytes: 3,000 paths of 4,000 characters, escaped for XML. */
	BODY_MAX = 64 * 1024 * 1024,
};

struct pending {
	char reference[REFERENCE_MAX + 1];
	struct buf body; /* the exact bytes that were sent, or may have been */
	struct manifest manifest;
};

struct baseline {
	char distribution[DISTRIBUTION_MAX + 1];
	char lineage[LINEAGE_DIGITS + 1];
	uint64_t serial;
	char create_time
		[64]; /* of the accepted invalidation, as AWS wrote it */
	char invalidation[129]; /* its id */
	struct manifest manifest;
	bool has_pending;
	struct pending pending;
};

void baseline_init(struct baseline *baseline);
void baseline_release(struct baseline *baseline);

/*
 * The pending batch was refused: forget it. Its build may have been served
 * nevertheless, and caches may hold some of it, so every key that it changes is
 * unknown from now on, and stale in the next deployment, whatever that
 * contains.
 */
int baseline_drop(struct baseline *baseline, struct err *err);

/*
 * Make the pending manifest that of the next serial: the edge agrees with it,
 * since its batch was accepted or none was needed.
 */
void baseline_advance(struct baseline *baseline);

#endif
