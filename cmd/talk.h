/*
 * What edgediff says to a person, on standard error: lines "edgediff: TEXT".
 *
 * A line is one write, whatever thread says it, and holds no control
 * characters: they are written \xNN, as base/name.h writes those of names. The
 * text is the same everywhere. On a terminal the name in front is red for an
 * error and yellow for a warning, unless NO_COLOR is set or TERM is dumb;
 * CLICOLOR_FORCE has it so where there is no terminal, too. In a step of a GitHub
 * workflow an annotation follows each of the two.
 */
#ifndef CMD_TALK_H
#define CMD_TALK_H

#include <stdbool.h>

#include "base/buf.h"

enum talk_level {
	TALK_ERROR, /* why the exit status is not 0 */
	TALK_WARNING, /* it goes on, but somebody should look at it */
	TALK_NOTE, /* how it goes */
	TALK_DETAIL, /* for who asks: --verbose */
};

/* What is said from here on: this level and those above; notes at first. */
void talk_set_level(enum talk_level least);

/* Is this level said? Where it is not, nothing need be found out for it. */
bool talk_says(enum talk_level level);

/*
 * Put "<name>: " in front of what is said from here on, NULL for nothing: where
 * a run does several things. The name is borrowed. To be called while there is
 * one thread.
 */
void talk_about(const char *name);

void talk_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void talk_warning(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void talk(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void talk_detail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/*
 * The line at the terminal's bottom that is drawn again and again, and stands
 * behind all others until it is wiped. talk_columns is how many columns it may
 * have at most, 0 where there is no terminal to draw it on.
 */
int talk_columns(void);
void talk_draw(const char *line);
void talk_wipe(void);

/* Wipe it from a signal handler: nothing is drawn any more. */
void talk_wipe_at_end(void);

/*
 * Append a text as lines of talk have it in a step of a workflow, for a line of
 * standard output.
 */
void talk_add_plain(struct buf *out, const char *text);

/* A detail: what was done since `began`, a time of host_elapsed, and how long
 * it took. */
void talk_time(long long began, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
