/* Reads an archive from a pipe. */
#include "manifest/archive_stream.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	BLOCK_SIZE = 256 * 1024,
};

/* Read until the room is full or the stream ends; the length, or -1. */
static ssize_t
read_full(struct archive_stream *stream, char *room, size_t size)
{
	size_t len = 0;
	ssize_t got;

	while (len < size) {
		got = read(stream->fd, room + len, size - len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		len += (size_t)got;
	}
	stream->total += len;
	return (ssize_t)len;
}

int
archive_stream_begin(struct archive_stream *stream, int fd, struct err *err)
{
	ssize_t len;

	*stream = (struct archive_stream){.fd = fd};
	stream->block = malloc(BLOCK_SIZE);
	if (!stream->block)
		return err_memory(err);
	len = read_full(stream, stream->head, sizeof(stream->head));
	if (len < 0)
		return err_system(err, "cannot read");
	if (len == 0)
		return err_set(err, ERR_INPUT,
			"empty: did the program that writes the tar fail?");
	stream->head_len = (size_t)len;
	if (len >= 2 && memcmp(stream->head, "PK", 2) == 0)
		return err_set(err, ERR_INPUT,
			"a zip, which cannot be read from a pipe: write it to "
			"a file, or use a tar");
	return 0;
}

void
archive_stream_release(struct archive_stream *stream)
{
	free(stream->block);
	stream->block = NULL;
}

/* libarchive's read callback. */
static la_ssize_t
next_block(struct archive *archive, void *context, const void **block)
{
	struct archive_stream *stream = context;
	ssize_t len;

	if (!stream->is_head_given) {
		stream->is_head_given = true;
		*block = stream->head;
		return (la_ssize_t)stream->head_len;
	}
	*block = stream->block;
	len = read_full(stream, stream->block, BLOCK_SIZE);
	if (len < 0)
		archive_set_error(archive, errno, "Error reading the pipe");
	return len;
}

int
archive_stream_open(struct archive_stream *stream, struct archive *archive)
{
	return archive_read_open(archive, stream, NULL, next_block, NULL);
}

int
archive_stream_check_end(
	struct archive_stream *stream, int64_t used, struct err *err)
{
	ssize_t more = read_full(stream, stream->block, BLOCK_SIZE);

	if (more < 0)
		return err_system(err, "cannot read");
	if (more > 0 || (uint64_t)used != stream->total)
		return err_set(err, ERR_INPUT,
			"something follows the end of the archive");
	return 0;
}
