/* A list of strings that others own. */
#ifndef BASE_STRING_LIST_H
#define BASE_STRING_LIST_H

#include <stddef.h>

struct string_list {
	const char **items; /* the list owns the array but not the strings */
	size_t count;
};

#endif
