/* Reads a manifest as a stream of lines. */
#include "manifest/manifest_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/hex.h"
#include "manifest/magic.h"
#include "manifest/manifest_line.h"
#include "manifest/sniff.h"

const char *
manifest_stream_name(const char *path)
{
	return strcmp(path, "-") == 0 ? "standard input" : path;
}

static int
fail(const struct manifest_stream *stream, struct err *err)
{
	struct escaped_name shown;

	return err_context(err, "%s",
		escape_show_str(&shown, manifest_stream_name(stream->name)));
}

/*
 * Wait until another process has written to the pipe: one that has no writer yet
 * would seem to be at its end.
 */
static int
await_writer(int fd, struct err *err)
{
	struct pollfd pipe = {.fd = fd, .events = POLLIN};
	int rc;

	do
		rc = poll(&pipe, 1, -1);
	while (rc < 0 && errno == EINTR);
	if (rc < 0 || fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK) != 0)
		return err_system(err, "cannot read");
	return 0;
}

/* Only a file or a pipe can be read. */
static int
check_kind(int fd, struct err *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_system(err, "cannot read");
	if (S_ISDIR(st.st_mode))
		return err_set(err, ERR_INPUT,
			"a folder: merge takes manifests, and 'edgediff "
			"manifest' makes one from it");
	if (S_ISREG(st.st_mode))
		return 0;
	if (!S_ISFIFO(st.st_mode))
		return err_set(
			err, ERR_INPUT, "neither a regular file nor a pipe");
	return await_writer(fd, err);
}

/* Returns the descriptor, or -1. */
static int
open_path(const char *path, struct err *err)
{
	int fd;

	if (strcmp(path, "-") == 0) {
		/* any kind of file: the user has opened it */
		fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
		return fd < 0 ? err_system(err, "cannot read") : fd;
	}
	/* doesn't block on a fifo without a writer: await_writer waits */
	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return err_system(err, "cannot open");
	if (check_kind(fd, err) == 0)
		return fd;
	close(fd);
	return -1;
}

static bool
begins(const struct read_buffer *buffer, const char *with)
{
	size_t len = strlen(with), have = read_buffer_len(buffer);

	return memcmp(read_buffer_data(buffer), with,
		       have < len ? have : len) == 0;
}

/* If the file is not a manifest, say what it is. It may have no lines. */
static int
check_begin(struct manifest_stream *stream, struct err *err)
{
	struct read_buffer *buffer = &stream->buffer;
	const char *looks_like;

	if (read_buffer_fill(buffer, strlen(MANIFEST_MAGIC), err) != 0)
		return -1;
	if (begins(buffer, MANIFEST_MAGIC))
		return 0;
	if (begins(buffer, BASELINE_MAGIC))
		return err_set(err, ERR_INPUT,
			"a baseline: merge takes manifests, and 'edgediff "
			"manifest' makes one from it");
	if (read_buffer_fill(buffer, SNIFF_MAX, err) != 0)
		return -1;
	looks_like =
		sniff_format(read_buffer_data(buffer), read_buffer_len(buffer));
	return err_set(err, ERR_INPUT,
		"not an edgediff manifest%s%s: 'edgediff manifest' makes one "
		"from a folder or an archive",
		looks_like ? ", but " : "", looks_like ? looks_like : "");
}

/* Take the next line; it stays valid until the next call. */
static int
take_line(struct manifest_stream *stream, char **line, size_t *len,
	struct err *err)
{
	struct read_buffer *buffer = &stream->buffer;
	char *newline = NULL;
	size_t seen = 0;

	stream->line++;
	while (!newline) {
		if (read_buffer_len(buffer) <= seen &&
			read_buffer_fill(buffer, seen + 1, err) != 0)
			return -1;
		if (read_buffer_len(buffer) <= seen)
			return manifest_line_fail_cut(stream->line, err);
		newline = memchr(read_buffer_data(buffer) + seen, '\n',
			read_buffer_len(buffer) - seen);
		seen = read_buffer_len(buffer);
		if (!newline && seen > MANIFEST_LINE_MAX)
			break;
	}
	*line = read_buffer_data(buffer);
	*len = newline ? (size_t)(newline - *line) : seen;
	if (manifest_line_check(*line, *len, stream->line, err) != 0)
		return -1;
	read_buffer_consume(buffer, *len + 1);
	return 0;
}

