/* Shows how long the program has been waiting. */
#include "cmd/console/waiting_progress.h"

#include <stdio.h>

#include "base/clock.h"
#include "cmd/console/log.h"
#include "cmd/console/progress_line.h"
#include "cmd/console/system.h"

enum {
	SECOND = 1000, /* milliseconds */
};

void
waiting_progress_begin(struct waiting_progress *w, long long limit)
{
	long long now = clock_elapsed();

	*w = (struct waiting_progress){
		.began = now, .limit = limit, .shown = now};
}

static void
show_waiting(struct waiting_progress *w, const char *what)
{
	long long now = clock_elapsed();
	char parts[1][PART_MAX], spent[PROGRESS_TIME_SIZE],
		limit[PROGRESS_TIME_SIZE];
	int columns = log_columns();
	struct buf line;

	if (columns > 0 ? now - w->began < PROGRESS_FIRST_DRAW
			: now - w->shown < PROGRESS_MESSAGE)
		return;
	snprintf(parts[0], PART_MAX, "%s of %s at most",
		progress_line_time(spent, (now - w->began) / 1000),
		progress_line_time(limit, w->limit / 1000));
	buf_init(&line, PROGRESS_LINE_MAX);
	progress_line_fit(&line, columns > 0 ? columns : PROGRESS_LINE_MAX,
		"waiting for", what, (const char(*)[PART_MAX])parts, 1);
	progress_line_show(&line, columns > 0);
	buf_release(&line);
	w->shown = now;
}

/* On a terminal wait a second at a time, and show each. */
int
waiting_progress_pause(
	struct waiting_progress *w, const char *what, long long milliseconds)
{
	bool terminal = log_columns() > 0;
	long long slice,
		next = w->began + PROGRESS_FIRST_DRAW - clock_elapsed();

	for (; milliseconds > 0; milliseconds -= slice) {
		slice = milliseconds;
		if (terminal && slice > SECOND)
			slice = next > 0 ? next : SECOND;
		next = SECOND;
		if (system_for_aws.wait(system_for_aws.context, (long)slice) !=
			0) {
			log_clear_status();
			return -1;
		}
		show_waiting(w, what);
	}
	return 0;
}

void
waiting_progress_end(void)
{
	log_clear_status();
}
