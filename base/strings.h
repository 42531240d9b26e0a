/* Arrays of C strings. */
#ifndef BASE_STRINGS_H
#define BASE_STRINGS_H

#include <stddef.h>

/* Sort by the strings' bytes (strcmp). */
void strings_sort(const char **list, size_t count);

#endif
