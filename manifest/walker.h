/*
 * A walk through a folder: what its threads share, and what each of them has of
 * its own. manifest/walk.c lists folders, manifest/walk_entry.c reads what their
 * entries stand for.
 */
#ifndef MANIFEST_WALKER_H
#define MANIFEST_WALKER_H

#include <stdatomic.h>

#include "base/buf.h"
#include "base/thread_pool.h"
#include "manifest/build_options.h"
#include "manifest/file_hash.h"
#include "manifest/manifest.h"
#include "manifest/walk_batch.h"
#include "manifest/walk_folders.h"

/* Kinds of tasks. */
enum { TASK_FOLDER, TASK_BATCH };

/* What all threads share. */
struct walk {
	const struct build_options *options;
	struct walk_folder top;
	struct stat top_stat;
	struct thread_pool pool;
	struct walk_folders folders;
	atomic_size_t linked; /* folders that were reached through links */

	/* the error with the smallest key so far */
	pthread_mutex_t lock;
	atomic_bool failed;
	struct buf failed_key;
	struct err err;
};

/* What one thread has of its own. */
struct walker {
	struct walk *walk;
	struct manifest manifest; /* the objects it has found */
	struct arena arena; /* folders and their keys */
	struct file_hash file_hash;
	struct cache_rows rows; /* of the files it has hashed */
	size_t cache_next; /* the cache's row to be tried first */
	struct buf key; /* of the entry being read */
	struct walk_batch batch; /* being filled */
};

int walker_init(struct walker *walker, struct walk *walk, struct err *err);
void walker_release(struct walker *walker);

/*
 * Set the key to that of the folder; or to the beginning of its entries' keys,
 * whose length is returned.
 */
void walker_set_key(struct walker *walker, const struct walk_folder *folder);
size_t walker_set_prefix(
	struct walker *walker, const struct walk_folder *folder);

/*
 * After an error the walk continues among the keys before the one that failed,
 * so that the error reported is the one with the smallest key, whatever the
 * number of threads. Does walker->key come after the key that failed?
 */
bool walker_is_past_failure(struct walker *walker);

/* Keep an error of walker->key, unless one of a smaller key is kept already. */
void walker_fail(struct walker *walker, struct err *err);

#endif
