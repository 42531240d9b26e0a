/*
 * A buffer for reading a file from start to end. It holds the bytes that the
 * caller is looking at and some that were read ahead. If the caller must see
 * more at once, it grows up to a maximum, so memory stays bounded however long
 * the file is.
 *
 *   read_buffer_open(&buffer, fd, max, err);
 *   while (read_buffer_fill(&buffer, want, err) == 0 &&
 *           read_buffer_len(&buffer) > 0) {
 *           ... read_buffer_data(&buffer), read_buffer_len(&buffer) ...
 *           read_buffer_consume(&buffer, used);
 *   }
 *   read_buffer_release(&buffer);
 */
#ifndef BASE_READ_BUFFER_H
#define BASE_READ_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"

struct read_buffer {
	int fd; /* borrowed */
	off_t from, to; /* the part still to be read; `to` is -1 for all */
	char *data;
	size_t at, end; /* the buffered bytes are between these */
	size_t size, max;
	bool ended; /* the end of the file or part was reached */
};

/*
 * Read everything that read(2) returns; the file may be a pipe. Fails only if
 * out of memory. Release the buffer even after a failure.
 */
int read_buffer_open(
	struct read_buffer *buffer, int fd, size_t max, struct err *err);

/* Read a part with pread(2), so that several buffers can share a descriptor. */
int read_buffer_open_part(struct read_buffer *buffer, int fd, off_t from,
	off_t to, size_t max, struct err *err);
void read_buffer_release(struct read_buffer *buffer);

/*
 * Buffer at least `want` bytes (up to the maximum), or all that are left if
 * there are fewer. Buffered bytes may move. Fails with ERR_SYSTEM "cannot read"
 * or ERR_MEMORY.
 */
int read_buffer_fill(struct read_buffer *buffer, size_t want, struct err *err);

/* The buffered bytes, and their number. */
static inline char *
read_buffer_data(const struct read_buffer *buffer)
{
	return buffer->data + buffer->at;
}

static inline size_t
read_buffer_len(const struct read_buffer *buffer)
{
	return buffer->end - buffer->at;
}

/* Drop the first `len` buffered bytes; they stay valid until the next fill. */
static inline void
read_buffer_consume(struct read_buffer *buffer, size_t len)
{
	buffer->at += len;
}

#endif
