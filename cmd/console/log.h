/*
 * What edgediff says to a person, on standard error: lines "edgediff: TEXT".
 *
 * A line is one write, whatever thread says it, and holds no control
 * characters: they are written \xNN, as base/escape.h writes those of names. The
 * text is the same everywhere. On a terminal the name in front is red for an
 * error and yellow for a warning, unless NO_COLOR is set or TERM is dumb;
 * CLICOLOR_FORCE has it so where there is no terminal, too. In a step of a GitHub
 * workflow an annotation follows each of the two.
 */
#ifndef CMD_CONSOLE_LOG_H
#define CMD_CONSOLE_LOG_H

#include <stdbool.h>

#include "base/buf.h"

enum log_level {
	LOG_ERROR, /* why the exit status is not 0 */
	LOG_WARNING, /* it goes on, but somebody should look at it */
	LOG_INFO, /* how it goes */
	LOG_DEBUG, /* for who asks: --verbose */
};

/* What is said from here on: this level and those above; notes at first. */
void log_set_level(enum log_level least);

/* Is this level said? Where it is not, nothing need be found out for it. */
bool log_shows(enum log_level level);

/*
 * Put "<name>: " in front of what is said from here on, NULL for nothing: where
 * a run does several things. The name is borrowed. To be called while there is
 * one thread.
 */
void log_set_subject(const char *name);

void log_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_warning(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_debug(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/*
 * The line at the terminal's bottom that is drawn again and again, and stands
 * behind all others until it is wiped. log_columns is how many columns it may
 * have at most, 0 where there is no terminal to draw it on.
 */
int log_columns(void);
void log_draw_status(const char *line);
void log_clear_status(void);

/* Wipe it from a signal handler: nothing is drawn any more. */
void log_clear_status_at_exit(void);

/*
 * Append a text as lines of talk have it in a step of a workflow, for a line of
 * standard output.
 */
void log_add_plain(struct buf *out, const char *text);

/* A detail: what was done since `began`, a time of clock_elapsed, and how long
 * it took. */
void log_elapsed(long long began, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
