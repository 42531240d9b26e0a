/* Reads the text of value sets (manifest/value_sets_text.h) from memory. */
#ifndef MANIFEST_VALUE_SETS_PARSER_H
#define MANIFEST_VALUE_SETS_PARSER_H

#include "manifest/line_reader.h"
#include "manifest/value_sets.h"

/*
 * Read the text at r->at, strictly, into initialised sets. ERR_INPUT names the
 * line. Then read the manifest that they are relative to, and check them.
 * Release the sets even after a failure.
 */
int value_sets_parse(
	struct value_sets *sets, struct line_reader *r, struct err *err);

/*
 * Refuse a value that is the manifest's own, or of a key of which the manifest
 * knows nothing (ERR_INPUT). The first value was on line `first_line`.
 */
int value_sets_check(const struct value_sets *sets,
	const struct manifest *manifest, size_t first_line, struct err *err);

#endif
