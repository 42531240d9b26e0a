/*
 * The names in a zip's central directory, as they stand there.
 *
 * libarchive reads a zip's content, but it composes accents in UTF-8 names,
 * takes a backslash for a slash, and reads only the last of several archives
 * in one file. So names come from here, and a file that is more or less than
 * one zip is refused. The format: PKWARE's APPNOTE.TXT, 4.3 and 4.4.
 */
#ifndef MANIFEST_ZIP_H
#define MANIFEST_ZIP_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

enum {
	/* Largest central directory: ten million members. */
	ZIP_DIRECTORY_MAX = 1000 * 1000 * 1000,
};

struct zip_name {
	const char *name; /* NUL-terminated; the arena owns it */
	uint64_t offset; /* of the member's local header: libarchive's order */
	uint64_t record; /* where its record in the directory stands */
	uint32_t record_size;
};

struct zip_names {
	struct zip_name *list; /* by offset, each another */
	size_t count;
	uint64_t directory; /* where it begins, behind the members */
	struct arena arena;
};

/*
 * Read the names from the open file (its position stays). ERR_INPUT says what
 * is wrong with the archive. Release on success and on failure.
 */
int zip_names_read(struct zip_names *names, int fd, struct err *err);
void zip_names_release(struct zip_names *names);

#endif
