/* Reads the central directory of a zip. */
#include "manifest/zip_directory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/escape.h"
#include "base/file.h"
#include "manifest/little_endian.h"
#include "manifest/zip_name.h"

enum {
	END_SIZE = 22, /* end of central directory record */
	END_SIGNATURE = 0x06054b50,
	COMMENT_MAX = 65535,
	LOCATOR_SIZE = 20, /* zip64 end of central directory locator */
	LOCATOR_SIGNATURE = 0x07064b50,
	END64_SIZE = 56, /* zip64 end of central directory record */
	END64_SIGNATURE = 0x06064b50,
	HEADER_SIZE = 46, /* central directory file header */
	LOCAL_HEADER_SIZE = 30, /* without the name and extra fields */
	HEADER_SIGNATURE = 0x02014b50,
	EXTRA_ZIP64 = 0x0001,
	FLAG_UTF8 = 0x0800, /* "language encoding flag" */
};

/* The file, and its central directory. */
struct zip_file {
	int fd;
	uint64_t size;
	uint64_t directory, directory_size; /* offset and bytes */
	uint64_t count; /* of members */
};

static int
damaged(const char *what, struct err *err)
{
	return err_set(err, ERR_INPUT, "not one whole zip archive: %s", what);
}

static int
read_at(const struct zip_file *zip, uint64_t offset, void *out, size_t len,
	struct err *err)
{
	ssize_t got;

	if (offset > zip->size || len > zip->size - offset)
		return damaged("it is cut off", err);
	got = file_read_at(zip->fd, offset, out, len);
	if (got < 0)
		return err_system(err, "cannot read");
	if ((size_t)got < len)
		return damaged("it changed while it was read", err);
	return 0;
}

/*
 * Find the end record: the last one whose comment ends with the file.
 * *position is its offset.
 */
static int
find_end(const struct zip_file *zip, unsigned char end[END_SIZE],
	uint64_t *position, struct err *err)
{
	unsigned char *tail;
	size_t len = END_SIZE + COMMENT_MAX, i;
	int rc = -1;

	if (zip->size < END_SIZE)
		return damaged("it is too short", err);
	if (len > zip->size)
		len = (size_t)zip->size;
	tail = malloc(len);
	if (!tail)
		return err_memory(err);
	if (read_at(zip, zip->size - len, tail, len, err) != 0)
		goto out;
	for (i = len - END_SIZE + 1; i-- > 0;) {
		if (little_endian_get32(tail + i) != END_SIGNATURE ||
			little_endian_get16(tail + i + 20) !=
				len - END_SIZE - i)
			continue;
		memcpy(end, tail + i, END_SIZE);
		*position = zip->size - len + i;
		rc = 0;
		goto out;
	}
	damaged("its end is missing, or something follows it", err);
out:
	free(tail);
	return rc;
}

/* If there is a zip64 record, it has the numbers, and *position is its own. */
static int
read_end64(struct zip_file *zip, uint64_t *position, struct err *err)
{
	unsigned char locator[LOCATOR_SIZE], end[END64_SIZE];
	uint64_t at;

	if (*position < LOCATOR_SIZE)
		return 0;
	if (read_at(zip, *position - LOCATOR_SIZE, locator, LOCATOR_SIZE,
		    err) != 0)
		return -1;
	if (little_endian_get32(locator) != LOCATOR_SIGNATURE)
		return 0;
	at = little_endian_get64(locator + 8);
	if (read_at(zip, at, end, END64_SIZE, err) != 0)
		return -1;
	if (little_endian_get32(end) != END64_SIGNATURE ||
		little_endian_get64(end + 4) !=
			*position - LOCATOR_SIZE - at - 12)
		return damaged(
			"its zip64 record is not where it should be", err);
	zip->count = little_endian_get64(end + 32);
	zip->directory_size = little_endian_get64(end + 40);
	zip->directory = little_endian_get64(end + 48);
	*position = at;
	return 0;
}

