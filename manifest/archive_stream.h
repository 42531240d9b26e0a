/*
 * An archive that can be read only once: a pipe.
 *
 * Life: begin, open, used..., release.
 */
#ifndef MANIFEST_ARCHIVE_STREAM_H
#define MANIFEST_ARCHIVE_STREAM_H

#include <archive.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "manifest/sniff.h"

struct archive_stream {
	int fd; /* borrowed */
	char *block; /* that was read last */
	char head[SNIFF_MAX]; /* how it begins, read in advance */
	size_t head_len; /* less than SNIFF_MAX if that is all */
	bool is_head_given;
	uint64_t total; /* bytes read so far */
};

/*
 * Read the beginning. ERR_INPUT if there is nothing, or if it is a zip, whose
 * directory is at its end. Release on success and on failure.
 */
int archive_stream_begin(
	struct archive_stream *stream, int fd, struct err *err);
void archive_stream_release(struct archive_stream *stream);

/* Let `archive` read it, from its beginning; returns libarchive's status. */
int archive_stream_open(struct archive_stream *stream, struct archive *archive);

/*
 * After the end of the archive: read up to the end of the stream. ERR_INPUT if
 * it has more than the `used` bytes that the archive has.
 */
int archive_stream_check_end(
	struct archive_stream *stream, int64_t used, struct err *err);

#endif
