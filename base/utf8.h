/* UTF-8: how long characters are, and whether a reader sees them. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The length (1 to 4) of the well-formed UTF-8 character (RFC 3629: no
 * surrogates, no overlong forms, up to U+10FFFF) at bytes; 0 if there is none
 * or len is 0.
 */
size_t utf8_length(const char *bytes, size_t len);

/* The code point of a well-formed character of that length. */
uint32_t utf8_code_point(const char *at, size_t len);

/* Is the whole text well-formed UTF-8? */
bool utf8_is_valid(const char *bytes, size_t len);

/*
 * The length of the character at `bytes` if a reader does not see it, or if it
 * changes how others look: a control character, or one of Unicode's spaces,
 * joiners, selectors, direction marks and the like. 0 for any other character,
 * including the space (0x20), and for bytes that are not UTF-8.
 */
size_t utf8_unseen(const char *bytes, size_t len);

#endif
