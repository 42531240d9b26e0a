/*
 * What the threads of a walk have in common, and what each has of its own:
 * between manifest/walk.c, which lists folders and hands out their names, and
 * manifest/entry.c, which knows what a name stands for.
 */
#ifndef MANIFEST_WALKER_H
#define MANIFEST_WALKER_H

#include "base/buf.h"
#include "base/thread_pool.h"
#include "manifest/build.h"
#include "manifest/content.h"
#include "manifest/folders.h"

/* Kinds of tasks. */
enum { TASK_FOLDER, TASK_BATCH };

enum {
	BATCH_MAX = 256, /* names: a millisecond of work, or more */
	BATCH_BYTES = 16 * 1024, /* of names, with their NULs */
};

/* Names out of one folder, of files mostly. */
struct batch {
	struct task task;
	struct folder *folder;
	size_t at, count, bytes;
	unsigned char types[BATCH_MAX]; /* readdir's */
	unsigned short starts[BATCH_MAX];
	char names[BATCH_BYTES];
};

struct walk {
	const struct build_options *options;
	struct folder top;
	struct stat top_stat;
	struct thread_pool pool;
	struct folders folders;

	/* the error with the smallest key so far */
	pthread_mutex_t lock;
	atomic_bool failed;
	struct buf failed_key;
	struct err err;
};

/* One thread's own. */
struct walker {
	struct walk *walk;
	struct manifest manifest;
	struct arena arena; /* folders and their keys */
	struct content content;
	struct cache_rows rows; /* for the cache: what was read */
	size_t cache_next; /* its row that is tried first */
	struct buf key; /* of the entry at hand */
	struct batch batch;
};

/*
 * Read the entry `name`, of readdir's type `type`, of a folder that is in use
 * and open as `fd`: add its object to the walker's manifest, or push the task
 * that it is to the pool. Messages don't name the key, which the walker has.
 */
int walker_read_entry(struct walker *walker, struct folder *folder, int fd,
	const char *name, unsigned char type, struct err *err);

#endif
