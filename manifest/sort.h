/* Sorts objects by key. */
#ifndef MANIFEST_SORT_H
#define MANIFEST_SORT_H

#include "manifest/manifest.h"

/* By the keys' bytes (memcmp). -1 where there is no memory. */
int objects_sort(struct object *objects, size_t count);

#endif
