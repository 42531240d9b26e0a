/*
 * Reads one open regular file to its fingerprint.
 *
 * A file that changes meanwhile is an error, never a wrong fingerprint: its
 * size and its times must be the same before and after, and as many bytes must
 * have been read.
 */
#ifndef MANIFEST_CONTENT_H
#define MANIFEST_CONTENT_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/progress.h"
#include "base/tally.h"
#include "manifest/fingerprint.h"

/* What one thread reads with. */
struct content {
	char *piece; /* a small file is read into it at once */
	struct fingerprint state; /* of a large one */
	struct tally tally; /* counts the bytes; the files are the caller's */
};

/* What is read is told to `progress` (or NULL), at the release all of it. */
int content_init(
	struct content *content, struct progress *progress, struct err *err);
void content_release(struct content *content);

/*
 * `before` is what fstat said of it. Messages don't name the file: the caller
 * puts the key in front.
 */
int content_read(struct content *content, int fd, const struct stat *before,
	unsigned char fingerprint[FINGERPRINT_SIZE], struct err *err);

/* Have the file's size and times stayed as they were? */
bool content_is_unchanged(const struct stat *before, const struct stat *after);

#endif
