/* Values as JSON, byte for byte as Python's json.dumps writes it. */
#ifndef CMD_AWSCLI_JSON_DUMP_H
#define CMD_AWSCLI_JSON_DUMP_H

#include "cmd/awscli/value.h"

/* Append json.dumps(value, indent=4, ensure_ascii=False) and a newline. */
void json_dump(struct buf *out, const struct value *value);

/* Append json.dumps(text): a string in ASCII. */
void json_dump_ascii(struct buf *out, const char *text, size_t len);

#endif
