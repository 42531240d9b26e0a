/*
 * The stat cache: what the files of a build were when they were last read, so
 * that those that have not changed since need not be read again. It is never
 * needed: the manifest is the same with it, without it, and whatever became
 * of it.
 *
 * A file is taken for unchanged where its size, mtime, ctime (nanoseconds),
 * inode and device are those of the row for its key, and the row is not racily
 * clean: a file that changes twice within one tick of the file system's clock
 * keeps its times, so rows whose mtime or ctime is not older than the cache's
 * own time count for nothing. That time is the file system's, from the
 * temporary file that is made before the first object is looked at: whatever
 * changes a file after that gives it no older ctime.
 *
 * ASSUMPTION: the file systems of the build and of the cache take their time
 * from one clock. Where they are two, rows must be older by CACHE_TICK_SECONDS_MAX: the
 * build's may count in larger ticks.
 *
 * ASSUMPTION: whatever changes a file gives it a new ctime. Two things don't:
 * a clock that is set back to the very tick in which the file was read, and a
 * page that a process has mapped and wrote to before, as long as the system
 * has not written it out. A build must not be written so while it is read.
 *
 * The file, in the machine's byte order, each part a multiple of eight bytes:
 *
 *	struct cache_header
 *	index	2^bits numbers of 32 bits: a row's place plus one stands at the
 *		upper bits of the number of its key, or in the next free place
 *		behind; 0 is a free place, and a third of them are at least
 *	rows	struct cache_row, in the order in which a walk comes to them: so
 *		the next one is mostly the one that is looked for next
 *	XXH3-128 of every byte before it, in canonical form
 *
 * It is read whole and not parsed. One that is damaged, cut, of another machine
 * or another version is ignored, whole. It is not mapped: whoever copied another
 * one over it would then change rows whose checksum was right, or end the
 * process.
 *
 * Life: begin, find and add while a build is read, commit, release.
 */
#ifndef MANIFEST_CACHE_H
#define MANIFEST_CACHE_H

#include <stdbool.h>
#include <sys/stat.h>

#include "manifest/fingerprint.h"

enum {
	CACHE_TICK_SECONDS_MAX =
		2, /* seconds: FAT's tick, the largest there is */
};

struct cache_header {
	char magic[16];
	uint64_t order; /* CACHE_ORDER where the byte order is ours */
	uint64_t bits; /* of the number of places */
	uint64_t count; /* of rows */
	int64_t time; /* the cache's own, in nanoseconds */
	uint64_t device; /* whose clock that is */
};

struct cache_row {
	uint64_t number; /* key_number of the key */
	uint64_t device, inode, size;
	int64_t mtime, ctime; /* nanoseconds */
	unsigned char fingerprint[FINGERPRINT_SIZE];
};

/* What one thread has read anew. */
struct cache_rows {
	struct cache_row *list;
	size_t count, capacity;
};

struct cache {
	/* the old one, until a build was read to its end; or NULL */
	unsigned char *bytes; /* of its file */
	const struct cache_header *old;
	const uint32_t *index;
	const struct cache_row *rows;
	unsigned char *used; /* for each row: it was found */

	/* the new one */
	char *path, *temporary;
	int fd; /* of the temporary file, locked; -1 where none is written */
	int64_t time;
	uint64_t device, inode; /* of the temporary file */
	uint64_t old_device, old_inode; /* of the old one, damaged or not */
	bool foreign; /* what is at `path` is no cache, and must stay */
	struct cache_rows fresh;
	bool written; /* a build was read to its end, and is in the new one */
	struct err err; /* why it is not, where that failed */
};

#define CACHE_INIT       \
	{                \
		.fd = -1 \
	}

/*
 * Read the cache at `path`, where there is one, and with `write` make ready to
 * replace it. The cache can be used after a failure too: `why` says what is
 * ignored or will not be written. A file that never was a cache stays as it is.
 */
int cache_begin(
	struct cache *cache, const char *path, bool write, struct err *why);
void cache_release(struct cache *cache);

/*
 * Is the file that stat says is at this key known? Then its fingerprint. Any
 * number of threads at once, each with a *next of its own, 0 at first: the row
 * that is tried first.
 */
bool cache_find(struct cache *cache, size_t *next, const char *key, size_t len,
	const struct stat *st, unsigned char fingerprint[FINGERPRINT_SIZE]);

/* Is this the cache itself, the old one or the new? */
bool cache_is(const struct cache *cache, const struct stat *st);

/*
 * A build is read, again maybe: forget what was found before. Where a part of
 * it is read, the rows of the others are kept, but for those that count for
 * nothing: in a younger cache they would.
 */
void cache_restart(struct cache *cache, const struct shard *shard);

/* A file was read; `st` is from before that. -1 where there is no memory. */
int cache_rows_add(struct cache_rows *rows, const char *key, size_t len,
	const struct stat *st,
	const unsigned char fingerprint[FINGERPRINT_SIZE]);

/* Move rows into the cache. -1 where there is no memory. */
int cache_take(struct cache *cache, struct cache_rows *rows);

/*
 * The build was read to its end: what was not found is gone. Where something
 * is new, the new file is written, and the rows leave memory.
 */
void cache_finish(struct cache *cache);

/* Let the new file take the old one's place, or say why it could not be. */
int cache_commit(struct cache *cache, struct err *err);

#endif
