/*
 * Decompresses a file on a thread of its own, for another to take the bytes.
 *
 * Between the two stands a ring of blocks: the one that is ahead waits, so the
 * memory is the ring's, whatever the file holds. An error comes where the
 * bytes before it end, as it would without a thread.
 */
#ifndef MANIFEST_UNPACK_H
#define MANIFEST_UNPACK_H

#include <locale.h>
#include <stdint.h>
#include <sys/types.h>

struct archive;
struct progress;
struct unpack;

/* Let libarchive know the compressions that a build may have; its status. */
int unpack_support(struct archive *archive);

/*
 * Begin to decompress the open file, from where it stands, in a locale that
 * outlives it. NULL where there is no thread, or no memory, to be had, or the
 * file's beginning is damaged: without a thread it comes out which. The bytes
 * of the file that were used are counted.
 */
struct unpack *unpack_start(int fd, locale_t locale, struct progress *progress);

/*
 * The next block, which stays until the next call; 0 at the end, -1 for a
 * failure: `archive` then has what libarchive said.
 */
ssize_t unpack_next(
	struct unpack *unpack, struct archive *archive, const void **block);

/* After the end: the bytes of the file that were used. */
int64_t unpack_used(const struct unpack *unpack);

/* At any time, and with NULL. */
void unpack_stop(struct unpack *unpack);

#endif
