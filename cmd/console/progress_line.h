/*
 * A line of progress: "edgediff: VERB NAME: PART, PART". On a terminal it is the
 * status line, and is drawn again at most ten times a second; elsewhere it is a
 * message every half minute. Whatever takes less than half a second shows
 * nothing, and neither does --quiet.
 */
#ifndef CMD_CONSOLE_PROGRESS_LINE_H
#define CMD_CONSOLE_PROGRESS_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum {
	/* milliseconds */
	PROGRESS_FIRST_DRAW = 500,
	PROGRESS_REDRAW = 100,
	PROGRESS_MESSAGE = 30 * 1000, /* without a terminal */

	PROGRESS_LINE_MAX = 4096,
	PROGRESS_TIME_SIZE = 32,
	PARTS_MAX = 4,
	PART_MAX = 64,
};

/*
 * Compose a line of at most `columns` columns. If it is too long, the name is
 * cut at its front, then parts are left out, the last one first, then the name;
 * if not even the first part fits, the line is "". Parts are ASCII.
 */
void progress_line_fit(struct buf *out, int columns, const char *verb,
	const char *name, const char (*parts)[PART_MAX], size_t count);

/* How many columns of a terminal this valid UTF-8 takes. */
size_t progress_line_columns(const char *text);

/* "5 s", "2 min 5 s" or "3 h 20 min", written to `room`. */
const char *progress_line_time(
	char room[PROGRESS_TIME_SIZE], long long seconds);

/* Show the line: as the status line on a terminal, otherwise as a message. */
void progress_line_show(const struct buf *line, bool terminal);

#endif
