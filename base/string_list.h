/* A list of strings that others own. */
#ifndef BASE_STRING_LIST_H
#define BASE_STRING_LIST_H

#include <stddef.h>

struct string_list {
	const char **items; /* the array is the list's, the strings are not */
	size_t count;
};

#endif
