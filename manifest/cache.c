/* Looks up files in the stat cache, and collects the rows to be written. */
#include "manifest/cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/atomic_file.h"
#include "base/path.h"
#include "base/portable.h"
#include "manifest/key_hash.h"

/* Convert to nanoseconds; false if the time is out of their range. */
static bool
nanoseconds(const struct timespec *time, int64_t *out)
{
	if (time->tv_sec < 0 || time->tv_sec > INT64_MAX / 1000000000 - 1)
		return false;
	*out = (int64_t)time->tv_sec * 1000000000 + time->tv_nsec;
	return true;
}

/* Set a file's row from its metadata; false if a time is out of range. */
static bool
row_of(struct cache_row *row, const struct stat *st)
{
	row->device = (uint64_t)st->st_dev;
	row->inode = st->st_ino;
	row->size = (uint64_t)st->st_size;
	return nanoseconds(portable_modified(st), &row->mtime) &&
	       nanoseconds(portable_changed(st), &row->ctime);
}

static bool
is_same(const struct cache_row *a, const struct cache_row *b)
{
	return a->device == b->device && a->inode == b->inode &&
	       a->size == b->size && a->mtime == b->mtime &&
	       a->ctime == b->ctime;
}

/* Could the file have changed after it was read, and kept its times? */
static bool
is_racy(const struct cache_header *old, const struct cache_row *row)
{
	int64_t sure = old->time;

	if (row->device != old->device)
		sure -= (int64_t)CACHE_TICK_SECONDS_MAX * 1000000000;
	return row->mtime >= sure || row->ctime >= sure;
}

/* The index of the row with this key hash; the number of rows if none has. */
static size_t
find_row(const struct cache *cache, uint64_t hash)
{
	size_t places = (size_t)1 << cache->old.header->bits, i, row;
	size_t at = (size_t)(hash >> (64 - cache->old.header->bits));

	for (i = 0; i < places; i++) {
		row = cache->old.index[(at + i) & (places - 1)];
		if (row == 0 || row > cache->old.header->count)
			break;
		if (cache->old.rows[row - 1].key_hash == hash)
			return row - 1;
	}
	return cache->old.header->count;
}

bool
cache_find(struct cache *cache, size_t *next, const char *key, size_t len,
	const struct stat *st, unsigned char fingerprint[FINGERPRINT_SIZE])
{
	const struct cache_row *row;
	struct cache_row now;
	uint64_t hash;
	size_t at = *next;

	if (!cache->old.header || !row_of(&now, st))
		return false;
	hash = key_hash(key, len);
	if (at >= cache->old.header->count ||
		cache->old.rows[at].key_hash != hash)
		at = find_row(cache, hash);
	if (at == cache->old.header->count)
		return false;
	*next = at + 1;
	row = &cache->old.rows[at];
	if (!is_same(row, &now) || is_racy(cache->old.header, row))
		return false;
	memcpy(fingerprint, row->fingerprint, FINGERPRINT_SIZE);
	cache->used[at] = 1;
	return true;
}

size_t
cache_count(const struct cache *cache)
{
	return cache->old.header ? (size_t)cache->old.header->count : 0;
}

bool
cache_is(const struct cache *cache, const struct stat *st)
{
	uint64_t device = (uint64_t)st->st_dev; /* signed on macOS */

	return (cache->fd >= 0 && device == cache->device &&
		       st->st_ino == cache->inode) ||
	       (st->st_ino == cache->old.inode && cache->old.inode != 0 &&
		       device == cache->old.device);
}

void
cache_restart(struct cache *cache, const struct shard *shard)
{
	const struct cache_row *row = cache->old.rows;
	size_t i;

	cache->written = false;
	cache->err = (struct err)ERR_INIT;
	cache->fresh.count = 0;
	for (i = 0; i < cache_count(cache); i++, row++)
		cache->used[i] = !shard_has(shard, row->key_hash) &&
				 !is_racy(cache->old.header, row);
}

static int
reserve(struct cache_rows *rows, size_t more)
{
	size_t capacity = rows->capacity ? rows->capacity : 64;
	struct cache_row *list;

	while (capacity < rows->count + more)
		capacity += capacity / 2;
	if (capacity == rows->capacity)
		return 0;
	list = realloc(rows->list, capacity * sizeof(*list));
	if (!list)
		return -1;
	rows->list = list;
	rows->capacity = capacity;
	return 0;
}

int
cache_rows_add(struct cache_rows *rows, const char *key, size_t len,
	const struct stat *st,
	const unsigned char fingerprint[FINGERPRINT_SIZE])
{
	struct cache_row *row;

	if (reserve(rows, 1) != 0)
		return -1;
	row = &rows->list[rows->count];
	if (!row_of(row, st))
		return 0;
	row->key_hash = key_hash(key, len);
	memcpy(row->fingerprint, fingerprint, FINGERPRINT_SIZE);
	rows->count++;
	return 0;
}

int
cache_take(struct cache *cache, struct cache_rows *rows)
{
	int rc = 0;

	if (cache->fresh.count == 0) {
		free(cache->fresh.list);
		cache->fresh = *rows;
		*rows = (struct cache_rows){0};
	}
	if (rows->count > 0)
		rc = reserve(&cache->fresh, rows->count);
	if (rc == 0 && rows->count > 0) {
		memcpy(cache->fresh.list + cache->fresh.count, rows->list,
			rows->count * sizeof(*rows->list));
		cache->fresh.count += rows->count;
	}
	free(rows->list);
	*rows = (struct cache_rows){0};
	return rc;
}

