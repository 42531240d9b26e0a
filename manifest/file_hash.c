/* Hashes a small file in one read, a large one piece by piece. */
#include "manifest/file_hash.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/portable.h"
#include "base/tally.h"
#include "manifest/lfs_pointer.h"

enum {
	/* Fits a processor's second-level cache, where hashing finds it. */
	PIECE_SIZE = 256 * 1024,
};

int
file_hash_init(
	struct file_hash *hash, struct progress *progress, struct err *err)
{
	*hash = (struct file_hash){
		.piece = malloc(PIECE_SIZE), .tally = {.progress = progress}};
	if (!hash->piece)
		return err_memory(err);
	return fingerprint_init(&hash->state, err);
}

void
file_hash_release(struct file_hash *hash)
{
	tally_add(&hash->tally);
	fingerprint_release(&hash->state);
	free(hash->piece);
	hash->piece = NULL;
}

/* Read the next piece, in full unless the file ends; its length, or -1. */
static ssize_t
read_piece(const struct file_hash *hash, int fd, uint64_t left)
{
	size_t want = left < PIECE_SIZE ? (size_t)left + 1 : PIECE_SIZE,
	       have = 0;
	ssize_t got;

	/* one byte more than should be left shows that the file has grown */
	while (have < want) {
		got = read(fd, hash->piece + have, want - have);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		have += (size_t)got;
		if (got == 0 || have == left)
			break;
	}
	return (ssize_t)have;
}

static int
hash_pieces(struct file_hash *hash, int fd, uint64_t size, uint64_t *done,
	unsigned char fingerprint[FINGERPRINT_SIZE])
{
	ssize_t got;

	portable_read_ahead(fd);
	fingerprint_start(&hash->state);
	for (*done = 0; *done <= size; *done += (uint64_t)got) {
		got = read_piece(hash, fd, size - *done);
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		fingerprint_add(&hash->state, hash->piece, (size_t)got);
		tally_bytes(&hash->tally, (uint64_t)got);
	}
	fingerprint_finish(&hash->state, fingerprint);
	return 0;
}

static int
hash_whole(struct file_hash *hash, int fd, uint64_t size, uint64_t *done,
	unsigned char fingerprint[FINGERPRINT_SIZE])
{
	ssize_t got = read_piece(hash, fd, size);

	if (got < 0)
		return -1;
	*done = (uint64_t)got;
	fingerprint_of(hash->piece, (size_t)got, fingerprint);
	hash->lfs_pointer = lfs_pointer_is(hash->piece, (size_t)got, size);
	tally_bytes(&hash->tally, (uint64_t)got);
	return 0;
}

static bool
is_same_time(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

bool
file_hash_is_unchanged(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size &&
	       is_same_time(portable_modified(a), portable_modified(b)) &&
	       is_same_time(portable_changed(a), portable_changed(b));
}

int
file_hash_read(struct file_hash *hash, int fd, const struct stat *before,
	unsigned char fingerprint[FINGERPRINT_SIZE], struct err *err)
{
	uint64_t size = (uint64_t)before->st_size, done;
	struct stat after;
	int rc;

	hash->lfs_pointer = false;
	if (size < PIECE_SIZE)
		rc = hash_whole(hash, fd, size, &done, fingerprint);
	else
		rc = hash_pieces(hash, fd, size, &done, fingerprint);
	if (rc != 0 || fstat(fd, &after) != 0)
		return err_system(err, "cannot read");
	if (file_hash_is_unchanged(before, &after) && done == size)
		return 0;
	return err_set(err, ERR_INPUT,
		"changed while it was read: run again when the build is "
		"finished");
}
