/* Counts with the word that they take. */
#ifndef BASE_PLURAL_H
#define BASE_PLURAL_H

#include <stdint.h>

static inline const char *
plural(uint64_t count, const char *one, const char *many)
{
	return count == 1 ? one : many;
}

/* What most words do: behind one that is printed for a count. */
static inline const char *
plural_s(uint64_t count)
{
	return plural(count, "", "s");
}

#endif
