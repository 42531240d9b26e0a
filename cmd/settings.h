/*
 * Keeps the values of options (struct settings).
 *
 * A run has several: what the command line gives, without defaults; and what
 * applies, which is the defaults, then a section of edgediff.conf, then the
 * command line. Start from zero or with settings_default, and release it.
 */
#ifndef CMD_SETTINGS_H
#define CMD_SETTINGS_H

#include "base/err.h"
#include "cmd/options.h"

/* Set the default of every option. */
void settings_default(struct settings *settings);

/*
 * Set an option's value, which is borrowed; a list grows by it. A flag takes
 * "true" or "false", and ERR_USAGE says so.
 */
int settings_set(struct settings *settings, const struct option_row *row,
	const char *value, struct err *err);

/* Was a value given, by the command line or the file, beside the default? */
bool settings_is_given(const struct settings *settings, const char *name);

/* Take an option's value back, even a default. */
void settings_clear(struct settings *settings, const struct option_row *row);

/* Replace the value of each option that `over` has, lists as a whole. */
int settings_overlay(struct settings *settings, const struct settings *over,
	struct err *err);

/*
 * Begin an ERR_USAGE about a value with where the value is: "FILE, line N".
 * `value` is the text itself, not a copy. Nothing is added if it is from the
 * command line or a default. NULL means a value that is missing: "FILE,
 * [SECTION]". Returns -1.
 */
int settings_blame(
	const struct settings *settings, const char *value, struct err *err);

/* The strings are not freed. The settings are empty afterwards. */
void settings_release(struct settings *settings);

#endif
