/* Reads and writes the file of a stat cache. */
#include "manifest/cache_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/large.h"
#include "manifest/fingerprint.h"

enum {
	BITS_MIN = 4,
	BITS_MAX = 31, /* OBJECTS_MAX is less than two thirds of 2^31 */
	PIECE_ROWS = 1024, /* written at once */
};

#define CACHE_MAGIC "edgediff-cache "

static const char magic[] = CACHE_MAGIC "2"; /* fills the header's field */
static const uint64_t order = 0x0102030405060708;

/* The offsets of the parts, and the size of the file. */
struct layout {
	size_t index, rows, checksum, size;
};

static struct layout
layout_of(uint64_t bits, uint64_t count)
{
	struct layout l = {.index = sizeof(struct cache_header)};

	l.rows = l.index + ((size_t)1 << bits) * sizeof(uint32_t);
	l.checksum = l.rows + (size_t)count * sizeof(struct cache_row);
	l.size = l.checksum + FINGERPRINT_SIZE;
	return l;
}

/* Is it a cache of this size, from this version and this kind of machine? */
static int
check_header(const struct cache_header *header, size_t size, struct err *why)
{
	if (memcmp(header->magic, magic, sizeof(header->magic)) != 0)
		return err_set(why, ERR_INPUT,
			"not a cache of this version of edgediff");
	if (header->order != order)
		return err_set(why, ERR_INPUT, "from another kind of machine");
	if (header->bits < BITS_MIN || header->bits > BITS_MAX ||
		header->count > OBJECTS_MAX || header->time < 0)
		return err_set(why, ERR_INPUT, "damaged");
	if (layout_of(header->bits, header->count).size != size)
		return err_set(why, ERR_INPUT, "damaged or cut off");
	return 0;
}

static int
check_sum(const unsigned char *bytes, size_t at, struct err *why)
{
	unsigned char checksum[FINGERPRINT_SIZE];

	fingerprint_of(bytes, at, checksum);
	if (memcmp(bytes + at, checksum, sizeof(checksum)) != 0)
		return err_set(why, ERR_INPUT, "damaged");
	return 0;
}

static int
read_bytes(int fd, void *bytes, size_t size, struct err *why)
{
	ssize_t got = file_read_at(fd, 0, bytes, size);

	if (got < 0)
		return err_system(why, "cannot read it");
	if ((size_t)got < size)
		return err_set(why, ERR_INPUT, "damaged or cut off");
	return 0;
}

/* Does it begin like a cache of any version, even if it is cut off? */
static int
check_kind(
	struct cache_file *file, int fd, const struct stat *st, struct err *why)
{
	char head[sizeof(CACHE_MAGIC) - 1];
	size_t len = sizeof(head);

	if ((uint64_t)st->st_size < len)
		len = (size_t)st->st_size;
	if (S_ISREG(st->st_mode) && read_bytes(fd, head, len, why) != 0)
		return -1;
	if (S_ISREG(st->st_mode) && memcmp(head, CACHE_MAGIC, len) == 0)
		return 0;
	file->is_other = true;
	return err_set(why, ERR_INPUT,
		"not a cache, and would be lost: name another file");
}

/* Read the whole file, which has this size and a valid header. */
static int
read_parts(struct cache_file *file, int fd, size_t size, struct err *why)
{
	unsigned char *bytes = large_alloc(size);
	struct layout l;

	file->bytes = bytes;
	if (!bytes)
		return err_memory(why);
	file->header = (const struct cache_header *)(const void *)bytes;
	/* checked again: another process may have written the file */
	if (read_bytes(fd, bytes, size, why) != 0 ||
		check_header(file->header, size, why) != 0)
		return -1;
	l = layout_of(file->header->bits, file->header->count);
	file->index = (const uint32_t *)(const void *)(bytes + l.index);
	file->rows = (const struct cache_row *)(const void *)(bytes + l.rows);
	return check_sum(bytes, l.checksum, why);
}

