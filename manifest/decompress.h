/*
 * Decompresses a file in a thread of its own, and passes the bytes to another
 * thread.
 *
 * Between the two is a ring of blocks. The thread that is ahead waits, so
 * memory stays bounded by the ring, whatever the file's size. An error is
 * reported after the bytes that precede it, as it would be without a thread.
 *
 * Life: start, next... until 0 or -1, used, stop.
 */
#ifndef MANIFEST_DECOMPRESS_H
#define MANIFEST_DECOMPRESS_H

#include <stdint.h>
#include <sys/types.h>

#include "base/portable.h"

struct archive;
struct decompressor;
struct progress;

/*
 * Enable the compressions that a build may have (gzip, bzip2, xz, zstd) in
 * `archive`. Returns libarchive's status.
 */
int decompress_support(struct archive *archive);

/*
 * Begin to decompress the open file, from its current position on, in a locale
 * that outlives the thread. The bytes of the file that are used are added to
 * the progress. NULL if the thread cannot be created, if memory runs out, or if
 * the file is damaged at its beginning: reading it without a thread shows
 * which.
 */
struct decompressor *decompress_start(
	int fd, locale_t locale, struct progress *progress);

/*
 * The next block and its length; it stays valid until the next call. 0 at the
 * end, -1 for a failure: `archive` then has libarchive's error.
 */
ssize_t decompress_next(
	struct decompressor *d, struct archive *archive, const void **block);

/* After the end: how many bytes of the file were used. */
int64_t decompress_used(const struct decompressor *d);

/* End the thread and free everything, at any time. NULL is allowed. */
void decompress_stop(struct decompressor *d);

#endif
