/* Decompresses a file on a thread of its own. */
#include "manifest/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/progress.h"
#include "base/tally.h"

enum {
	/* Large enough to hand over seldom, small enough for a cache. */
	BLOCK = 256 * 1024,
	BLOCKS = 8,
};

struct unpack {
	struct archive *archive; /* the thread's, until it has ended */
	locale_t locale;
	struct tally tally; /* the thread's */
	int64_t counted; /* of the file's bytes */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t more, room;
	size_t filled, emptied; /* blocks so far */
	bool holds; /* the block behind the emptied ones is being read */
	bool ended; /* nothing is filled any more */
	bool stopped; /* nobody reads any more */
	bool failed; /* it ended before the file did */
	size_t lens[BLOCKS];
	char *blocks; /* the ring */
};

int
unpack_support(struct archive *archive)
{
	if (archive_read_support_filter_gzip(archive) != ARCHIVE_OK ||
		archive_read_support_filter_bzip2(archive) != ARCHIVE_OK ||
		archive_read_support_filter_xz(archive) != ARCHIVE_OK ||
		archive_read_support_filter_zstd(archive) != ARCHIVE_OK)
		return ARCHIVE_FATAL;
	return ARCHIVE_OK;
}

/* An empty block; NULL where nobody waits for one. */
static char *
take_room(struct unpack *u)
{
	char *block = NULL;

	pthread_mutex_lock(&u->lock);
	while (u->filled - u->emptied == BLOCKS && !u->stopped)
		pthread_cond_wait(&u->room, &u->lock);
	if (!u->stopped)
		block = u->blocks + u->filled % BLOCKS * BLOCK;
	pthread_mutex_unlock(&u->lock);
	return block;
}

static void
hand_over(struct unpack *u, size_t len)
{
	pthread_mutex_lock(&u->lock);
	u->lens[u->filled++ % BLOCKS] = len;
	pthread_cond_signal(&u->more);
	pthread_mutex_unlock(&u->lock);
}

static void
count(struct unpack *u)
{
	int64_t now = archive_filter_bytes(u->archive, -1);

	tally_bytes(&u->tally, (uint64_t)(now - u->counted));
	u->counted = now;
}

/* Fill blocks with what libarchive decompresses; its status at the end. */
static int
fill_blocks(struct unpack *u)
{
	char *block = NULL;
	const void *data;
	const char *at;
	size_t len, part, have = 0;
	int64_t offset;
	int rc;

	while ((rc = archive_read_data_block(
			u->archive, &data, &len, &offset)) == ARCHIVE_OK) {
		count(u);
		for (at = data; len > 0; at += part, len -= part) {
			if (!block && !(block = take_room(u)))
				return ARCHIVE_EOF;
			part = len < BLOCK - have ? len : BLOCK - have;
			memcpy(block + have, at, part);
			have += part;
			if (have < BLOCK)
				continue;
			hand_over(u, have);
			block = NULL;
			have = 0;
		}
	}
	if (have > 0)
		hand_over(u, have);
	return rc;
}

static void *
run(void *context)
{
	struct unpack *u = context;
	int rc;

	uselocale(u->locale);
	rc = fill_blocks(u);
	tally_add(&u->tally);
	pthread_mutex_lock(&u->lock);
	u->failed = rc != ARCHIVE_EOF;
	u->ended = true;
	pthread_cond_signal(&u->more);
	pthread_mutex_unlock(&u->lock);
	return NULL;
}

static int
open_raw(struct unpack *u, int fd)
{
	struct archive_entry *entry;

	u->archive = archive_read_new();
	if (!u->archive ||
		archive_read_support_format_raw(u->archive) != ARCHIVE_OK ||
		unpack_support(u->archive) != ARCHIVE_OK ||
		archive_read_open_fd(u->archive, fd, BLOCK) != ARCHIVE_OK ||
		archive_read_next_header(u->archive, &entry) != ARCHIVE_OK)
		return -1;
	return 0;
}

static void
release(struct unpack *u)
{
	archive_read_free(u->archive);
	pthread_cond_destroy(&u->room);
	pthread_cond_destroy(&u->more);
	pthread_mutex_destroy(&u->lock);
	free(u->blocks);
	free(u);
}

struct unpack *
unpack_start(int fd, locale_t locale, struct progress *progress)
{
	struct unpack *u = calloc(1, sizeof(*u));

	if (!u)
		return NULL;
	u->locale = locale;
	u->tally.progress = progress;
	pthread_mutex_init(&u->lock, NULL);
	pthread_cond_init(&u->more, NULL);
	pthread_cond_init(&u->room, NULL);
	u->blocks = malloc((size_t)BLOCKS * BLOCK);
	if (u->blocks && open_raw(u, fd) == 0 &&
		pthread_create(&u->thread, NULL, run, u) == 0)
		return u;
	release(u);
	return NULL;
}

ssize_t
unpack_next(struct unpack *u, struct archive *archive, const void **block)
{
	size_t at;
	ssize_t len = 0;

	pthread_mutex_lock(&u->lock);
	if (u->holds) {
		u->emptied++;
		pthread_cond_signal(&u->room);
	}
	while (u->filled == u->emptied && !u->ended)
		pthread_cond_wait(&u->more, &u->lock);
	u->holds = u->filled > u->emptied;
	if (u->holds) {
		at = u->emptied % BLOCKS;
		*block = u->blocks + at * BLOCK;
		len = (ssize_t)u->lens[at];
	} else if (u->failed) {
		archive_set_error(archive, archive_errno(u->archive), "%s",
			archive_error_string(u->archive));
		len = -1;
	}
	pthread_mutex_unlock(&u->lock);
	return len;
}

int64_t
unpack_used(const struct unpack *u)
{
	return archive_filter_bytes(u->archive, -1);
}

void
unpack_stop(struct unpack *u)
{
	if (!u)
		return;
	pthread_mutex_lock(&u->lock);
	u->stopped = true;
	pthread_cond_signal(&u->room);
	pthread_mutex_unlock(&u->lock);
	pthread_join(u->thread, NULL);
	release(u);
}