static int
read_open(struct cache_file *file, int fd, struct err *why)
{
	struct cache_header header;
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_system(why, "cannot read it");
	file->device = (uint64_t)st.st_dev;
	file->inode = st.st_ino;
	if (check_kind(file, fd, &st, why) != 0)
		return -1;
	if ((size_t)st.st_size < sizeof(header))
		return err_set(why, ERR_INPUT,
			"not a cache of this version of edgediff");
	if (read_bytes(fd, &header, sizeof(header), why) != 0 ||
		check_header(&header, (size_t)st.st_size, why) != 0)
		return -1;
	return read_parts(file, fd, (size_t)st.st_size, why);
}

int
cache_file_read(struct cache_file *file, const char *path, struct err *why)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC), rc;

	*file = (struct cache_file){.header = NULL};
	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0)
		return err_system(why, "cannot open it");
	rc = read_open(file, fd, why);
	close(fd);
	if (rc != 0)
		cache_file_release(file);
	return rc;
}

void
cache_file_release(struct cache_file *file)
{
	free(file->bytes);
	file->bytes = NULL;
	file->header = NULL;
	file->index = NULL;
	file->rows = NULL;
}

static uint64_t
bits_for(size_t count)
{
	uint64_t bits = BITS_MIN;

	while (((size_t)1 << bits) / 3 * 2 < count)
		bits++;
	return bits;
}

static void
fill_index(uint32_t *index, uint64_t bits, const struct cache_row **list,
	size_t count)
{
	size_t last = ((size_t)1 << bits) - 1, i, at;

	for (i = 0; i < count; i++) {
		at = (size_t)(list[i]->key_hash >> (64 - bits));
		while (index[at] != 0)
			at = (at + 1) & last;
		index[at] = (uint32_t)i + 1;
	}
}

/* The file being written, and the checksum of its bytes so far. */
struct cache_writer {
	int fd;
	struct fingerprint sum;
};

static int
put(struct cache_writer *w, const void *bytes, size_t len, struct err *err)
{
	fingerprint_add(&w->sum, bytes, len);
	return file_write_all(w->fd, bytes, len, err);
}

static int
put_index(struct cache_writer *w, uint64_t bits, const struct cache_row **list,
	size_t count, struct err *err)
{
	uint32_t *index = calloc((size_t)1 << bits, sizeof(*index));
	int rc;

	if (!index)
		return err_memory(err);
	fill_index(index, bits, list, count);
	rc = put(w, index, ((size_t)1 << bits) * sizeof(*index), err);
	free(index);
	return rc;
}

static int
put_rows(struct cache_writer *w, const struct cache_row **list, size_t count,
	struct err *err)
{
	struct cache_row *piece = malloc(PIECE_ROWS * sizeof(*piece));
	size_t i, filled = 0;
	int rc = 0;

	if (!piece)
		return err_memory(err);
	for (i = 0; rc == 0 && i < count; i++) {
		piece[filled++] = *list[i];
		if (filled < PIECE_ROWS && i + 1 < count)
			continue;
		rc = put(w, piece, filled * sizeof(*piece), err);
		filled = 0;
	}
	free(piece);
	return rc;
}

static int
put_all(struct cache_writer *w, const struct cache_header *header,
	const struct cache_row **rows, struct err *err)
{
	unsigned char sum[FINGERPRINT_SIZE];

	fingerprint_start(&w->sum);
	if (put(w, header, sizeof(*header), err) != 0 ||
		put_index(w, header->bits, rows, header->count, err) != 0 ||
		put_rows(w, rows, header->count, err) != 0)
		return -1;
	fingerprint_finish(&w->sum, sum);
	return file_write_all(w->fd, sum, sizeof(sum), err);
}

int
cache_file_write(int fd, int64_t time, uint64_t device,
	const struct cache_row **rows, size_t count, struct err *err)
{
	struct cache_header header = {.order = order,
		.bits = bits_for(count),
		.count = count,
		.time = time,
		.device = device};
	struct cache_writer w = {.fd = fd};
	int rc;

	memcpy(header.magic, magic, sizeof(header.magic));
	if (ftruncate(fd, 0) != 0 || lseek(fd, 0, SEEK_SET) != 0)
		return err_system(err, "cannot write it");
	rc = fingerprint_init(&w.sum, err);
	if (rc == 0)
		rc = put_all(&w, &header, rows, err);
	fingerprint_release(&w.sum);
	return rc;
}
