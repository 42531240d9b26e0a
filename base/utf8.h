/* Characters of UTF-8: where they end, and whether a reader sees them. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The length (1 to 4) of the well-formed UTF-8 character (RFC 3629: no
 * surrogates, no over-long forms, up to U+10FFFF) at bytes; 0 where there is
 * none or len is 0.
 */
size_t utf8_length(const char *bytes, size_t len);

/* The code point of a well-formed character of that length. */
uint32_t utf8_code_point(const char *at, size_t len);

/* Is all of it well-formed UTF-8? */
bool utf8_is_valid(const char *bytes, size_t len);

/*
 * The length of a well-formed character at `bytes` that a reader doesn't see,
 * or that changes what they see of others: a control, or one of Unicode's
 * spaces, joiners, selectors, marks of direction and the like; 0 for any other,
 * and for what is not UTF-8. A space (0x20) is seen.
 */
size_t utf8_unseen(const char *bytes, size_t len);

#endif
