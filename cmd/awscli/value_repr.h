/* Values as Python shows them. */
#ifndef CMD_AWSCLI_VALUE_REPR_H
#define CMD_AWSCLI_VALUE_REPR_H

#include "cmd/awscli/value.h"

/* Append repr(value). */
void value_repr(struct buf *out, const struct value *value);

/* Append str(value): a string is shown without quotes. */
void value_str(struct buf *out, const struct value *value);

/* The name of the value's type: "dict". */
const char *value_type_name(const struct value *value);

#endif
