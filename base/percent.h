/* Percent-encoding (RFC 3986, section 2.1). */
#ifndef BASE_PERCENT_H
#define BASE_PERCENT_H

#include <stddef.h>

#include "base/buf.h"

/*
 * Append `len` bytes of `text`. RFC 3986's unreserved characters and those in
 * `safe` are copied; every other byte, NUL included, becomes %XX with
 * upper-case digits.
 */
void percent_encode(
	struct buf *out, const char *text, size_t len, const char *safe);

/* The same for a string. */
void percent_encode_str(struct buf *out, const char *text, const char *safe);

/*
 * The byte that the text begins with in the form %XX, or -1. `text` has `len`
 * bytes, of which three are looked at.
 */
int percent_byte(const char *text, size_t len);

/*
 * Decode `len` bytes in place, and return how many there are then. A % without
 * two hex digits behind it stays.
 */
size_t percent_decode(char *text, size_t len);

#endif
