/* UTF-8: the lengths of characters, and which of them are invisible. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The length (1 to 4) of the well-formed UTF-8 character (RFC 3629: no
 * surrogates, no overlong forms, up to U+10FFFF) at `bytes`; 0 if there is no
 * such character or `len` is 0.
 */
size_t utf8_length(const char *bytes, size_t len);

/* The code point of the well-formed character of `len` bytes at `at`. */
uint32_t utf8_code_point(const char *at, size_t len);

/* Is the whole text well-formed UTF-8? */
bool utf8_is_valid(const char *bytes, size_t len);

/*
 * The length of the character at `bytes` if it is invisible or changes how
 * others look: a control character, or one of Unicode's spaces, joiners,
 * selectors, direction marks and the like. 0 for any other character, including
 * the space (0x20), and for bytes that are not UTF-8.
 */
size_t utf8_unseen(const char *bytes, size_t len);

#endif
