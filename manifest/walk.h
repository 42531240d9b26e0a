/* Reads a folder into a manifest; manifest/build.h has the rules. */
#ifndef MANIFEST_WALK_H
#define MANIFEST_WALK_H

#include "manifest/build_options.h"
#include "manifest/manifest.h"

/*
 * Add every file below the open folder `fd` to an initialised manifest, which
 * is not sealed here. `fd` stays open; `path` is for messages. Files are opened
 * relative to descriptors of their folders, so no path is too long for the
 * system.
 */
int walk_read(int fd, const char *path, const struct build_options *options,
	struct manifest *manifest, struct err *err);

#endif