static int
begin(struct manifest_stream *stream, struct err *err)
{
	char *line = NULL;
	size_t len = 0;

	if (read_buffer_open(&stream->buffer, stream->fd, MANIFEST_LINE_MAX + 1,
		    err) != 0 ||
		check_begin(stream, err) != 0 ||
		take_line(stream, &line, &len, err) != 0 ||
		manifest_line_read_first(
			line, len, stream->line, &stream->shard, err) != 0 ||
		sha256_start(&stream->hash, err) != 0)
		return -1;
	return sha256_add(&stream->hash, line, len + 1, err);
}

int
manifest_stream_begin(struct manifest_stream *stream, int fd, const char *name,
	struct err *err)
{
	*stream = (struct manifest_stream){.name = name, .fd = fd};
	buf_init(&stream->last, KEY_MAX);
	return begin(stream, err) == 0 ? 0 : fail(stream, err);
}

int
manifest_stream_open(
	struct manifest_stream *stream, const char *path, struct err *err)
{
	int fd = open_path(path, err);

	*stream = (struct manifest_stream){.name = path, .fd = -1};
	return fd < 0 ? fail(stream, err)
		      : manifest_stream_begin(stream, fd, path, err);
}

int
manifest_stream_check_whole(
	const struct manifest_stream *stream, struct err *err)
{
	if (manifest_line_check_whole(&stream->shard, stream->line, err) == 0)
		return 0;
	return fail(stream, err);
}

void
manifest_stream_close(struct manifest_stream *stream)
{
	if (stream->fd >= 0)
		close(stream->fd);
	stream->fd = -1;
	read_buffer_release(&stream->buffer);
	sha256_release(&stream->hash);
	buf_release(&stream->last);
}

static int
take_object(struct manifest_stream *stream, char *line, size_t len,
	struct object *object, struct err *err)
{
	struct buf *last = &stream->last;

	/* before its key is unescaped in place */
	if (sha256_add(&stream->hash, line, len + 1, err) != 0 ||
		manifest_line_read(line, len, stream->line, object, err) != 0)
		return -1;
	if (stream->count > 0 &&
		manifest_line_check_order(object, buf_str(last), last->len,
			stream->line, err) != 0)
		return -1;
	stream->count++;
	buf_clear(last);
	buf_add(last, object->key, object->key_len);
	return buf_check(last, err);
}

static int
take_end(struct manifest_stream *stream, const char *line, size_t len,
	struct err *err)
{
	unsigned char digest[SHA256_SIZE];

	if (sha256_finish(&stream->hash, digest, err) != 0)
		return -1;
	hex_encode(stream->digits, digest, sizeof(digest));
	if (manifest_line_check_end(line, len, stream->line, stream->count,
		    stream->digits, err) != 0 ||
		read_buffer_fill(&stream->buffer, 1, err) != 0)
		return -1;
	if (read_buffer_len(&stream->buffer) == 0)
		return 0;
	return err_set(err, ERR_INPUT, "line %zu: text after the end line",
		stream->line + 1);
}

int
manifest_stream_next(struct manifest_stream *stream, struct object *object,
	bool *ended, struct err *err)
{
	char *line = NULL;
	size_t len = 0;
	int rc;

	*ended = false;
	rc = take_line(stream, &line, &len, err);
	if (rc == 0 && manifest_line_is_end(line, len)) {
		*ended = true;
		rc = take_end(stream, line, len, err);
	} else if (rc == 0) {
		rc = take_object(stream, line, len, object, err);
	}
	return rc == 0 ? 0 : fail(stream, err);
}
