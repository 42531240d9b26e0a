/*
 * The central directory of a zip: its members and their names.
 *
 * libarchive reads the content of a zip, but it composes accents in UTF-8
 * names, takes a backslash for a slash, and reads only the last of several
 * archives in one file. So names are read here, and a file that is not exactly
 * one zip is refused. manifest/zip_name.h says how names are decoded. The format: PKWARE's APPNOTE.TXT, 4.3 and 4.4.
 */
#ifndef MANIFEST_ZIP_DIRECTORY_H
#define MANIFEST_ZIP_DIRECTORY_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

enum {
	/* Largest central directory, in bytes: ten million members. */
	ZIP_DIRECTORY_MAX = 1000 * 1000 * 1000,
};

struct zip_entry {
	const char *name; /* NUL-terminated; the directory's arena owns it */
	uint64_t offset; /* of the member's local header */
	uint64_t packed; /* bytes of its content in the file */
	uint64_t record; /* offset of its record in the directory */
	uint32_t record_size;
};

struct zip_directory {
	struct zip_entry
		*list; /* sorted by offset, as libarchive reads; unique */
	size_t count;
	uint64_t offset; /* of the directory itself, after the members */
	struct arena arena;
};

/*
 * Read the directory of the open file (its position stays). ERR_INPUT says what
 * is wrong with the archive. Release on success and on failure.
 */
int zip_directory_read(
	struct zip_directory *directory, int fd, struct err *err);
void zip_directory_release(struct zip_directory *directory);

/* The offset that member `i` must end at or before. */
uint64_t zip_directory_end(const struct zip_directory *directory, size_t i);

/* ERR_INPUT: the member overlaps the next one. */
int zip_directory_fail_overlap(const struct zip_entry *entry, struct err *err);

#endif