/* Does the name still lead to the open file? With its lock held it will stay. */
static bool
is_named(const struct cache *cache)
{
	struct stat st, named;

	return fstat(cache->fd, &st) == 0 &&
	       stat(cache->temporary, &named) == 0 &&
	       named.st_ino == st.st_ino && named.st_dev == st.st_dev;
}

/* Does the open file have another name? What that leads to isn't ours. */
static bool
is_elsewhere(const struct cache *cache)
{
	struct stat st;

	return fstat(cache->fd, &st) != 0 || st.st_nlink > 1;
}

/*
 * The temporary file belongs to the process that holds its lock: a crash may
 * have left it, or another process may be writing it. If another process has
 * finished it since it was opened here, it is now the cache and must stay.
 */
static int
lock_temporary(struct cache *cache, struct err *why)
{
	struct stat st;

	cache->fd = open(cache->temporary,
		O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (cache->fd < 0)
		return err_system(why, "cannot write beside it");
	/* flock, not fcntl: base/file_lock.h says why */
	if (flock(cache->fd, LOCK_EX | LOCK_NB) != 0)
		return errno == EWOULDBLOCK
			       ? err_set(why, ERR_BUSY,
					 "another process is writing it")
			       : err_system(
					 why, "cannot lock a file beside it");
	if (!is_named(cache))
		return err_set(why, ERR_BUSY, "another process has written it");
	if (is_elsewhere(cache)) {
		unlink(cache->temporary);
		return err_set(why, ERR_BUSY,
			"its temporary file was also another file, and was "
			"unlinked");
	}
	/* the time of this write becomes the cache's own time */
	if (ftruncate(cache->fd, 0) != 0 || write(cache->fd, "e", 1) != 1 ||
		fstat(cache->fd, &st) != 0) {
		err_system(why, "cannot write beside it");
		unlink(cache->temporary);
		return -1;
	}
	cache->device = (uint64_t)st.st_dev;
	cache->inode = st.st_ino;
	if (!nanoseconds(portable_modified(&st), &cache->time))
		return err_set(why, ERR_INPUT, "the clock is wrong");
	return 0;
}

static void
drop_temporary(struct cache *cache)
{
	if (cache->fd >= 0)
		close(cache->fd);
	cache->fd = -1;
}

static void
forget_old(struct cache *cache)
{
	cache_file_release(&cache->old);
	free(cache->used);
	cache->used = NULL;
}

static int
read_old(struct cache *cache, struct err *why)
{
	if (cache_file_read(&cache->old, cache->path, why) != 0)
		return -1;
	cache->used = calloc(cache_count(cache) + 1, 1);
	if (cache->used)
		return 0;
	forget_old(cache);
	return err_memory(why);
}

int
cache_begin(struct cache *cache, const char *path, bool write, struct err *why)
{
	int rc;

	*cache = (struct cache){.fd = -1};
	cache->path = path_with_suffix(path, "");
	cache->temporary = path_with_suffix(path, ATOMIC_FILE_TEMPORARY);
	if (!cache->path || !cache->temporary)
		return err_memory(why);
	rc = read_old(cache, why);
	if (write && !cache->old.is_other &&
		lock_temporary(cache, rc == 0 ? why : &(struct err){0}) != 0) {
		drop_temporary(cache);
		rc = -1;
	}
	return rc;
}

void
cache_release(struct cache *cache)
{
	if (cache->fd >= 0)
		unlink(cache->temporary);
	drop_temporary(cache);
	forget_old(cache);
	free(cache->fresh.list);
	free(cache->path);
	free(cache->temporary);
	*cache = (struct cache){.fd = -1};
}

/* List the rows to be written: found in the old cache, or new. */
static size_t
list_rows(const struct cache *cache, const struct cache_row **list)
{
	size_t count = 0, i;

	for (i = 0; i < cache_count(cache); i++)
		if (cache->used[i])
			list[count++] = &cache->old.rows[i];
	for (i = 0; i < cache->fresh.count; i++)
		list[count++] = &cache->fresh.list[i];
	return count;
}

static int
write_new(const struct cache *cache, struct err *err)
{
	size_t max = cache->fresh.count + cache_count(cache), count;
	const struct cache_row **list =
		calloc(max + 1, sizeof(const struct cache_row *));
	int rc;

	if (!list)
		return err_memory(err);
	count = list_rows(cache, list);
	rc = cache_file_write(
		cache->fd, cache->time, cache->device, list, count, err);
	free(list);
	return rc;
}

static bool
is_changed(const struct cache *cache)
{
	return cache->fresh.count > 0 || !cache->old.header ||
	       memchr(cache->used, 0, cache->old.header->count);
}

void
cache_finish(struct cache *cache)
{
	if (cache->fd >= 0 && is_changed(cache))
		cache->written = write_new(cache, &cache->err) == 0;
	free(cache->fresh.list);
	cache->fresh = (struct cache_rows){0};
	forget_old(cache);
}

int
cache_commit(struct cache *cache, struct err *err)
{
	if (cache->err.code != ERR_NONE) {
		*err = cache->err;
		return -1;
	}
	if (!cache->written)
		return 0;
	if (rename(cache->temporary, cache->path) != 0)
		return err_system(err, "cannot replace it");
	drop_temporary(cache);
	return 0;
}
