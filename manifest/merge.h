/*
 * Merges manifests of disjoint parts into the manifest of the whole, as a
 * stream: memory stays the same for any number of objects and of inputs.
 *
 * Up to MERGE_WIDEST inputs (fewer where the process may have few descriptors
 * only) are merged at once. More are merged in rounds: as many at a time into
 * runs, these into longer ones, and the last into the output. Each input is
 * opened once and read from its start to its end, so it may be a pipe.
 */
#ifndef MANIFEST_MERGE_H
#define MANIFEST_MERGE_H

#include "manifest/manifest.h"

enum {
	MERGE_WIDEST = 32,
};

/*
 * Give the text of the whole to `emit`, in pieces. Each input is read as
 * stream.h says, and two that hold the same key are an error that names it and
 * both. After an error what was given has no end line, so it is no manifest.
 * `folder` is where a temporary file is made, if one is needed.
 */
int manifests_merge(const char *const *paths, size_t count, const char *folder,
	emit_fn *emit, void *to, struct err *err);

#endif
