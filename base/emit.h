/* A consumer of bytes: a file, standard output, a hash, a buffer. */
#ifndef BASE_EMIT_H
#define BASE_EMIT_H

#include <stddef.h>

#include "base/err.h"

/*
 * Consume `len` bytes, which still belong to the caller. A producer calls this
 * for each piece in order, with the same `to`, and stops at the first failure.
 */
typedef int emit_fn(void *to, const void *bytes, size_t len, struct err *err);

#endif
