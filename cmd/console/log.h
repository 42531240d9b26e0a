/*
 * Messages for people, on standard error: lines of the form "edgediff: TEXT".
 *
 * Each line is a single write, whatever thread it comes from. Control characters
 * are written as \xNN, in the manner of base/escape.h. The text is the same
 * everywhere; only a terminal shows "edgediff:" in red for an error and yellow
 * for a warning (cmd/console/terminal.h). In a GitHub Actions workflow, an
 * annotation follows each error and warning (but see log_part).
 */
#ifndef CMD_CONSOLE_LOG_H
#define CMD_CONSOLE_LOG_H

#include <stdbool.h>

#include "base/buf.h"

enum log_level {
	LOG_ERROR, /* why the exit status is not 0 */
	LOG_WARNING, /* the run goes on, but somebody should look at it */
	LOG_INFO, /* progress and results */
	LOG_DEBUG, /* details, for --verbose */
};

/* Show messages of this level and more severe ones; LOG_INFO at first. */
void log_set_level(enum log_level level);

/* Is this level shown? If not, a message need not be prepared. */
bool log_shows(enum log_level level);

/*
 * Begin each message with "NAME: ", for a run that does several things; NULL
 * ends that. The name is borrowed. Call it while there is a single thread.
 */
void log_set_subject(const char *name);

void log_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_warning(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_debug(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/*
 * A line of several that belong together, which is not annotated: one
 * annotation has them all then.
 */
void log_part(enum log_level level, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * In a GitHub Actions workflow, if this level is shown, write one annotation of
 * these lines: an error, a warning, or for LOG_INFO a notice. GitHub shows ten of
 * each kind for a step.
 */
void log_annotate(enum log_level level, const char *const *lines, size_t count);

/*
 * Log at LOG_DEBUG what was done and how long it took, in seconds since
 * `began`, a time of clock_elapsed().
 */
void log_elapsed(long long began, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * The status line: the last line of the terminal, which is drawn again and
 * again, and which messages push down. It may have log_columns() columns at
 * most; 0 means that there is no status line, for want of a terminal or because
 * LOG_INFO is not shown.
 */
int log_columns(void);
void log_draw_status(const char *line);
void log_clear_status(void);

/* The same in a signal handler. The line is not drawn again afterwards. */
void log_clear_status_at_exit(void);

/*
 * Append text to a line of standard output, escaped like a message in a
 * workflow.
 */
void log_add_plain(struct buf *out, const char *text);

#endif
