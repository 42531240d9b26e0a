/* Copies a file to standard output, with text in place of its marked lines. */
#ifndef CMD_MANUAL_TEMPLATE_H
#define CMD_MANUAL_TEMPLATE_H

#include <stdbool.h>

/*
 * Print the file `source`. A line that begins with `mark` is replaced by what
 * `print` prints for the rest of the line, which is a word; `print` returns
 * false, and prints nothing, for a word that it does not know. Returns false,
 * after a message on standard error, if there is such a word, or if the file
 * cannot be read.
 */
bool template_fill(const char *source, const char *mark,
	bool (*print)(const void *context, const char *word),
	const void *context);

#endif
