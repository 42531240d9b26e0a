/*
 * --output yaml and yaml-stream. Not by libyaml, with which edgediff may have been
 * built or not: its output may not depend on that.
 */
#ifndef CMD_AWSCLI_YAML_FORMATTER_H
#define CMD_AWSCLI_YAML_FORMATTER_H

#include "cmd/awscli/value.h"

/*
 * Append a value in YAML's block style, with sorted keys, as the AWS CLI does.
 * Readers of YAML 1.1 and 1.2 read it alike: a string that either takes for
 * something else is quoted. A scalar is written as JSON, and an empty dict not
 * at all. Returns false if memory runs out.
 */
bool yaml_format(struct buf *out, const struct value *value);

/* The same of a list of this one value, for yaml-stream. */
bool yaml_format_item(struct buf *out, const struct value *value);

#endif
