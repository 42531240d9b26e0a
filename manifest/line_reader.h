/*
 * Reads a text that is in memory, strictly and line by line. Every error is
 * ERR_INPUT and begins with the number of the line.
 *
 * A line_reader is made by its caller, by its fields; it owns nothing.
 */
#ifndef MANIFEST_LINE_READER_H
#define MANIFEST_LINE_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* The text from `at` on is still to be read; `line` is its line number. */
struct line_reader {
	const char *start, *at, *end;
	size_t line;
};

/* Set the error "line <n>: <what>". Returns -1. */
int line_reader_fail(
	const struct line_reader *r, const char *what, struct err *err);

/* Does what is still to be read begin with this word? */
bool line_reader_begins(const struct line_reader *r, const char *word);

/*
 * Take the next line: *len bytes without the newline. Refuse one that is longer
 * than MANIFEST_LINE_MAX, or that ends in CR LF. An error is about this line.
 */
int line_reader_take(
	struct line_reader *r, const char **line, size_t *len, struct err *err);

/*
 * Read `word` and a value of printable ASCII without blanks, which ends at
 * `stop`, a space or the newline. The value is copied to `out`, which has room
 * for `max` bytes and a NUL.
 */
int line_reader_value(struct line_reader *r, const char *word, char *out,
	size_t max, char stop, struct err *err);

/* Read `word`, a decimal number without leading zeros, and a newline. */
int line_reader_number(struct line_reader *r, const char *word, uint64_t *out,
	struct err *err);

#endif
