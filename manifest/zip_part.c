/* Lets libarchive read a part of a zip. */
#include "manifest/zip_part.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/tally.h"
#include "manifest/libarchive.h"

enum {
	/* Bytes read at once. Members mostly follow each other. */
	PIECE_SIZE = 64 * 1024,

	/* The zip64 end record, its locator, the end record. */
	END64_SIZE = 56,
	LOCATOR_SIZE = 20,
	END_SIZE = 22,
};

static void
put32(unsigned char *p, uint32_t value)
{
	p[0] = (unsigned char)value;
	p[1] = (unsigned char)(value >> 8);
	p[2] = (unsigned char)(value >> 16);
	p[3] = (unsigned char)(value >> 24);
}

static void
put64(unsigned char *p, uint64_t value)
{
	put32(p, (uint32_t)value);
	put32(p + 4, (uint32_t)(value >> 32));
}

/* Records that are contiguous in the directory are read at once. */
static int
read_records(struct zip_part *part, const struct zip_entry *list, size_t count,
	struct err *err)
{
	size_t i, len;

	for (i = 0; i < count;) {
		uint64_t record = list[i].record;

		for (len = 0; i < count && list[i].record == record + len; i++)
			len += list[i].record_size;
		if (file_read_at(part->fd, record, part->end + part->end_size,
			    len) != (ssize_t)len)
			return err_system(err, "cannot read");
		part->end_size += len;
	}
	return 0;
}

/* Append the end records: how many members, and where. APPNOTE.TXT 4.3.14-16 */
static void
put_end(struct zip_part *part, size_t count)
{
	uint64_t size = part->end_size;
	unsigned char *end = part->end + size;
	unsigned char *locator = end + END64_SIZE;

	memset(end, 0, END64_SIZE + LOCATOR_SIZE);
	put32(end, 0x06064b50);
	put64(end + 4, END64_SIZE - 12);
	put64(end + 24, count);
	put64(end + 32, count);
	put64(end + 40, size);
	put64(end + 48, part->directory);
	put32(locator, 0x07064b50);
	put64(locator + 8, part->directory + size);
	put32(locator + 16, 1);
	/* all ones: the zip64 record has the numbers */
	memset(locator + LOCATOR_SIZE, 0xff, END_SIZE);
	put32(locator + LOCATOR_SIZE, 0x06054b50);
	memset(locator + LOCATOR_SIZE + END_SIZE - 2, 0, 2);
	part->end_size += END64_SIZE + LOCATOR_SIZE + END_SIZE;
}

/* Count the bytes up to `at`; those of other members don't count. */
static void
count_to(struct zip_part *part, uint64_t at)
{
	if (at > part->count_end)
		at = part->count_end;
	if (at <= part->counted)
		return;
	tally_bytes(part->tally, at - part->counted);
	part->counted = at;
}

static la_ssize_t
read_piece(struct archive *archive, void *context, const void **piece)
{
	struct zip_part *part = context;
	uint64_t left;
	ssize_t got;

	if (part->at >= part->directory) {
		size_t done = (size_t)(part->at - part->directory);

		*piece = part->end + done;
		part->at = part->directory + part->end_size;
		return (la_ssize_t)(part->end_size - done);
	}
	*piece = part->piece;
	left = part->directory - part->at;
	got = file_read_at(part->fd, part->at, part->piece,
		left < PIECE_SIZE ? (size_t)left : PIECE_SIZE);
	if (got < 0)
		archive_set_error(archive, errno, "Error reading the file");
	else
		count_to(part, part->at += (uint64_t)got);
	return got;
}

static la_int64_t
seek(struct archive *archive, void *context, la_int64_t offset, int whence)
{
	struct zip_part *part = context;
	int64_t size = (int64_t)(part->directory + part->end_size);

	(void)archive;
	if (whence == SEEK_CUR)
		offset += (int64_t)part->at;
	else if (whence == SEEK_END)
		offset += size;
	if (offset < 0 || offset > size)
		return ARCHIVE_FATAL;
	part->at = (uint64_t)offset;
	return offset;
}

static int
open_part(struct zip_part *part, struct archive *archive, struct err *err)
{
	if (archive_read_support_format_zip_seekable(archive) != ARCHIVE_OK ||
		archive_read_set_read_callback(archive, read_piece) !=
			ARCHIVE_OK ||
		archive_read_set_seek_callback(archive, seek) != ARCHIVE_OK ||
		archive_read_set_callback_data(archive, part) != ARCHIVE_OK ||
		archive_read_open1(archive) != ARCHIVE_OK)
		return libarchive_fail(archive, NULL, err);
	return 0;
}

int
zip_part_open(struct zip_part *part, struct archive *archive, int fd,
	const struct zip_directory *directory, size_t first, size_t count,
	struct tally *tally, struct err *err)
{
	size_t size = END64_SIZE + LOCATOR_SIZE + END_SIZE, i;

	assert(count > 0 && first + count <= directory->count);
	*part = (struct zip_part){.fd = fd,
		.directory = directory->offset,
		.tally = tally,
		.counted = directory->list[first].offset,
		.count_end = zip_directory_end(directory, first + count - 1)};
	for (i = 0; i < count; i++)
		size += directory->list[first + i].record_size;
	part->piece = malloc(PIECE_SIZE);
	part->end = malloc(size);
	if (!part->piece || !part->end)
		return err_memory(err);
	if (read_records(part, directory->list + first, count, err) != 0)
		return -1;
	put_end(part, count);
	return open_part(part, archive, err);
}

void
zip_part_release(struct zip_part *part)
{
	count_to(part, part->count_end);
	free(part->end);
	free(part->piece);
	part->end = part->piece = NULL;
}
