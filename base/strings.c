/* Sorts C strings. */
#include "base/strings.h"

#include <stdlib.h>
#include <string.h>

static int
compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void
strings_sort(const char **list, size_t count)
{
	qsort(list, count, sizeof(*list), compare);
}
