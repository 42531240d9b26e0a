/* The stat cache's file: see manifest/cache.h for its form. */
#ifndef MANIFEST_CACHE_FILE_H
#define MANIFEST_CACHE_FILE_H

#include "manifest/cache.h"

/* Read the old one; 0 also where there is none. `why` it is ignored. */
int cache_file_read(struct cache *cache, struct err *why);
void cache_file_forget(struct cache *cache);

/* What was found in the old one and what is new, to the temporary file. */
int cache_file_write(struct cache *cache, struct err *err);

#endif
