/* Hexadecimal digits, in lower case. */
#ifndef BASE_HEX_H
#define BASE_HEX_H

#include <stddef.h>

/* Write `len` bytes as 2 * len digits and a NUL. */
void hex_encode(char *out, const unsigned char *bytes, size_t len);

/*
 * Read 2 * len lower-case digits into `len` bytes. Returns 0, or -1 at the
 * first other character; since it stops there, `digits` may be shorter if it
 * ends in a NUL. Sets no err.
 */
int hex_decode(unsigned char *out, const char *digits, size_t len);

#endif
