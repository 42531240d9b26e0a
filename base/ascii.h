/* ASCII text, independent of the locale. */
#ifndef BASE_ASCII_H
#define BASE_ASCII_H

#include <stdbool.h>

/* The lower-case letter of an upper-case one; any other byte as it is. */
static inline char
ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Does `text` contain `wanted`, whatever the case of the letters in either? */
bool ascii_contains_ignoring_case(const char *text, const char *wanted);

#endif