/* Find the directory; it must end where the end record begins. */
static int
locate_directory(struct zip_file *zip, struct err *err)
{
	unsigned char end[END_SIZE];
	uint64_t position = 0;

	if (find_end(zip, end, &position, err) != 0)
		return -1;
	if (little_endian_get16(end + 4) != 0 ||
		little_endian_get16(end + 6) != 0)
		return damaged("it is split into several files", err);
	zip->count = little_endian_get16(end + 10);
	zip->directory_size = little_endian_get32(end + 12);
	zip->directory = little_endian_get32(end + 16);
	if (read_end64(zip, &position, err) != 0)
		return -1;
	if (zip->directory_size > ZIP_DIRECTORY_MAX)
		return err_set(err, ERR_INPUT,
			"a central directory over the limit of %d bytes",
			ZIP_DIRECTORY_MAX);
	if (zip->directory > position ||
		zip->directory_size != position - zip->directory)
		return damaged(
			"something precedes it, or its offsets are wrong", err);
	return 0;
}

/* The zip64 extra field of a header; NULL if there is none. */
static const unsigned char *
find_zip64(const unsigned char *header, size_t *len)
{
	const unsigned char *extra =
		header + HEADER_SIZE + little_endian_get16(header + 28);
	const unsigned char *end = extra + little_endian_get16(header + 30);

	for (; end - extra >= 4; extra += 4 + *len) {
		*len = little_endian_get16(extra + 2);
		if (*len > (size_t)(end - extra) - 4)
			break;
		if (little_endian_get16(extra) == EXTRA_ZIP64)
			return extra + 4;
	}
	*len = 0;
	return NULL;
}

/*
 * Read a number of 32 bits. All ones mean that it is the next of those in the
 * zip64 field, which are in the order of the header. False if it is missing.
 */
static bool
read_number(const unsigned char *at, const unsigned char **zip64, size_t *left,
	uint64_t *number)
{
	*number = little_endian_get32(at);
	if (*number != UINT32_MAX)
		return true;
	if (*left < 8)
		return false;
	*number = little_endian_get64(*zip64);
	*zip64 += 8;
	*left -= 8;
	return true;
}

static int
read_place(
	const unsigned char *header, struct zip_entry *entry, struct err *err)
{
	size_t left;
	const unsigned char *zip64 = find_zip64(header, &left);
	uint64_t unpacked;

	if (!read_number(header + 24, &zip64, &left, &unpacked) ||
		!read_number(header + 20, &zip64, &left, &entry->packed) ||
		!read_number(header + 42, &zip64, &left, &entry->offset))
		return damaged("a member has no offset or size", err);
	return 0;
}

static int
add_entry(struct zip_directory *directory, const unsigned char *header,
	struct err *err)
{
	const unsigned char *text = header + HEADER_SIZE;
	struct zip_entry *entry = &directory->list[directory->count];
	size_t len = little_endian_get16(header + 28);
	const struct zip_name_record record = {
		.bytes = (const char *)text,
		.len = len,
		.extra = text + len,
		.extra_len = little_endian_get16(header + 30),
		.host = header[5],
		.is_utf8 = little_endian_get16(header + 8) & FLAG_UTF8,
	};

	if (read_place(header, entry, err) != 0)
		return -1;
	return zip_name_decode(&record, &directory->arena, &entry->name, err);
}

