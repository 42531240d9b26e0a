/*
 * --output text: a dict is a line of tab-separated scalars, sorted by key,
 * after its name in capitals; a list is a line for each element.
 */
#ifndef CMD_AWSCLI_TEXT_FORMATTER_H
#define CMD_AWSCLI_TEXT_FORMATTER_H

#include "cmd/awscli/value.h"

/* Append the text of a value. Returns false if memory runs out. */
bool text_format(struct buf *out, const struct value *value);

#endif
