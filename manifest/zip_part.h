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

#include "base/progress.h"
#include "base/tally.h"
#include "manifest/zip.h"

struct zip_part {
	int fd;
	uint64_t at; /* where the next read begins */
	uint64_t directory; /* the file up to here, then the end: */
	unsigned char *end; /* records, and what says where they are */
	size_t end_size;
	unsigned char *piece; /* what was read last */
	struct tally *tally; /* the caller's, for the members' bytes */
	uint64_t counted, count_end; /* they are counted up to here, of here */
};

/*
 * Have libarchive open the members [first, first + count) of the file; what
 * it says of a failure is in the archive. What is read of the members is counted
 * in the tally. The part outlives the archive.
 * Release on success and on failure.
 */
int zip_part_open(struct zip_part *part, struct archive *archive, int fd,
	const struct zip_names *names, size_t first, size_t count,
	struct tally *tally, struct err *err);
void zip_part_release(struct zip_part *part);

#endif
