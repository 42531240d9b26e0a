/* Sorts objects by key. */
#ifndef MANIFEST_OBJECT_SORT_H
#define MANIFEST_OBJECT_SORT_H

#include "manifest/object.h"

/*
 * Sort by the keys' bytes (memcmp). Objects that come in ascending runs, as a
 * walk finds them, need little more than one comparison each. *objects is from
 * malloc and may be replaced by another array of `count` objects. Returns -1 if
 * memory runs out; the objects are then as they were.
 */
int objects_sort(struct object **objects, size_t count);

#endif
