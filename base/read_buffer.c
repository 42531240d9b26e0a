/* Reads a file through a buffer. */
#include "base/read_buffer.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	SIZE_FIRST = 16 * 1024,
};

int
read_buffer_open_part(struct read_buffer *buffer, int fd, off_t from, off_t to,
	size_t max, struct err *err)
{
	*buffer = (struct read_buffer){
		.fd = fd,
		.from = from,
		.to = to,
		.size = max < SIZE_FIRST ? max : SIZE_FIRST,
		.max = max,
	};
	buffer->data = malloc(buffer->size);
	return buffer->data ? 0 : err_memory(err);
}

int
read_buffer_open(
	struct read_buffer *buffer, int fd, size_t max, struct err *err)
{
	return read_buffer_open_part(buffer, fd, 0, -1, max, err);
}

void
read_buffer_release(struct read_buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct read_buffer){.fd = -1};
}

/* Make room for `want` bytes from buffer->at on. */
static int
make_room(struct read_buffer *buffer, size_t want, struct err *err)
{
	size_t size = buffer->size;
	char *data;

	if (buffer->at > 0 && want > size - buffer->at) {
		memmove(buffer->data, read_buffer_data(buffer),
			read_buffer_len(buffer));
		buffer->end -= buffer->at;
		buffer->at = 0;
	}
	if (want <= size)
		return 0;
	while (size < want)
		size = size < buffer->max / 2 ? size * 2 : buffer->max;
	data = realloc(buffer->data, size);
	if (!data)
		return err_memory(err);
	buffer->data = data;
	buffer->size = size;
	return 0;
}

static int
read_more(struct read_buffer *buffer, struct err *err)
{
	size_t room = buffer->size - buffer->end;
	char *to = buffer->data + buffer->end;
	ssize_t got;

	if (buffer->to >= 0 && (off_t)room > buffer->to - buffer->from)
		room = (size_t)(buffer->to - buffer->from);
	do
		got = buffer->to < 0
			      ? read(buffer->fd, to, room)
			      : pread(buffer->fd, to, room, buffer->from);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return err_system(err, "cannot read");
	buffer->from += got;
	buffer->end += (size_t)got;
	buffer->ended = got == 0;
	return 0;
}

int
read_buffer_fill(struct read_buffer *buffer, size_t want, struct err *err)
{
	assert(want <= buffer->max);
	while (read_buffer_len(buffer) < want && !buffer->ended)
		if (make_room(buffer, want, err) != 0 ||
			read_more(buffer, err) != 0)
			return -1;
	return 0;
}
