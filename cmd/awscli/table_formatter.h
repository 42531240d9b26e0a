/*
 * --output table: a section for each dict or list, with its name as the title;
 * what is within a section is framed once more. An empty value prints nothing.
 */
#ifndef CMD_AWSCLI_TABLE_FORMATTER_H
#define CMD_AWSCLI_TABLE_FORMATTER_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/value.h"

/*
 * Append the table of a value to `out`, for a terminal of `columns`. The title
 * is the operation's name. Fails with AWSCLI_GENERAL_ERROR where the AWS CLI
 * fails: for lists whose elements don't fit in one table.
 */
int table_format(struct buf *out, struct arena *arena, const char *title,
	const struct value *value, long columns, bool coloured,
	struct fault *fault);

#endif
