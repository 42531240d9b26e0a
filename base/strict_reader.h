/*
 * What readers of documents share: the first failure sticks, and what is read
 * after it is empty, so a caller reads freely and checks once, at the end.
 *
 * Life: init, read, alloc and fail..., finish.
 */
#ifndef BASE_STRICT_READER_H
#define BASE_STRICT_READER_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct strict_reader {
	struct arena *texts; /* owns what is read */
	enum err_code code; /* of a document that is not as it must be */
	struct err err; /* the first failure */
};

void strict_reader_init(
	struct strict_reader *reader, struct arena *texts, enum err_code code);

/* Returns 0, or -1 with the first failure. */
int strict_reader_finish(const struct strict_reader *reader, struct err *err);

/* Note a failure, unless there was one before. */
void strict_reader_fail(struct strict_reader *reader, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* `size` bytes of zeros; NULL after a failure. */
void *strict_reader_alloc(struct strict_reader *reader, size_t size);

#endif
