/* Copies a source to standard output, with text in the place of marks. */
#ifndef CMD_MANUAL_FILL_H
#define CMD_MANUAL_FILL_H

#include <stdbool.h>

/*
 * A line that begins with `mark` is replaced by what `print` writes for the
 * word behind it; false from there for a word it does not know. Returns false,
 * with a word on standard error, where anything failed.
 */
bool template_fill(const char *source, const char *mark,
	bool (*print)(const void *context, const char *word),
	const void *context);

#endif
