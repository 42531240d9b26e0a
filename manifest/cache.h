/*
 * The stat cache: the metadata and fingerprints of a build's files from when
 * they were last read, so that unchanged files need not be read again. It is
 * never required: the manifest is the same with it, without it, and with a
 * damaged one.
 *
 * A file counts as unchanged if its size, mtime, ctime (nanoseconds), inode and
 * device equal those in the row for its key, and the row is not racily clean: a
 * file that changes twice within one tick of the file system's clock keeps its
 * times, so rows whose mtime or ctime is not older than the cache's own time
 * are not used. That time is the file system's, taken from the temporary file,
 * which is created before the first object is looked at: any later change gives
 * a file a ctime that is not older.
 *
 * ASSUMPTION: the file systems of the build and of the cache use one clock. If
 * they are two file systems, rows must be older by CACHE_TICK_SECONDS_MAX,
 * since that of the build may have longer ticks.
 *
 * ASSUMPTION: every change gives a file a new ctime. There are two exceptions:
 * a clock that is set back to the very tick in which the file was read, and a
 * write to a page that a process has mapped and written to before, until the
 * system writes that page out. A build must not be written like this while it
 * is read.
 *
 * Life: begin; restart, find and take while a build is read; finish; commit;
 * release.
 */
#ifndef MANIFEST_CACHE_H
#define MANIFEST_CACHE_H

#include <stdbool.h>
#include <sys/stat.h>

#include "manifest/cache_file.h"
#include "manifest/shard.h"

enum {
	CACHE_TICK_SECONDS_MAX = 2, /* the tick of FAT, the largest known */
};

/* The files that one thread has read. */
struct cache_rows {
	struct cache_row *list;
	size_t count, capacity;
};

struct cache {
	/* the old cache, until a build has been read */
	struct cache_file old;
	unsigned char *used; /* for each of its rows: 1 if it was found */

	/* the new cache */
	char *path, *temporary;
	int fd; /* of the temporary file, locked; -1 if none is written */
	int64_t time;
	uint64_t device, inode; /* of the temporary file */
	struct cache_rows fresh; /* files that were not in the old cache */
	bool written; /* a build has been read, and is in the new file */
	struct err err; /* why writing failed */
};

#define CACHE_INIT       \
	{                \
		.fd = -1 \
	}

/*
 * Read the cache at `path`, if there is one, and with `write` prepare to
 * replace it. A failure is not fatal: the cache can be used nevertheless, and
 * `why` says what is ignored or will not be written. A file that is not a cache
 * stays as it is. Release it even after a failure.
 */
int cache_begin(
	struct cache *cache, const char *path, bool write, struct err *why);
void cache_release(struct cache *cache);

/*
 * Look up the file with this key and metadata. If the cache knows it, set its
 * fingerprint and return true. Any number of threads may call this at once,
 * each with its own *next, initially 0: the index of the row to try first.
 */
bool cache_find(struct cache *cache, size_t *next, const char *key, size_t len,
	const struct stat *st, unsigned char fingerprint[FINGERPRINT_SIZE]);

/* How many files does the old cache know? */
size_t cache_count(const struct cache *cache);

/* Is this file the cache itself, the old one or the new one? */
bool cache_is(const struct cache *cache, const struct stat *st);

/*
 * Call this before a build is read, or is read again: it forgets what was
 * found. If only a shard is read, the rows of other shards are kept, except
 * racily clean ones: in a newer cache they would seem clean.
 */
void cache_restart(struct cache *cache, const struct shard *shard);

/*
 * Add a file that was read; `st` is its metadata from before. -1 if memory runs
 * out.
 */
int cache_rows_add(struct cache_rows *rows, const char *key, size_t len,
	const struct stat *st,
	const unsigned char fingerprint[FINGERPRINT_SIZE]);

/* Move rows into the cache. -1 if memory runs out. */
int cache_take(struct cache *cache, struct cache_rows *rows);

/*
 * Call this after a build has been read: files that were not found are gone. If
 * anything has changed, write the new file. Frees the rows.
 */
void cache_finish(struct cache *cache);

/* Replace the old file with the new one, if that was written. */
int cache_commit(struct cache *cache, struct err *err);

#endif
