/*
 * Reads a manifest one object at a time, as strictly as manifest_parse and in
 * constant memory: from a file, or from a pipe that another process writes.
 *
 * An error is found only when its line is read. What a stream returns before
 * its end is therefore not verified yet: a missing part or a wrong SHA-256 is
 * noticed at the end line.
 *
 * Life: begin or open, next... until *ended, close.
 */
#ifndef MANIFEST_MANIFEST_STREAM_H
#define MANIFEST_MANIFEST_STREAM_H

#include "base/buf.h"
#include "base/read_buffer.h"
#include "base/sha256.h"
#include "manifest/object.h"
#include "manifest/shard.h"

struct manifest_stream {
	const char *name; /* for messages; borrowed */
	int fd;
	struct read_buffer buffer;
	struct sha256 hash; /* of the lines so far */
	struct buf last; /* the key of the object before */
	size_t line; /* the number of the line that was read last */
	size_t count; /* of objects */
	struct shard shard; /* which part it is: what the first line says */
	char digits[SHA256_HEX_SIZE]; /* the manifest hash, set at the end */
};

/*
 * Read a file that is open at its start; the stream takes `fd`. Every message
 * begins with `name`, which must outlive the stream. Close it even after a
 * failure.
 */
int manifest_stream_begin(struct manifest_stream *stream, int fd,
	const char *name, struct err *err);

/*
 * Open `path` and read it; "-" is standard input. ERR_INPUT for a folder, a
 * device, or a file that does not begin like a manifest.
 */
int manifest_stream_open(
	struct manifest_stream *stream, const char *path, struct err *err);

/* After either: refuse what is only a part of a build (ERR_INPUT). */
int manifest_stream_check_whole(
	const struct manifest_stream *stream, struct err *err);
void manifest_stream_close(struct manifest_stream *stream);

/*
 * The next object; its key stays valid until the next call. After the last one
 * sets *ended instead: the end line was right, and nothing follows it.
 */
int manifest_stream_next(struct manifest_stream *stream, struct object *object,
	bool *ended, struct err *err);

/* What messages call the operand `path`. */
const char *manifest_stream_name(const char *path);

#endif
