/*
 * Sorts names by their bytes.
 *
 * Fill a list with sort_name, sort it with sort_names, then read each `index`:
 * it says which of the caller's names comes at this place.
 */
#ifndef MANIFEST_SORT_NAMES_H
#define MANIFEST_SORT_NAMES_H

#include <stddef.h>
#include <stdint.h>

struct sort_name {
	uint64_t bytes; /* the next eight, as a number; zeros after its end */
	const char *rest; /* the name after those, NUL-terminated */
	uint32_t left; /* the length of the rest */
	uint32_t index; /* the caller's */
};

/*
 * Make an element of the list. The name is borrowed; it ends with a NUL and
 * contains no other.
 */
struct sort_name sort_name(const char *name, size_t len, size_t index);

/* Sort by the names' bytes (memcmp). Afterwards only `index` is meaningful. */
void sort_names(struct sort_name *list, size_t count);

#endif
