/* Composes and shows lines of progress. */
#include "cmd/console/progress_line.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "base/utf8.h"
#include "cmd/console/log.h"

enum {
	NAME_MIN = 8, /* columns; a shorter end of a name says nothing */
};

static const char prefix[] = "edgediff: ";
static const char dots[] = "...";

/* The columns of the first character; *len is its length in bytes. */
static size_t
character_columns(const char *text, size_t *len)
{
	mbstate_t state = {0};
	wchar_t c;
	int columns;

	*len = utf8_length(text, strlen(text));
	if (*len == 0)
		*len = 1;
	if (mbrtowc(&c, text, *len, &state) > *len)
		return 2; /* not a character: assume the widest */
	columns = wcwidth(c);
	return columns < 0 ? 2 : (size_t)columns;
}

size_t
progress_line_columns(const char *text)
{
	size_t columns = 0, len;

	for (; *text; text += len)
		columns += character_columns(text, &len);
	return columns;
}

/* Append a name; if it has more than `room` columns, "..." and its end. */
static void
add_end(struct buf *out, const char *name, size_t room)
{
	size_t columns = progress_line_columns(name), len;

	if (columns > room) {
		buf_addstr(out, dots);
		room -= strlen(dots);
	}
	for (; columns > room; name += len)
		columns -= character_columns(name, &len);
	buf_addstr(out, name);
}

void
progress_line_fit(struct buf *out, int columns, const char *verb,
	const char *name, const char (*parts)[PART_MAX], size_t count)
{
	size_t limit = columns > 0 ? (size_t)columns : 0, used, room, wanted, i;

	assert(count <= PARTS_MAX);
	buf_clear(out);
	wanted = progress_line_columns(name);
	if (wanted > NAME_MIN)
		wanted = NAME_MIN;
	for (;; count--) {
		if (count == 0)
			return;
		used = strlen(prefix) + strlen(verb) + strlen(":");
		for (i = 0; i < count; i++)
			used += strlen(parts[i]) + (i > 0 ? 2 : 1);
		room = used < limit ? limit - used - 1 : 0;
		if (used <= limit && (room >= wanted || count == 1))
			break;
	}
	buf_addf(out, "%s%s", prefix, verb);
	if (*name && room >= wanted) {
		buf_addch(out, ' ');
		add_end(out, name, room);
	}
	for (i = 0; i < count; i++)
		buf_addf(out, "%s %s", i > 0 ? "," : ":", parts[i]);
}

const char *
progress_line_time(char room[PROGRESS_TIME_SIZE], long long seconds)
{
	if (seconds < 60)
		snprintf(room, PROGRESS_TIME_SIZE, "%lld s", seconds);
	else if (seconds < 60 * 60)
		snprintf(room, PROGRESS_TIME_SIZE, "%lld min %lld s",
			seconds / 60, seconds % 60);
	else
		snprintf(room, PROGRESS_TIME_SIZE, "%lld h %lld min",
			seconds / 3600, seconds / 60 % 60);
	return room;
}

void
progress_line_show(const struct buf *line, bool terminal)
{
	if (terminal && line->len > 0)
		log_draw_status(buf_shown(line));
	else if (terminal)
		log_clear_status();
	else if (line->len > 0)
		log_info("%s", buf_shown(line) + strlen(prefix));
}
