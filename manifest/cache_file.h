/*
 * The file of a stat cache (manifest/cache.h), read and written as a whole.
 *
 * In the machine's byte order, each part a multiple of eight bytes:
 *
 *	struct cache_header
 *	index	2^bits buckets of 32 bits. The bucket numbered by the upper bits
 *		of a key's hash, or the next free one after it, holds the number
 *		of the key's row, from 1. 0 is a free bucket, as at least a third
 *		of them are
 *	rows	struct cache_row, in the order in which a walk finds the files:
 *		the row to be looked up next is mostly the next one
 *	XXH3-128 of all bytes before it, in canonical form
 *
 * The file is read as a whole and used without parsing. A file that is damaged,
 * cut off, or from another kind of machine or another version is ignored. It is
 * not mapped into memory: copying another file over it would then change rows
 * after their checksum was verified, or kill the process.
 */
#ifndef MANIFEST_CACHE_FILE_H
#define MANIFEST_CACHE_FILE_H

#include "manifest/object.h"
#include "manifest/platform.h"

struct cache_header {
	char magic[16];
	uint64_t order; /* a constant that shows the byte order */
	uint64_t bits; /* the index has 2^bits buckets */
	uint64_t count; /* of rows */
	int64_t time; /* the cache's own, in nanoseconds */
	uint64_t device; /* whose clock that is */
};

struct cache_row {
	uint64_t key_hash; /* manifest/key_hash.h */
	uint64_t device, inode, size;
	int64_t mtime, ctime; /* nanoseconds */
	unsigned char fingerprint[FINGERPRINT_SIZE];
};

/* A file that was read. All pointers are into `bytes`. */
struct cache_file {
	unsigned char *bytes; /* the whole file */
	const struct cache_header *header; /* NULL if there is no cache */
	const uint32_t *index;
	const struct cache_row *rows;
	uint64_t device, inode; /* of the file, damaged or not */
	bool is_other; /* it is not a cache at all */
};

/*
 * Read the cache at `path`; 0 also if it does not exist. On failure `why` says
 * why the file is ignored, and header is NULL. Release in any case.
 */
int cache_file_read(struct cache_file *file, const char *path, struct err *why);

/* Free the cache; device, inode and is_other stay. */
void cache_file_release(struct cache_file *file);

/*
 * Overwrite the file `fd` with a cache of these rows, whose own time and clock
 * are `time` (nanoseconds) and `device`.
 */
int cache_file_write(int fd, int64_t time, uint64_t device,
	const struct cache_row **rows, size_t count, struct err *err);

#endif
