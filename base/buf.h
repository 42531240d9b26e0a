/*
 * A growing byte buffer with a maximum.
 *
 * The maximum is given at init: input from outside can never make a buffer
 * grow past what its reader thought reasonable. A failed append (over the
 * maximum, or no memory) sticks: later appends do nothing, and buf_check()
 * says what happened. So writers append freely and check once at the end.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>

#include "base/err.h"

struct buf {
	char *data; /* NUL-terminated where not NULL; may hold NULs itself */
	size_t len;
	size_t cap;
	size_t max; /* len never passes this */
	enum err_code failed; /* ERR_NONE, ERR_INPUT (maximum), ERR_MEMORY */
};

void buf_init(struct buf *buf, size_t max);
void buf_release(struct buf *buf); /* and init again, with the same max */
void buf_clear(struct buf *buf); /* empty it, keep the memory, forgive */
void buf_wipe(struct buf *buf); /* overwrite what it held, then release */

/* Cut it to its first `len` bytes, where it is longer; forgive. */
void buf_cut(struct buf *buf, size_t len);

/* Room for `more` bytes at once, where it is known how much will come. */
void buf_reserve(struct buf *buf, size_t more);

void buf_add(struct buf *buf, const void *data, size_t len);
void buf_addstr(struct buf *buf, const char *text);
void buf_addch(struct buf *buf, char c);
void buf_addf(struct buf *buf, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* 0, or -1 where an append failed since init or the last clear. */
int buf_check(const struct buf *buf, struct err *err);

/* An emit_fn (base/emit.h) that appends to the `struct buf` at `to`. */
int buf_emit(void *to, const void *bytes, size_t len, struct err *err);

/* The content as a C string: "" where nothing was added. */
const char *buf_str(const struct buf *buf);

#endif
