/* Decompresses a file in a thread of its own. */
#include "manifest/decompress.h"

#include <archive.h>
#include <archive_entry.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/progress.h"
#include "base/tally.h"
#include "base/thread.h"

enum {
	/* Large enough to be rarely handed over, small enough for a cache. */
	BLOCK_SIZE = 256 * 1024,
	BLOCKS = 8, /* in the ring */
};

struct decompressor {
	struct archive *archive; /* the thread's, until it has ended */
	locale_t locale;
	struct tally tally; /* the thread's */
	int64_t counted; /* bytes of the file */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t more; /* a block was filled, or the thread has ended */
	pthread_cond_t room; /* a block was emptied, or the reader stops */
	size_t filled, emptied; /* blocks so far */
	bool holds; /* the reader uses the block after the emptied ones */
	bool ended; /* no more blocks will be filled */
	bool stopped; /* no more blocks will be read */
	bool failed; /* the thread ended before the file did */
	size_t lens[BLOCKS];
	char *blocks; /* the ring */
};

int
decompress_support(struct archive *archive)
{
	if (archive_read_support_filter_gzip(archive) != ARCHIVE_OK ||
		archive_read_support_filter_bzip2(archive) != ARCHIVE_OK ||
		archive_read_support_filter_xz(archive) != ARCHIVE_OK ||
		archive_read_support_filter_zstd(archive) != ARCHIVE_OK)
		return ARCHIVE_FATAL;
	return ARCHIVE_OK;
}

/* Wait for an empty block; NULL if nobody reads any more. */
static char *
take_empty(struct decompressor *d)
{
	char *block = NULL;

	pthread_mutex_lock(&d->lock);
	while (d->filled - d->emptied == BLOCKS && !d->stopped)
		pthread_cond_wait(&d->room, &d->lock);
	if (!d->stopped)
		block = d->blocks + d->filled % BLOCKS * BLOCK_SIZE;
	pthread_mutex_unlock(&d->lock);
	return block;
}

static void
hand_over(struct decompressor *d, size_t len)
{
	pthread_mutex_lock(&d->lock);
	d->lens[d->filled++ % BLOCKS] = len;
	pthread_cond_signal(&d->more);
	pthread_mutex_unlock(&d->lock);
}

static void
count_bytes(struct decompressor *d)
{
	int64_t now = archive_filter_bytes(d->archive, -1);

	tally_bytes(&d->tally, (uint64_t)(now - d->counted));
	d->counted = now;
}

/* Fill blocks with what libarchive decompresses; returns its last status. */
static int
fill_blocks(struct decompressor *d)
{
	char *block = NULL;
	const void *data;
	const char *at;
	size_t len, part, have = 0;
	int64_t offset;
	int rc;

	while ((rc = archive_read_data_block(
			d->archive, &data, &len, &offset)) == ARCHIVE_OK) {
		count_bytes(d);
		for (at = data; len > 0; at += part, len -= part) {
			if (!block && !(block = take_empty(d)))
				return ARCHIVE_EOF;
			part = len < BLOCK_SIZE - have ? len
						       : BLOCK_SIZE - have;
			memcpy(block + have, at, part);
			have += part;
			if (have < BLOCK_SIZE)
				continue;
			hand_over(d, have);
			block = NULL;
			have = 0;
		}
	}
	if (have > 0)
		hand_over(d, have);
	return rc;
}

static void *
run_thread(void *context)
{
	struct decompressor *d = context;
	int rc;

	uselocale(d->locale);
	rc = fill_blocks(d);
	tally_add(&d->tally);
	pthread_mutex_lock(&d->lock);
	d->failed = rc != ARCHIVE_EOF;
	d->ended = true;
	pthread_cond_signal(&d->more);
	pthread_mutex_unlock(&d->lock);
	return NULL;
}

static int
open_raw(struct decompressor *d, int fd)
{
	struct archive_entry *entry;

	d->archive = archive_read_new();
	if (!d->archive ||
		archive_read_support_format_raw(d->archive) != ARCHIVE_OK ||
		decompress_support(d->archive) != ARCHIVE_OK ||
		archive_read_open_fd(d->archive, fd, BLOCK_SIZE) !=
			ARCHIVE_OK ||
		archive_read_next_header(d->archive, &entry) != ARCHIVE_OK)
		return -1;
	return 0;
}

static void
release(struct decompressor *d)
{
	archive_read_free(d->archive);
	pthread_cond_destroy(&d->room);
	pthread_cond_destroy(&d->more);
	pthread_mutex_destroy(&d->lock);
	free(d->blocks);
	free(d);
}

struct decompressor *
decompress_start(int fd, locale_t locale, struct progress *progress)
{
	struct decompressor *d = calloc(1, sizeof(*d));

	if (!d)
		return NULL;
	d->locale = locale;
	d->tally.progress = progress;
	pthread_mutex_init(&d->lock, NULL);
	pthread_cond_init(&d->more, NULL);
	pthread_cond_init(&d->room, NULL);
	d->blocks = malloc((size_t)BLOCKS * BLOCK_SIZE);
	if (d->blocks && open_raw(d, fd) == 0 &&
		thread_start(&d->thread, run_thread, d) == 0)
		return d;
	release(d);
	return NULL;
}

ssize_t
decompress_next(
	struct decompressor *d, struct archive *archive, const void **block)
{
	size_t at;
	ssize_t len = 0;

	pthread_mutex_lock(&d->lock);
	if (d->holds) {
		d->emptied++;
		pthread_cond_signal(&d->room);
	}
	while (d->filled == d->emptied && !d->ended)
		pthread_cond_wait(&d->more, &d->lock);
	d->holds = d->filled > d->emptied;
	if (d->holds) {
		at = d->emptied % BLOCKS;
		*block = d->blocks + at * BLOCK_SIZE;
		len = (ssize_t)d->lens[at];
	} else if (d->failed) {
		archive_set_error(archive, archive_errno(d->archive), "%s",
			archive_error_string(d->archive));
		len = -1;
	}
	pthread_mutex_unlock(&d->lock);
	return len;
}

int64_t
decompress_used(const struct decompressor *d)
{
	return archive_filter_bytes(d->archive, -1);
}

void
decompress_stop(struct decompressor *d)
{
	if (!d)
		return;
	pthread_mutex_lock(&d->lock);
	d->stopped = true;
	pthread_cond_signal(&d->room);
	pthread_mutex_unlock(&d->lock);
	pthread_join(d->thread, NULL);
	release(d);
}
