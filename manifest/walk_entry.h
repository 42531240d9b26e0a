/* Reads one entry of a folder: a file, a folder, or a link to either. */
#ifndef MANIFEST_WALK_ENTRY_H
#define MANIFEST_WALK_ENTRY_H

#include "manifest/walker.h"

/*
 * Read the entry `name`, of readdir's type `type`, of a folder that is in use
 * and open as `fd`: add its object to the walker's manifest, or push a task to
 * the pool if it is a folder. Errors don't name the key, which is walker->key.
 */
int walk_entry_read(struct walker *walker, struct walk_folder *folder, int fd,
	const char *name, unsigned char type, struct err *err);

#endif
