/*
 * Stat caches: a file with a right checksum, whatever else is in it, is refused or
 * gives only what one of its rows says; a cache that is written is read as it was.
 */
#include "tests/fuzz/fuzz.h"

#include "manifest/cache.h"
#include "manifest/fingerprint.h"
#include "manifest/key_hash.h"

enum {
	ROWS_MAX = 64,
};

static void
look_up(struct cache *cache, const char *key, size_t len, const struct stat *st,
	size_t next)
{
	unsigned char found[FINGERPRINT_SIZE];
	uint64_t hash = key_hash(key, len);
	size_t i;

	if (!cache_find(cache, &next, key, len, st, found))
		return;
	for (i = 0; i < cache_count(cache); i++) {
		const struct cache_row *row = &cache->old.rows[i];

		if (row->key_hash == hash && row->inode == st->st_ino &&
			row->size == (uint64_t)st->st_size &&
			memcmp(row->fingerprint, found, sizeof(found)) == 0)
			return;
	}
	HOLDS(false && "found what no row has");
}

/* Bytes that end in their own checksum. */
static void
try_bytes(const uint8_t *data, size_t size)
{
	unsigned char *bytes = fuzz_alloc(size + FINGERPRINT_SIZE);
	struct err why = ERR_INIT;
	struct stat st = {.st_ino = 1};
	struct cache cache;
	char path[32];
	size_t i;
	int fd;

	if (size > 0)
		memcpy(bytes, data, size);
	fingerprint_of(bytes, size, bytes + size);
	fd = fuzz_file(bytes, size + FINGERPRINT_SIZE);
	if (cache_begin(&cache, fuzz_path(fd, path), false, &why) != 0) {
		fuzz_check_error(&why);
		HOLDS(cache_count(&cache) == 0);
	}
	cache_restart(&cache, &(struct shard){0});
	for (i = 0; i < 4 && i < size; i++) {
		st.st_size = (off_t)i;
		look_up(&cache, (const char *)data, i, &st, data[i]);
	}
	cache_release(&cache);
	close(fd);
	free(bytes);
}

static void
try_rows(const uint8_t *data, size_t size)
{
	static struct cache_row rows[ROWS_MAX];
	const struct cache_row *list[ROWS_MAX];
	struct err err = ERR_INIT;
	struct cache_file file;
	size_t count = size / 8, i;
	char path[32];
	int fd = fuzz_file(NULL, 0);

	if (count > ROWS_MAX)
		count = ROWS_MAX;
	for (i = 0; i < count; i++) {
		memcpy(&rows[i].key_hash, data + i * 8, 8);
		rows[i].size = i;
		list[i] = &rows[i];
	}
	HOLDS(cache_file_write(fd, 1, 2, list, count, &err) == 0);
	HOLDS(cache_file_read(&file, fuzz_path(fd, path), &err) == 0);
	HOLDS(file.header && file.header->count == count);
	for (i = 0; i < count; i++)
		HOLDS(memcmp(&file.rows[i], &rows[i], sizeof(rows[i])) == 0);
	cache_file_release(&file);
	close(fd);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	try_bytes(data, size);
	try_rows(data, size);
	return 0;
}
