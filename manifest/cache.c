/* Looks files up in the stat cache, and collects what is to be written. */
#include "manifest/cache.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "manifest/cache_file.h"

/* Nanoseconds; false for a time that they cannot express. */
static bool
nanoseconds(const struct timespec *time, int64_t *out)
{
	if (time->tv_sec < 0 || time->tv_sec > INT64_MAX / 1000000000 - 1)
		return false;
	*out = (int64_t)time->tv_sec * 1000000000 + time->tv_nsec;
	return true;
}

/* The row that a file has; false where it can have none. */
static bool
row_of(struct cache_row *row, const struct stat *st)
{
	row->device = st->st_dev;
	row->inode = st->st_ino;
	row->size = (uint64_t)st->st_size;
	return nanoseconds(&st->st_mtim, &row->mtime) &&
	       nanoseconds(&st->st_ctim, &row->ctime);
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

/* The row of a key; the number of rows where there is none. */
static size_t
find_row(const struct cache *cache, uint64_t number)
{
	size_t places = (size_t)1 << cache->old->bits, i, row;
	size_t at = (size_t)(number >> (64 - cache->old->bits));

	for (i = 0; i < places; i++) {
		row = cache->index[(at + i) & (places - 1)];
		if (row == 0 || row > cache->old->count)
			break;
		if (cache->rows[row - 1].number == number)
			return row - 1;
	}
	return cache->old->count;
}

bool
cache_find(struct cache *cache, size_t *next, const char *key, size_t len,
	const struct stat *st, unsigned char fingerprint[FINGERPRINT_SIZE])
{
	const struct cache_row *row;
	struct cache_row now;
	uint64_t number;
	size_t at = *next;

	if (!cache->old || !row_of(&now, st))
		return false;
	number = key_number(key, len);
	if (at >= cache->old->count || cache->rows[at].number != number)
		at = find_row(cache, number);
	if (at == cache->old->count)
		return false;
	*next = at + 1;
	row = &cache->rows[at];
	if (!is_same(row, &now) || is_racy(cache->old, row))
		return false;
	memcpy(fingerprint, row->fingerprint, FINGERPRINT_SIZE);
	cache->used[at] = 1;
	return true;
}

bool
cache_is(const struct cache *cache, const struct stat *st)
{
	return (cache->fd >= 0 && st->st_dev == cache->device &&
		       st->st_ino == cache->inode) ||
	       (st->st_ino == cache->old_inode && cache->old_inode != 0 &&
		       st->st_dev == cache->old_device);
}

void
cache_restart(struct cache *cache, const struct shard *shard)
{
	const struct cache_row *row = cache->rows;
	uint64_t i;

	cache->written = false;
	cache->err = (struct err)ERR_INIT;
	cache->fresh.count = 0;
	for (i = 0; cache->old && i < cache->old->count; i++, row++)
		cache->used[i] = !shard_has(shard, row->number) &&
				 !is_racy(cache->old, row);
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
	row->number = key_number(key, len);
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

/* Is the temporary file still what its name stands for? Then it stays so. */
static bool
is_named(const struct cache *cache)
{
	struct stat st, named;

	return fstat(cache->fd, &st) == 0 &&
	       stat(cache->temporary, &named) == 0 &&
	       named.st_ino == st.st_ino && named.st_dev == st.st_dev;
}

/*
 * The temporary file is there and ours alone while its lock is: a crash may
 * have left it, another process may be writing it. One that has written it
 * since it was opened here has made it the cache: it must stay as it is.
 */
static int
lock_temporary(struct cache *cache, struct err *why)
{
	struct stat st;

	cache->fd = open(cache->temporary,
		O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (cache->fd < 0)
		return err_system(why, "cannot write beside it");
	/* as base/file.h says why, not fcntl's */
	if (flock(cache->fd, LOCK_EX | LOCK_NB) != 0)
		return err_set(why, ERR_BUSY, "another process writes it");
	if (!is_named(cache))
		return err_set(why, ERR_BUSY, "another process has written it");
	/* the time of this write is the cache's own */
	if (ftruncate(cache->fd, 0) != 0 || write(cache->fd, "e", 1) != 1 ||
		fstat(cache->fd, &st) != 0) {
		err_system(why, "cannot write beside it");
		unlink(cache->temporary);
		return -1;
	}
	cache->device = st.st_dev;
	cache->inode = st.st_ino;
	if (!nanoseconds(&st.st_mtim, &cache->time))
		return err_set(why, ERR_INPUT, "the clock is off");
	return 0;
}

static void
drop_temporary(struct cache *cache)
{
	if (cache->fd >= 0)
		close(cache->fd);
	cache->fd = -1;
}

int
cache_begin(struct cache *cache, const char *path, bool write, struct err *why)
{
	int rc;

	*cache = (struct cache){.fd = -1};
	cache->path = path_with_suffix(path, "");
	cache->temporary = path_with_suffix(path, ".tmp");
	if (!cache->path || !cache->temporary)
		return err_memory(why);
	rc = cache_file_read(cache, why);
	if (write && !cache->foreign &&
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
	cache_file_forget(cache);
	free(cache->fresh.list);
	free(cache->path);
	free(cache->temporary);
	*cache = (struct cache){.fd = -1};
}

static bool
is_news(const struct cache *cache)
{
	return cache->fresh.count > 0 || !cache->old ||
	       memchr(cache->used, 0, cache->old->count);
}

void
cache_finish(struct cache *cache)
{
	if (cache->fd >= 0 && is_news(cache))
		cache->written = cache_file_write(cache, &cache->err) == 0;
	free(cache->fresh.list);
	cache->fresh = (struct cache_rows){0};
	cache_file_forget(cache);
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
