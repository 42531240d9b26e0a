/* JSON, read as Python's json.loads reads it, with its sentences on defects. */
#ifndef CMD_AWSCLI_JSON_H
#define CMD_AWSCLI_JSON_H

#include "cmd/awscli/value.h"

/*
 * Read one document; NULL where it is none, with the sentence in `problem`:
 * "Expecting value: line 1 column 10 (char 9)". Dicts are `ordered` or not.
 * Without memory, or nested too deep, the sentence says that.
 */
struct value *json_read(struct arena *arena, const char *text, size_t len,
	bool ordered, struct buf *problem);

#endif
