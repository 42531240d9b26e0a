/*
 * Some members of a zip, shown to libarchive as a zip of their own.
 *
 * When libarchive opens a zip it reads the whole directory, and keeps some 200
 * bytes for each member. So that several threads can read one zip, each sees
 * the file with a directory of its own: the records of its members, and an end.
 */
#ifndef MANIFEST_ZIP_PART_H
#define MANIFEST_ZIP_PART_H

#include <archive.h>

#include "base/tally.h"
#include "manifest/zip_directory.h"

struct zip_part {
	int fd; /* borrowed */
	uint64_t at; /* offset of the next read */
	uint64_t directory; /* the file up to this offset, followed by: */
	unsigned char *end; /* its members' records, and the end records */
	size_t end_size;
	unsigned char *piece; /* what was read last */
	struct tally *tally; /* of the members' bytes; borrowed */
	uint64_t counted; /* the tally has the bytes before this offset */
	uint64_t count_end; /* count no bytes from this offset on */
};

/*
 * Let libarchive open the members [first, first + count) of the file; if it
 * fails, its error is in `err`. The bytes of the members that are read are added
 * to the tally. The part must outlive the archive. Release on success and on
 * failure.
 */
int zip_part_open(struct zip_part *part, struct archive *archive, int fd,
	const struct zip_directory *directory, size_t first, size_t count,
	struct tally *tally, struct err *err);
void zip_part_release(struct zip_part *part);

#endif
