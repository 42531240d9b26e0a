/* ASCII text, independent of the locale. */
#ifndef BASE_ASCII_H
#define BASE_ASCII_H

#include <stdbool.h>

/*
 * Convert an upper-case letter to lower case; leave any other byte unchanged.
 */
static inline char
ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Does `text` contain `wanted`, ignoring the case of letters? */
bool ascii_contains_ignoring_case(const char *text, const char *wanted);

#endif
