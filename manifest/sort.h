/* Sorts objects by key, and names. */
#ifndef MANIFEST_SORT_H
#define MANIFEST_SORT_H

#include "manifest/manifest.h"

/* A name to be sorted, and what it is the name of. */
struct sort_name {
	uint64_t bytes; /* eight of it, as a number; zeros behind its end */
	const char *rest; /* of it, behind these; NUL-terminated */
	uint32_t left; /* its length */
	uint32_t index; /* the caller's */
};

/* A name (no NUL in it, one behind it) as it is before the sorting. */
struct sort_name sort_name(const char *name, size_t len, size_t index);

/* By the names' bytes (memcmp). Afterwards only `index` has a meaning. */
void sort_names(struct sort_name *list, size_t count);

/*
 * By the keys' bytes (memcmp). Objects that come in ascending runs, as a walk
 * finds them, take little more than one comparison each. The array may become
 * another one, of `count` objects. -1 where there is no memory.
 */
int objects_sort(struct object **objects, size_t count);

#endif
