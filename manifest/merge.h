/*
 * Merges manifests of disjoint parts into the manifest of the whole, as a
 * stream: memory stays the same for any number of objects and inputs.
 *
 * Up to MERGE_WIDTH_MAX inputs are merged at once, or fewer if the process may
 * open only a few files. More inputs are merged in rounds: groups of them into
 * runs, these into longer runs, and the last ones into the output. Each input
 * is opened once and read from start to end, so it may be a pipe.
 */
#ifndef MANIFEST_MERGE_H
#define MANIFEST_MERGE_H

#include <stdbool.h>

#include "base/emit.h"

enum {
	MERGE_WIDTH_MAX = 32,
};

/*
 * Emit the text of the whole, in pieces. Inputs are read as
 * manifest/manifest_stream.h says; ERR_INPUT if two of them contain the same
 * key, with the names of both, or, unless `partial`, if shards do not make the
 * whole (manifest/merge_parts.h). After an error the text has no end line, so it
 * is not a manifest. A temporary file, if one is needed, is created in `folder`.
 */
int merge_manifests(const char *const *paths, size_t count, bool partial,
	const char *folder, emit_fn *emit, void *to, struct err *err);

#endif
