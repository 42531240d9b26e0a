/* Chooses the singular or plural of a word after a count. */
#ifndef BASE_PLURAL_H
#define BASE_PLURAL_H

#include <stdint.h>

/* Returns `one` if the count is 1, else `many`. */
static inline const char *
plural(uint64_t count, const char *one, const char *many)
{
	return count == 1 ? one : many;
}

/* The plural ending of most words, for "file%s". */
static inline const char *
plural_s(uint64_t count)
{
	return plural(count, "", "s");
}

#endif
