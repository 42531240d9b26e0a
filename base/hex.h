/* Hexadecimal, in lower case. */
#ifndef BASE_HEX_H
#define BASE_HEX_H

#include <stddef.h>

/* Write `len` bytes as 2 * len digits and a NUL. */
void hex_encode(char *out, const unsigned char *bytes, size_t len);

/*
 * Read 2 * len lower-case digits into `len` bytes: 0, or -1 if it meets any
 * other character. It stops there, so `digits` may be shorter if a NUL ends it.
 * Sets no err.
 */
int hex_decode(unsigned char *out, const char *digits, size_t len);

#endif
