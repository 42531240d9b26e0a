/* Reads an archive into a manifest: see manifest/build.h for the rules. */
#ifndef MANIFEST_ARCHIVE_H
#define MANIFEST_ARCHIVE_H

#include "manifest/build.h"

/*
 * Add every file of the archive at `fd` (seekable, at its start, not closed;
 * `path` is for messages) to an initialised manifest, unsealed. Names are the
 * archive's own bytes, whatever the locale. With more than one job a compressed
 * tar is decompressed by a second thread, and a zip's members are read by
 * several; what comes of it is the same. An archive whose size or times change
 * meanwhile is an error.
 */
int archive_read_build(int fd, const char *path,
	const struct build_options *options, struct manifest *manifest,
	struct err *err);

#endif
