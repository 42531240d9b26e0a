/*
 * --output text: a line of tab-separated scalars for a dict, sorted by key,
 * behind its name in capitals; a line for each element of a list.
 */
#ifndef CMD_AWSCLI_TEXT_H
#define CMD_AWSCLI_TEXT_H

#include "cmd/awscli/value.h"

/* False where there is no memory. */
bool text_print(struct buf *out, const struct value *value);

#endif