static int
read_headers(struct zip_directory *directory, const struct zip_file *zip,
	const unsigned char *bytes, struct err *err)
{
	const unsigned char *at = bytes, *end = at + zip->directory_size;
	struct zip_entry *entry;
	size_t left, len;

	while (at < end) {
		left = (size_t)(end - at);
		if (left < HEADER_SIZE ||
			little_endian_get32(at) != HEADER_SIGNATURE)
			return damaged("its central directory is damaged", err);
		len = HEADER_SIZE + little_endian_get16(at + 28) +
		      little_endian_get16(at + 30) +
		      little_endian_get16(at + 32);
		if (len > left || directory->count == zip->count)
			return damaged("its central directory is damaged", err);
		if (add_entry(directory, at, err) != 0)
			return -1;
		entry = &directory->list[directory->count++];
		entry->record = zip->directory + (uint64_t)(at - bytes);
		entry->record_size = (uint32_t)len;
		at += len;
	}
	if (directory->count != zip->count)
		return damaged("members are missing", err);
	return 0;
}

static int
compare_offsets(const void *a, const void *b)
{
	const struct zip_entry *left = a, *right = b;

	return (left->offset > right->offset) - (left->offset < right->offset);
}

/* Each member must end before the next one begins. */
static int
check_overlaps(const struct zip_directory *directory, struct err *err)
{
	const struct zip_entry *entry;
	uint64_t end;
	size_t i;

	for (i = 0; i < directory->count; i++) {
		entry = &directory->list[i];
		end = zip_directory_end(directory, i);
		if (end - entry->offset < LOCAL_HEADER_SIZE ||
			end - entry->offset - LOCAL_HEADER_SIZE < entry->packed)
			return zip_directory_fail_overlap(entry, err);
	}
	return 0;
}

/* Sort by offset; the first member is at 0, and no two overlap. */
static int
sort_entries(struct zip_directory *directory, struct err *err)
{
	const struct zip_entry *list = directory->list;
	size_t i;

	if (directory->count > 1)
		qsort(directory->list, directory->count,
			sizeof(*directory->list), compare_offsets);
	if (directory->count > 0 && list[0].offset != 0)
		return damaged("something precedes its first member", err);
	for (i = 1; i < directory->count; i++)
		if (list[i].offset == list[i - 1].offset)
			return damaged("two members have the same offset", err);
	if (directory->count > 0 &&
		list[directory->count - 1].offset >= directory->offset)
		return damaged(
			"a member begins after the end of the members", err);
	return check_overlaps(directory, err);
}

uint64_t
zip_directory_end(const struct zip_directory *directory, size_t i)
{
	return i + 1 < directory->count ? directory->list[i + 1].offset
					: directory->offset;
}

int
zip_directory_fail_overlap(const struct zip_entry *entry, struct err *err)
{
	struct escaped_name shown;

	return err_set(err, ERR_INPUT,
		"%s: overlaps the next member: the archive is damaged, or made "
		"to unpack without end",
		escape_show_str(&shown, entry->name));
}

int
zip_directory_read(struct zip_directory *directory, int fd, struct err *err)
{
	struct zip_file zip = {.fd = fd};
	unsigned char *bytes = NULL;
	struct stat st;
	int rc = -1;

	*directory = (struct zip_directory){0};
	arena_init(&directory->arena);
	if (fstat(fd, &st) != 0)
		return err_system(err, "cannot read");
	zip.size = (uint64_t)st.st_size;
	if (locate_directory(&zip, err) != 0)
		return -1;
	/* each member has a header, so the directory bounds their number */
	if (zip.count > zip.directory_size / HEADER_SIZE)
		return damaged("members are missing", err);
	bytes = malloc((size_t)zip.directory_size + 1);
	directory->list =
		calloc((size_t)zip.count + 1, sizeof(*directory->list));
	if (!bytes || !directory->list)
		err_memory(err);
	else if (read_at(&zip, zip.directory, bytes, (size_t)zip.directory_size,
			 err) == 0)
		rc = read_headers(directory, &zip, bytes, err);
	free(bytes);
	directory->offset = zip.directory;
	return rc == 0 ? sort_entries(directory, err) : -1;
}

void
zip_directory_release(struct zip_directory *directory)
{
	free(directory->list);
	arena_release(&directory->arena);
	*directory = (struct zip_directory){0};
}
