/* Reads an archive into a manifest; manifest/build.h has the rules. */
#ifndef MANIFEST_ARCHIVE_BUILD_H
#define MANIFEST_ARCHIVE_BUILD_H

#include "manifest/archive_stream.h"
#include "manifest/build_options.h"
#include "manifest/manifest.h"

/*
 * Add every file of the archive to an initialised manifest, which is not sealed
 * here. `fd` is seekable, at its start, and stays open; `path` is for messages.
 * Names are the archive's own bytes, whatever the locale. With more than one
 * job, a second thread decompresses a compressed tar, and several threads read
 * the members of a zip; the result is the same. ERR_INPUT if the size or the
 * times of the archive change in the meantime.
 */
int archive_build_read(int fd, const char *path,
	const struct build_options *options, struct manifest *manifest,
	struct err *err);

/*
 * The same for a tar from a stream that has begun, with one thread. Errors don't
 * name the stream.
 */
int archive_build_read_stream(struct archive_stream *stream,
	const struct build_options *options, struct manifest *manifest,
	struct err *err);

#endif
