/*
 * A window on a file that is read from one end to the other: so much of it as
 * is being looked at, and what was read ahead. It grows where more has to be
 * looked at at once, up to a maximum, so memory stays bounded however long the
 * file is.
 */
#ifndef BASE_WINDOW_H
#define BASE_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"

struct window {
	int fd; /* borrowed */
	off_t from, to; /* what is still to be read; `to` is -1 for all */
	char *data;
	size_t at, end; /* at hand is what stands between them */
	size_t size, most;
	bool ended; /* nothing is left to be read */
};

/*
 * On all that read(2) gives, which may be a pipe; or with pread(2) on a part,
 * so that many windows can share a descriptor. Release also after a failure.
 */
int window_open(struct window *window, int fd, size_t most, struct err *err);
int window_open_part(struct window *window, int fd, off_t from, off_t to,
	size_t most, struct err *err);
void window_release(struct window *window);

/*
 * Have `want` bytes (up to the maximum) at hand, or as many as there are.
 * What was at hand may move. ERR_SYSTEM "cannot read".
 */
int window_fill(struct window *window, size_t want, struct err *err);

static inline char *
window_at(const struct window *window)
{
	return window->data + window->at;
}

static inline size_t
window_have(const struct window *window)
{
	return window->end - window->at;
}

/* The first `len` bytes at hand are done with; they stay until the next fill. */
static inline void
window_use(struct window *window, size_t len)
{
	window->at += len;
}

#endif
