/* Draws a table. */
#ifndef CMD_AWSCLI_TABLE_RENDER_H
#define CMD_AWSCLI_TABLE_RENDER_H

#include "cmd/awscli/table.h"

/*
 * Append the table. If it is wider than `columns`, sections of one row are
 * turned first: each header and its cell become a row. `coloured` adds the
 * escape sequences that the AWS CLI writes, also those without effect. Returns
 * -1 with a fault if memory runs out.
 */
int table_render(
	struct table *table, struct buf *out, long columns, bool coloured);

#endif
