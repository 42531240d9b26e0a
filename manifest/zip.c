/* Reads a zip's central directory. */
#include "manifest/zip.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/escape.h"

enum {
	END_SIZE = 22, /* end of central directory record */
	END_SIGNATURE = 0x06054b50,
	COMMENT_MAX = 65535,
	LOCATOR_SIZE = 20, /* zip64 end of central directory locator */
	LOCATOR_SIGNATURE = 0x07064b50,
	END64_SIZE = 56, /* zip64 end of central directory record */
	END64_SIGNATURE = 0x06064b50,
	HEADER_SIZE = 46, /* central directory file header */
	HEADER_SIGNATURE = 0x02014b50,
	EXTRA_ZIP64 = 0x0001,
	HOST_MSDOS = 0,
};

/* The bytes of one archive, and where its central directory is. */
struct zip {
	int fd;
	uint64_t size;
	uint64_t directory, directory_size, count;
};

static uint32_t
get16(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static uint32_t
get32(const unsigned char *p)
{
	return get16(p) | get16(p + 2) << 16;
}

static uint64_t
get64(const unsigned char *p)
{
	return get32(p) | (uint64_t)get32(p + 4) << 32;
}

static int
damaged(const char *what, struct err *err)
{
	return err_set(err, ERR_INPUT, "not one whole zip archive: %s", what);
}

static int
read_at(const struct zip *zip, uint64_t offset, void *out, size_t len,
	struct err *err)
{
	char *at = out;
	ssize_t got;

	if (offset > zip->size || len > zip->size - offset)
		return damaged("it is cut", err);
	while (len > 0) {
		got = pread(zip->fd, at, len, (off_t)offset);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_system(err, "cannot read");
		if (got == 0)
			return damaged("it changed while it was read", err);
		at += got;
		offset += (uint64_t)got;
		len -= (size_t)got;
	}
	return 0;
}

/*
 * Find the end record: the last one whose comment ends where the file does.
 * *position is where it stands.
 */
static int
find_end(const struct zip *zip, unsigned char end[END_SIZE], uint64_t *position,
	struct err *err)
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
		if (get32(tail + i) != END_SIGNATURE ||
			get16(tail + i + 20) != len - END_SIZE - i)
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

/* The zip64 record, where there is one, has the numbers; *position moves. */
static int
read_end64(struct zip *zip, uint64_t *position, struct err *err)
{
	unsigned char locator[LOCATOR_SIZE], end[END64_SIZE];
	uint64_t at;

	if (*position < LOCATOR_SIZE)
		return 0;
	if (read_at(zip, *position - LOCATOR_SIZE, locator, LOCATOR_SIZE,
		    err) != 0)
		return -1;
	if (get32(locator) != LOCATOR_SIGNATURE)
		return 0;
	at = get64(locator + 8);
	if (read_at(zip, at, end, END64_SIZE, err) != 0)
		return -1;
	if (get32(end) != END64_SIGNATURE ||
		get64(end + 4) != *position - LOCATOR_SIZE - at - 12)
		return damaged(
			"its zip64 record is not where it should be", err);
	zip->count = get64(end + 32);
	zip->directory_size = get64(end + 40);
	zip->directory = get64(end + 48);
	*position = at;
	return 0;
}

/* Set where the directory is; it must end where the end record begins. */
static int
locate_directory(struct zip *zip, struct err *err)
{
	unsigned char end[END_SIZE];
	uint64_t position = 0;

	if (find_end(zip, end, &position, err) != 0)
		return -1;
	if (get16(end + 4) != 0 || get16(end + 6) != 0)
		return damaged("it is a part of several", err);
	zip->count = get16(end + 10);
	zip->directory_size = get32(end + 12);
	zip->directory = get32(end + 16);
	if (read_end64(zip, &position, err) != 0)
		return -1;
	if (zip->directory_size > ZIP_DIRECTORY_MAX)
		return err_set(err, ERR_INPUT,
			"a central directory over the limit of %d bytes",
			ZIP_DIRECTORY_MAX);
	if (zip->directory > position ||
		zip->directory_size != position - zip->directory)
		return damaged("something stands before or in it", err);
	return 0;
}

/*
 * A member's offset: where it is 0xffffffff, the zip64 extra field has it,
 * behind the sizes that are there too.
 */
static int
read_offset(const unsigned char *header, uint64_t *offset, struct err *err)
{
	const unsigned char *extra = header + HEADER_SIZE + get16(header + 28);
	const unsigned char *end = extra + get16(header + 30);
	size_t skip = 0, len;

	*offset = get32(header + 42);
	if (*offset != UINT32_MAX)
		return 0;
	if (get32(header + 24) == UINT32_MAX)
		skip += 8;
	if (get32(header + 20) == UINT32_MAX)
		skip += 8;
	for (; end - extra >= 4; extra += 4 + len) {
		len = get16(extra + 2);
		if (len > (size_t)(end - extra) - 4)
			break;
		if (get16(extra) == EXTRA_ZIP64 && len >= skip + 8) {
			*offset = get64(extra + 4 + skip);
			return 0;
		}
	}
	return damaged("a member has no offset", err);
}

static int
add_name(struct zip_names *names, const unsigned char *header, struct err *err)
{
	const char *text = (const char *)header + HEADER_SIZE;
	struct zip_name *name = &names->list[names->count];
	size_t len = get16(header + 28);
	struct escaped_name shown;

	if (memchr(text, '\0', len))
		return damaged("a name holds a NUL", err);
	if (header[5] == HOST_MSDOS && memchr(text, '\\', len))
		return err_set(err, ERR_INPUT,
			"%s: a name with backslashes, packed on Windows: pack "
			"it again with a tool that writes /",
			escape_show(&shown, text, len));
	if (read_offset(header, &name->offset, err) != 0)
		return -1;
	name->name = arena_copy(&names->arena, text, len);
	return name->name ? 0 : err_memory(err);
}

static int
read_headers(struct zip_names *names, const struct zip *zip,
	const unsigned char *directory, struct err *err)
{
	const unsigned char *at = directory, *end = at + zip->directory_size;
	struct zip_name *name;
	size_t left, len;

	while (at < end) {
		left = (size_t)(end - at);
		if (left < HEADER_SIZE || get32(at) != HEADER_SIGNATURE)
			return damaged("its central directory is damaged", err);
		len = HEADER_SIZE + get16(at + 28) + get16(at + 30) +
		      get16(at + 32);
		if (len > left || names->count == zip->count)
			return damaged("its central directory is damaged", err);
		if (add_name(names, at, err) != 0)
			return -1;
		name = &names->list[names->count++];
		name->record = zip->directory + (uint64_t)(at - directory);
		name->record_size = (uint32_t)len;
		at += len;
	}
	if (names->count != zip->count)
		return damaged("members are missing", err);
	return 0;
}

static int
compare_offsets(const void *a, const void *b)
{
	const struct zip_name *left = a, *right = b;

	return (left->offset > right->offset) - (left->offset < right->offset);
}

/* By offset; the first member stands at the start, each in its own place. */
static int
sort_names(struct zip_names *names, struct err *err)
{
	const struct zip_name *list = names->list;
	size_t i;

	if (names->count > 1)
		qsort(names->list, names->count, sizeof(*names->list),
			compare_offsets);
	if (names->count > 0 && list[0].offset != 0)
		return damaged("something stands before its first member", err);
	for (i = 1; i < names->count; i++)
		if (list[i].offset == list[i - 1].offset)
			return damaged("two members stand in one place", err);
	if (names->count > 0 &&
		list[names->count - 1].offset >= names->directory)
		return damaged("a member stands behind the members", err);
	return 0;
}

int
zip_names_read(struct zip_names *names, int fd, struct err *err)
{
	struct zip zip = {.fd = fd};
	unsigned char *directory = NULL;
	struct stat st;
	int rc = -1;

	*names = (struct zip_names){0};
	arena_init(&names->arena);
	if (fstat(fd, &st) != 0)
		return err_system(err, "cannot read");
	zip.size = (uint64_t)st.st_size;
	if (locate_directory(&zip, err) != 0)
		return -1;
	/* a member has a header, so the directory's size bounds the count */
	if (zip.count > zip.directory_size / HEADER_SIZE)
		return damaged("members are missing", err);
	directory = malloc((size_t)zip.directory_size + 1);
	names->list = calloc((size_t)zip.count + 1, sizeof(*names->list));
	if (!directory || !names->list)
		err_memory(err);
	else if (read_at(&zip, zip.directory, directory,
			 (size_t)zip.directory_size, err) == 0)
		rc = read_headers(names, &zip, directory, err);
	free(directory);
	names->directory = zip.directory;
	return rc == 0 ? sort_names(names, err) : -1;
}

void
zip_names_release(struct zip_names *names)
{
	free(names->list);
	arena_release(&names->arena);
	*names = (struct zip_names){0};
}
