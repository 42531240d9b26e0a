/* Reads a file through a window. */
#include "base/window.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	SIZE_FIRST = 16 * 1024,
};

int
window_open_part(struct window *window, int fd, off_t from, off_t to,
	size_t most, struct err *err)
{
	*window = (struct window){
		.fd = fd,
		.from = from,
		.to = to,
		.size = most < SIZE_FIRST ? most : SIZE_FIRST,
		.most = most,
	};
	window->data = malloc(window->size);
	return window->data ? 0 : err_memory(err);
}

int
window_open(struct window *window, int fd, size_t most, struct err *err)
{
	return window_open_part(window, fd, 0, -1, most, err);
}

void
window_release(struct window *window)
{
	free(window->data);
	*window = (struct window){.fd = -1};
}

/* Room for `want` bytes from window->at on. */
static int
make_room(struct window *window, size_t want, struct err *err)
{
	size_t size = window->size;
	char *data;

	if (window->at > 0 && want > size - window->at) {
		memmove(window->data, window_at(window), window_have(window));
		window->end -= window->at;
		window->at = 0;
	}
	if (want <= size)
		return 0;
	while (size < want)
		size = size < window->most / 2 ? size * 2 : window->most;
	data = realloc(window->data, size);
	if (!data)
		return err_memory(err);
	window->data = data;
	window->size = size;
	return 0;
}

static int
read_more(struct window *window, struct err *err)
{
	size_t room = window->size - window->end;
	char *to = window->data + window->end;
	ssize_t got;

	if (window->to >= 0 && (off_t)room > window->to - window->from)
		room = (size_t)(window->to - window->from);
	do
		got = window->to < 0
			      ? read(window->fd, to, room)
			      : pread(window->fd, to, room, window->from);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return err_system(err, "cannot read");
	window->from += got;
	window->end += (size_t)got;
	window->ended = got == 0;
	return 0;
}

int
window_fill(struct window *window, size_t want, struct err *err)
{
	if (want > window->most)
		return err_set(err, ERR_BUG, "a window of %zu bytes", want);
	while (window_have(window) < want && !window->ended)
		if (make_room(window, want, err) != 0 ||
			read_more(window, err) != 0)
			return -1;
	return 0;
}
