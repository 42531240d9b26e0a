/*
 * A window on a file that is read from one end to the other: so much of it as
 * is being looked at, and what was read ahead. It grows where more has to be
 * looked at at once, up to a maximum, so memory stays bounded however long the
 * file is.
 */
#ifndef BASE_READ_BUFFER_H
#define BASE_READ_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"

struct read_buffer {
	int fd; /* borrowed */
	off_t from, to; /* what is still to be read; `to` is -1 for all */
	char *data;
	size_t at, end; /* at hand is what stands between them */
	size_t size, max;
	bool ended; /* nothing is left to be read */
};

/*
 * On all that read(2) gives, which may be a pipe; or with pread(2) on a part,
 * so that many windows can share a descriptor. Release also after a failure.
 */
int read_buffer_open(
	struct read_buffer *buffer, int fd, size_t max, struct err *err);
int read_buffer_open_part(struct read_buffer *buffer, int fd, off_t from,
	off_t to, size_t max, struct err *err);
void read_buffer_release(struct read_buffer *buffer);

/*
 * Have `want` bytes (up to the maximum) at hand, or as many as there are.
 * What was at hand may move. ERR_SYSTEM "cannot read".
 */
int read_buffer_fill(struct read_buffer *buffer, size_t want, struct err *err);

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

/* The first `len` bytes at hand are done with; they stay until the next fill. */
static inline void
read_buffer_consume(struct read_buffer *buffer, size_t len)
{
	buffer->at += len;
}

#endif
