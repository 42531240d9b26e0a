/*
 * Decompresses a file on a thread of its own, for another thread to take the
 * bytes.
 *
 * Between the two is a ring of blocks. The thread that is ahead waits, so
 * memory stays bounded by the ring, whatever the file's size. An error is
 * reported after the bytes that precede it, as it would be without a thread.
 *
 * Life: start, next... until 0 or -1, used, stop.
 */
#ifndef MANIFEST_DECOMPRESS_H
#define MANIFEST_DECOMPRESS_H

#include <locale.h>
#include <stdint.h>
#include <sys/types.h>

struct archive;
struct decompressor;
struct progress;

/*
 * Enable the compressions that a build may have (gzip, bzip2, xz, zstd) in
 * `archive`. Returns libarchive's status.
 */
int decompress_support(struct archive *archive);

/*
 * Begin to decompress the open file, from its position on, in a locale that
 * outlives the thread. The bytes of the file that are used are added to the
 * progress. NULL if a thread or memory cannot be had, or if the file is damaged
 * at its beginning: reading without a thread will tell which.
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
