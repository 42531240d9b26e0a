/*
 * A baseline: the manifest of the last deployment that CloudFront accepted,
 * with its lineage, serial and distribution, and the pending batch while one
 * is open. Text form, strict like a manifest's:
 *
 *	edgediff-baseline 1
 *	distribution <id>
 *	lineage <32 hex digits>
 *	serial <n>
 *	accepted <CreateTime> <invalidation id>		(where serial > 0)
 *	<a manifest, from its first line to its end>	(where serial > 0)
 *	pending <CallerReference> <bytes of the body>	(where one is open)
 *	<the body of the request, and a newline>
 *	<the manifest it brings the edge to>
 *	end <SHA-256 of every byte before this line>
 *
 * Serial n grows by one with each manifest that the baseline takes over; a
 * pending batch is for n + 1. Serial 0 is a baseline that knows nothing of the edge yet: it
 * carries its first pending batch, or is what a refused one left.
 * A key whose state on the edge is not known (see baseline_drop) has a size of
 * 0 and a fingerprint of zeros.
 * An edge that was taken for fresh without a batch has "-" for both of
 * accepted's values.
 */
#ifndef MANIFEST_BASELINE_H
#define MANIFEST_BASELINE_H

#include <stdbool.h>

#include "base/buf.h"
#include "manifest/manifest.h"

enum {
	DISTRIBUTION_MAX = 64, /* of A-Z a-z 0-9 _ - */
	LINEAGE_DIGITS = 32,
	REFERENCE_MAX = 128, /* AWS names no limit; this is a safe one */

	/* Two manifests of ten million objects with long names. */
	BASELINE_MAX = 2000 * 1000 * 1000,

	/* A body: 3,000 paths of 4,000 characters, escaped for XML. */
	BODY_MAX = 64 * 1024 * 1024,
};

/* The first line of every baseline, without its newline. */
#define BASELINE_MAGIC "edgediff-baseline 1"

struct pending {
	char reference[REFERENCE_MAX + 1];
	struct buf body; /* the exact bytes that were or may have been sent */
	struct manifest manifest;
};

struct baseline {
	char distribution[DISTRIBUTION_MAX + 1];
	char lineage[LINEAGE_DIGITS + 1];
	uint64_t serial;
	char create_time[64]; /* of the accepted invalidation, as answered */
	char invalidation[129]; /* its id */
	struct manifest manifest;
	bool has_pending;
	struct pending pending;
};

void baseline_init(struct baseline *baseline);
void baseline_release(struct baseline *baseline);

/* 1 to 64 of A-Z a-z 0-9 _ -: it goes into URLs and file names. */
bool distribution_is_valid(const char *id);

int baseline_write(const struct baseline *baseline, emit_fn *emit, void *to,
	struct err *err);

/*
 * Read all of text, strictly: ERR_INPUT names the line. The baseline is
 * initialised by the caller and released by it, on failure too.
 */
int baseline_read(struct baseline *baseline, const char *text, size_t len,
	struct err *err);

/*
 * The pending batch was refused: it is forgotten. Its build may have been
 * served all the same, so that caches hold some of it: whatever it changes is
 * from now on not known of the edge, and will be stale whatever comes next.
 */
int baseline_drop(struct baseline *baseline, struct err *err);

/* The pending batch was accepted: its manifest becomes the baseline's. */
void baseline_advance(struct baseline *baseline);

#endif
