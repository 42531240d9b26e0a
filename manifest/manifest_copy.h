/* Copies a manifest. */
#ifndef MANIFEST_MANIFEST_COPY_H
#define MANIFEST_MANIFEST_COPY_H

#include "manifest/manifest.h"

/*
 * Copy a sealed manifest with its keys. `out` is initialised here; after a
 * failure there is nothing to release. Fails only if memory runs out.
 */
int manifest_copy(
	struct manifest *out, const struct manifest *manifest, struct err *err);

#endif
