/* Reads and writes the stat cache's file. */
#include "manifest/cache_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "manifest/fingerprint.h"

enum {
	BITS_MIN = 4,
	BITS_MAX = 31, /* OBJECTS_MAX is less than two thirds of 2^31 */
	PIECE = 1024, /* rows that are written at once */
};

static const char magic[] = "edgediff-cache 2"; /* fills the header's field */
static const char magic_name[] = "edgediff-cache ";
static const uint64_t order = 0x0102030405060708;

/* Where the parts are, and how large it all is. */
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

/* Is it a cache of ours, and of this size? */
static int
check_header(const struct cache_header *header, size_t size, struct err *why)
{
	if (memcmp(header->magic, magic, sizeof(header->magic)) != 0)
		return err_set(why, ERR_INPUT,
			"not a cache of this version of edgediff");
	if (header->order != order)
		return err_set(why, ERR_INPUT, "of another kind of machine");
	if (header->bits < BITS_MIN || header->bits > BITS_MAX ||
		header->count > OBJECTS_MAX || header->time < 0)
		return err_set(why, ERR_INPUT, "damaged");
	if (layout_of(header->bits, header->count).size != size)
		return err_set(why, ERR_INPUT, "damaged or cut");
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
read_all(int fd, unsigned char *bytes, size_t size, struct err *why)
{
	size_t have = 0;
	ssize_t got;

	while (have < size) {
		got = pread(fd, bytes + have, size - have, (off_t)have);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_system(why, "cannot read it");
		if (got == 0)
			return err_set(why, ERR_INPUT, "damaged or cut");
		have += (size_t)got;
	}
	return 0;
}

/* Does it begin as a cache of any version, however cut? */
static int
check_kind(struct cache *cache, int fd, const struct stat *st, struct err *why)
{
	char head[sizeof(magic_name) - 1];
	size_t len = sizeof(head);

	if ((uint64_t)st->st_size < len)
		len = (size_t)st->st_size;
	if (S_ISREG(st->st_mode) &&
		read_all(fd, (unsigned char *)head, len, why) != 0)
		return -1;
	if (S_ISREG(st->st_mode) && memcmp(head, magic_name, len) == 0)
		return 0;
	cache->foreign = true;
	return err_set(why, ERR_INPUT,
		"not a cache, and would be lost: name another file");
}

static int
read_open(struct cache *cache, int fd, struct err *why)
{
	struct cache_header header = {.count = 0};
	unsigned char *bytes;
	struct layout l;
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_system(why, "cannot read it");
	cache->old_device = st.st_dev;
	cache->old_inode = st.st_ino;
	if (check_kind(cache, fd, &st, why) != 0)
		return -1;
	if ((size_t)st.st_size < sizeof(header))
		return err_set(why, ERR_INPUT,
			"not a cache of this version of edgediff");
	if (read_all(fd, (unsigned char *)&header, sizeof(header), why) != 0 ||
		check_header(&header, (size_t)st.st_size, why) != 0)
		return -1;
	bytes = cache->bytes = calloc((size_t)st.st_size, 1);
	cache->used = calloc(header.count + 1, 1);
	cache->old = (const struct cache_header *)(const void *)bytes;
	if (!bytes || !cache->used)
		return err_memory(why);
	l = layout_of(header.bits, header.count);
	cache->index = (const uint32_t *)(const void *)(bytes + l.index);
	cache->rows = (const struct cache_row *)(const void *)(bytes + l.rows);
	if (read_all(fd, bytes, l.size, why) != 0 ||
		check_header(cache->old, l.size, why) != 0)
		return -1;
	return check_sum(bytes, l.checksum, why);
}

int
cache_file_read(struct cache *cache, struct err *why)
{
	int fd = open(cache->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC), rc;

	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0)
		return err_system(why, "cannot open it");
	rc = read_open(cache, fd, why);
	close(fd);
	if (rc != 0)
		cache_file_forget(cache);
	return rc;
}

void
cache_file_forget(struct cache *cache)
{
	free(cache->bytes);
	free(cache->used);
	cache->bytes = NULL;
	cache->old = NULL;
	cache->used = NULL;
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
		at = (size_t)(list[i]->number >> (64 - bits));
		while (index[at] != 0)
			at = (at + 1) & last;
		index[at] = (uint32_t)i + 1;
	}
}

/* The rows to be written: found in the old one, or new. */
static size_t
list_rows(const struct cache *cache, const struct cache_row **list)
{
	size_t count = 0, i;

	for (i = 0; cache->old && i < cache->old->count; i++)
		if (cache->used[i])
			list[count++] = &cache->rows[i];
	for (i = 0; i < cache->fresh.count; i++)
		list[count++] = &cache->fresh.list[i];
	return count;
}

/* A file being written, and the checksum of what was. */
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
	struct cache_row *piece = malloc(PIECE * sizeof(*piece));
	size_t i, filled = 0;
	int rc = 0;

	if (!piece)
		return err_memory(err);
	for (i = 0; rc == 0 && i < count; i++) {
		piece[filled++] = *list[i];
		if (filled < PIECE && i + 1 < count)
			continue;
		rc = put(w, piece, filled * sizeof(*piece), err);
		filled = 0;
	}
	free(piece);
	return rc;
}

static int
write_list(const struct cache *cache, const struct cache_row **list,
	size_t count, struct err *err)
{
	struct cache_header header = {.order = order,
		.bits = bits_for(count),
		.count = count,
		.time = cache->time,
		.device = cache->device};
	struct cache_writer w = {.fd = cache->fd};
	unsigned char sum[FINGERPRINT_SIZE];
	int rc = -1;

	memcpy(header.magic, magic, sizeof(header.magic));
	if (fingerprint_init(&w.sum, err) != 0)
		return -1;
	fingerprint_start(&w.sum);
	if (put(&w, &header, sizeof(header), err) == 0 &&
		put_index(&w, header.bits, list, count, err) == 0 &&
		put_rows(&w, list, count, err) == 0) {
		fingerprint_finish(&w.sum, sum);
		rc = file_write_all(cache->fd, sum, sizeof(sum), err);
	}
	fingerprint_release(&w.sum);
	return rc;
}

int
cache_file_write(struct cache *cache, struct err *err)
{
	size_t most = cache->fresh.count + (cache->old ? cache->old->count : 0);
	const struct cache_row **list =
		calloc(most + 1, sizeof(const struct cache_row *));
	int rc;

	if (!list)
		return err_memory(err);
	if (ftruncate(cache->fd, 0) != 0 || lseek(cache->fd, 0, SEEK_SET) != 0)
		rc = err_system(err, "cannot write it");
	else
		rc = write_list(cache, list, list_rows(cache, list), err);
	free(list);
	return rc;
}
