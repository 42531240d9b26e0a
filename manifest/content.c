/* Reads files: a small one in one read, a large one in large pieces. */
#include "manifest/content.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/tally.h"

enum {
	/* Fits a processor's second cache, so that hashing finds it there. */
	PIECE = 256 * 1024,
};

int
content_init(
	struct content *content, struct progress *progress, struct err *err)
{
	*content = (struct content){
		.piece = malloc(PIECE), .tally = {.progress = progress}};
	if (!content->piece)
		return err_memory(err);
	return fingerprint_init(&content->state, err);
}

void
content_release(struct content *content)
{
	tally_add(&content->tally);
	fingerprint_release(&content->state);
	free(content->piece);
	content->piece = NULL;
}

/* The next piece, whole where the file holds as much; its length, or -1. */
static ssize_t
read_piece(const struct content *content, int fd, uint64_t left)
{
	size_t want = left < PIECE ? (size_t)left + 1 : PIECE, have = 0;
	ssize_t got;

	/* one byte more than is left: less than that is the end */
	while (have < want) {
		got = read(fd, content->piece + have, want - have);
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
hash_pieces(struct content *content, int fd, uint64_t size, uint64_t *done,
	unsigned char fingerprint[FINGERPRINT_SIZE])
{
	ssize_t got;

	(void)posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	fingerprint_start(&content->state);
	for (*done = 0; *done <= size; *done += (uint64_t)got) {
		got = read_piece(content, fd, size - *done);
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		fingerprint_add(&content->state, content->piece, (size_t)got);
		tally_bytes(&content->tally, (uint64_t)got);
	}
	fingerprint_finish(&content->state, fingerprint);
	return 0;
}

static int
hash_whole(struct content *content, int fd, uint64_t size, uint64_t *done,
	unsigned char fingerprint[FINGERPRINT_SIZE])
{
	ssize_t got = read_piece(content, fd, size);

	if (got < 0)
		return -1;
	*done = (uint64_t)got;
	fingerprint_of(content->piece, (size_t)got, fingerprint);
	tally_bytes(&content->tally, (uint64_t)got);
	return 0;
}

bool
content_is_unchanged(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
	       a->st_ctim.tv_sec == b->st_ctim.tv_sec &&
	       a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

int
content_read(struct content *content, int fd, const struct stat *before,
	unsigned char fingerprint[FINGERPRINT_SIZE], struct err *err)
{
	uint64_t size = (uint64_t)before->st_size, done;
	struct stat after;
	int rc;

	if (size < PIECE)
		rc = hash_whole(content, fd, size, &done, fingerprint);
	else
		rc = hash_pieces(content, fd, size, &done, fingerprint);
	if (rc != 0 || fstat(fd, &after) != 0)
		return err_system(err, "cannot read");
	if (content_is_unchanged(before, &after) && done == size)
		return 0;
	return err_set(err, ERR_INPUT,
		"changed while it was read: run again when the build is "
		"finished");
}
