/*
 * Some members of a zip, as a zip of its own for libarchive.
 *
 * libarchive reads a zip's whole directory when it opens it, and keeps some
 * 200 bytes for each member. So that several can read one zip, each sees the
 * file with a directory of its own: the records of some members, and an end.
 */
#ifndef MANIFEST_ZIP_PART_H
#define MANIFEST_ZIP_PART_H

#include <archive.h>

#include "manifest/zip.h"

struct zip_part {
	int fd;
	uint64_t at; /* where the next read begins */
	uint64_t directory; /* the file up to here, then the end: */
	unsigned char *end; /* records, and what says where they are */
	size_t end_size;
	unsigned char *piece; /* what was read last */
};

/*
 * Have libarchive open the members [first, first + count) of the file; what
 * it says of a failure is in the archive. The part outlives the archive.
 * Release on success and on failure.
 */
int zip_part_open(struct zip_part *part, struct archive *archive, int fd,
	const struct zip_names *names, size_t first, size_t count,
	struct err *err);
void zip_part_release(struct zip_part *part);

#endif
