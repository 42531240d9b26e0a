/*
 * JSON, read as Python's json.loads reads it, with its messages about defects.
 *
 * cJSON cannot take its place. Python names the line, the column and the
 * character of a defect, counted in characters, and expects different things
 * there ("Expecting ',' delimiter", "Extra data"); cJSON reports only a byte
 * offset. Python keeps integers of any length, which are sent as they are
 * written, while cJSON turns each number into a double. Python also takes NaN
 * and Infinity, strings that contain NUL, and lets the last of several equal
 * keys win.
 */
#ifndef CMD_AWSCLI_JSON_H
#define CMD_AWSCLI_JSON_H

#include "cmd/awscli/value.h"

/*
 * Read one document of `len` bytes, which live longer than the value. Its
 * objects become VALUE_ORDERED if `ordered` is true, otherwise VALUE_DICT.
 * Returns NULL for invalid JSON, with Python's message in `problem`: "Expecting
 * value: line 1 column 10 (char 9)". If memory runs out, or the nesting is
 * deeper than VALUE_DEPTH_MAX, the message says so.
 */
struct value *json_read(struct arena *arena, const char *text, size_t len,
	bool ordered, struct buf *problem);

/*
 * Is a problem of json_read one of edgediff's own limits or of memory, rather
 * than something that Python would object to as well?
 */
bool json_is_limit(const struct buf *problem);

#endif
