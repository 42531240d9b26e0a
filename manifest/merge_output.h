/*
 * Where a merge writes its objects: the text of a manifest, or runs that are
 * merged again.
 *
 * Life, for text: begin, add..., end, release. For runs: initialise with .runs
 * alone, then add...; the runs are ended by their owner.
 */
#ifndef MANIFEST_MERGE_OUTPUT_H
#define MANIFEST_MERGE_OUTPUT_H

#include "base/buf.h"
#include "base/emit.h"
#include "base/sha256.h"
#include "manifest/merge_runs.h"

struct merge_output {
	struct merge_runs *runs; /* borrowed; NULL for text */

	/* for text */
	emit_fn *emit;
	void *to;
	struct buf text; /* not yet emitted */
	struct sha256 hash;
	size_t count; /* of objects */
};

/* Begin the text of a manifest. Release it even after a failure. */
int merge_output_begin(
	struct merge_output *output, emit_fn *emit, void *to, struct err *err);
void merge_output_release(struct merge_output *output);

/*
 * Add the next object, whose key sorts after the one before it. `origin` is the
 * number of its input. ERR_INPUT if the text has more than OBJECTS_MAX objects.
 */
int merge_output_add(struct merge_output *output, const struct object *object,
	uint32_t origin, struct err *err);

/* Emit the rest of the text and its end line. */
int merge_output_end(struct merge_output *output, struct err *err);

#endif
