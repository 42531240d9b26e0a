/*
 * Reads a manifest one object at a time, as strictly as manifest_read does and
 * in constant memory: a file, or a pipe that another process writes.
 *
 * What is wrong with a text shows when it is read there, so what a stream gave
 * before its end is not yet verified: a cut or a wrong SHA-256 is seen at the
 * end line only.
 */
#ifndef MANIFEST_STREAM_H
#define MANIFEST_STREAM_H

#include "base/buf.h"
#include "base/read_buffer.h"
#include "manifest/manifest.h"

struct stream {
	const char *name; /* for messages */
	int fd;
	struct read_buffer buffer;
	struct sha256 hash; /* of the lines so far */
	struct buf last; /* the key before */
	size_t line; /* the number of the one that was read */
	size_t count; /* of objects */
	char digits[SHA256_HEX_SIZE]; /* the manifest hash, behind the end */
};

/*
 * Take over a file that is open at its start. Every message names it by
 * `name`, which outlives the stream. Close also after a failure.
 */
int stream_begin(
	struct stream *stream, int fd, const char *name, struct err *err);

/*
 * The same by path; "-" is standard input. ERR_INPUT for a folder, a device, and whatever does
 * not begin as a manifest does.
 */
int stream_open(struct stream *stream, const char *path, struct err *err);
void stream_close(struct stream *stream);

/*
 * The next object, whose key stays until the next call. Behind the last one
 * *ended is set instead: the end line was right, and nothing is behind it.
 */
int stream_next(struct stream *stream, struct object *object, bool *ended,
	struct err *err);

/* What messages call the operand `path`. */
const char *stream_name(const char *path);

#endif
