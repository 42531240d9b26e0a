/* Values as JSON, byte for byte as Python's json module writes it. */
#ifndef CMD_AWSCLI_JSON_DUMP_H
#define CMD_AWSCLI_JSON_DUMP_H

#include "base/emit.h"
#include "cmd/awscli/value.h"

/* Emit json.dumps(value, indent=4, ensure_ascii=False) and a newline. */
int json_dump(
	emit_fn *emit, void *to, const struct value *value, struct err *err);

/*
 * Append a string in ASCII, in which all other characters are escaped, as in
 * json.dumps(text).
 */
void json_dump_ascii(struct buf *out, const char *text, size_t len);

/* Append json.dumps(value, separators=(',', ':')). */
void json_dump_compact(struct buf *out, const struct value *value);

#endif
