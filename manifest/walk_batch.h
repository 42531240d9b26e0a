/*
 * A batch: names from one folder, mostly of files, that one thread reads. The
 * names are in the batch itself, so it can be handed to another thread.
 */
#ifndef MANIFEST_WALK_BATCH_H
#define MANIFEST_WALK_BATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/thread_pool.h"
#include "manifest/walk_folders.h"

enum {
	WALK_BATCH_MAX = 256, /* names: at least a millisecond of work */
	WALK_BATCH_BYTES = 16 * 1024, /* of names, with their NULs */
};

struct walk_batch {
	struct task task;
	struct walk_folder *folder;
	size_t next; /* the index of the first name not yet read */
	size_t count, bytes;
	unsigned char types[WALK_BATCH_MAX]; /* readdir's */
	unsigned short starts[WALK_BATCH_MAX];
	char names[WALK_BATCH_BYTES];
};

/* Clear a batch so that it can take names from this folder. */
void walk_batch_begin(struct walk_batch *batch, struct walk_folder *folder);

const char *walk_batch_name(const struct walk_batch *batch, size_t i);

/* Append a name of readdir's type `type`; false if there is no room for it. */
bool walk_batch_add(
	struct walk_batch *batch, const char *name, unsigned char type);

/*
 * Sort the names: objects that are found in the order of the manifest need no
 * sorting later, and are in order in the stat cache too.
 */
void walk_batch_sort(struct walk_batch *batch);

/*
 * Move the names from index `from` on to a new batch, to be freed. NULL if
 * memory runs out.
 */
struct walk_batch *walk_batch_split(struct walk_batch *batch, size_t from);

#endif
