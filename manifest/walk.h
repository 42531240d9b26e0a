/* Reads a folder into a manifest: see manifest/build.h for the rules. */
#ifndef MANIFEST_WALK_H
#define MANIFEST_WALK_H

#include "manifest/build.h"

/*
 * Add every file under the open folder `fd` (not closed; `path` is for
 * messages) to an initialised manifest, unsealed. Reads relative to folder
 * descriptors, so no path grows too long for the system.
 */
int walk_read(int fd, const char *path, const struct build_options *options,
	struct manifest *manifest, struct err *err);

#endif
