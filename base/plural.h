/* The singular or plural of a word after a count. */
#ifndef BASE_PLURAL_H
#define BASE_PLURAL_H

#include <stdint.h>

/* `one` for 1, else `many`. */
static inline const char *
plural(uint64_t count, const char *one, const char *many)
{
	return count == 1 ? one : many;
}

/* The ending of most words: file%s. */
static inline const char *
plural_s(uint64_t count)
{
	return plural(count, "", "s");
}

#endif
