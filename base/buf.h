/*
 * A growing byte buffer with a maximum.
 *
 * The maximum is given at init, so input from outside can never make a buffer
 * grow beyond what its reader considers reasonable. A failed append (over the
 * maximum, or out of memory) sticks: later appends do nothing, and buf_check()
 * reports it. So a writer appends freely and checks once, at the end. A reader
 * that forgets to check stops at the assertion in buf_str().
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>

#include "base/err.h"

struct buf {
	char *data; /* NUL-terminated unless NULL; may contain NULs itself */
	size_t len;
	size_t cap;
	size_t used; /* the most that len has been since buf_init */
	size_t max; /* len never exceeds this */
	enum err_code failed; /* ERR_NONE, ERR_INPUT (maximum), ERR_MEMORY */
};

void buf_init(struct buf *buf, size_t max);

/* Free the memory. The buffer is then empty and can be used again. */
void buf_release(struct buf *buf);

/* Empty it but keep the memory, and forget any failure. */
void buf_clear(struct buf *buf);

/*
 * Overwrite all that was ever in its memory, which may hold secrets, and release
 * it. Room that was reserved and not used costs nothing.
 */
void buf_wipe(struct buf *buf);

/* Shorten it to `len` bytes if it is longer, and forget any failure. */
void buf_cut(struct buf *buf, size_t len);

/*
 * Allocate room for `more` bytes at once, if their number is known in advance.
 */
void buf_reserve(struct buf *buf, size_t more);

void buf_add(struct buf *buf, const void *data, size_t len);
void buf_addstr(struct buf *buf, const char *text);
void buf_addch(struct buf *buf, char c);
void buf_addf(struct buf *buf, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Returns 0, or -1 if an append has failed since init, clear or cut. */
int buf_check(const struct buf *buf, struct err *err);

/* An emit_fn (base/emit.h) that appends to the `struct buf` at `to`. */
int buf_emit(void *to, const void *bytes, size_t len, struct err *err);

/*
 * Append the content of another buffer. If that has failed, this one fails in
 * the same way, so it is not mistaken for the whole.
 */
void buf_append(struct buf *buf, const struct buf *more);

/*
 * The content as a C string that the caller frees; NULL if an append has failed,
 * or without memory. Releases the buffer in any case.
 */
char *buf_detach(struct buf *buf, struct err *err);

/*
 * The content as a C string, "" if nothing was added; the buffer owns it. The
 * buffer must not have failed: call buf_check() first.
 */
const char *buf_str(const struct buf *buf);

/*
 * As buf_str, for messages only: of a buffer that has failed, what did fit, or
 * "(no memory)" if there is nothing.
 */
const char *buf_shown(const struct buf *buf);

#endif
