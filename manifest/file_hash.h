/*
 * Reads an open regular file to its fingerprint.
 *
 * A file that changes in the meantime is an error, never a wrong fingerprint:
 * its size and times must be the same before and after, and that many bytes
 * must have been read.
 */
#ifndef MANIFEST_FILE_HASH_H
#define MANIFEST_FILE_HASH_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/progress.h"
#include "base/tally.h"
#include "manifest/fingerprint.h"

/* The state of one thread that hashes files. */
struct file_hash {
	char *piece; /* bytes being read; a small file fits */
	struct fingerprint state; /* of a large file */
	struct tally tally; /* of bytes; the caller counts the files */
	bool lfs_pointer; /* what was read last is one */
};

/*
 * The bytes that are read are added to `progress` (NULL for none), the last of
 * them on release. Release even after a failure.
 */
int file_hash_init(
	struct file_hash *hash, struct progress *progress, struct err *err);
void file_hash_release(struct file_hash *hash);

/*
 * Hash a file from its current position; `before` is what fstat returned for
 * it. Errors don't name the file: the caller adds its key.
 */
int file_hash_read(struct file_hash *hash, int fd, const struct stat *before,
	unsigned char fingerprint[FINGERPRINT_SIZE], struct err *err);

/* Are the file's size and times still the same? */
bool file_hash_is_unchanged(
	const struct stat *before, const struct stat *after);

#endif
