/*
 * The model as the page's script reads it: JSON that cannot end the script
 * element around it.
 *
 * It consists of columns, so that a page of 100,000 objects opens at once.
 * `names` walks the tree of folders in the order of the keys: a name that ends
 * in / opens a folder, an empty one closes it, and any other is a file;
 * [state, objects, bytes] sums up files of the folder that are not listed. The
 * other columns have an element for each listed file: `kinds` (= A M D),
 * `states` (a digit, of enum object_state) and `sizes`; `was` has the size
 * before of each M, or -1 if it is unknown; `by` has the invalidation paths,
 * as indexes, of each file that any of them covers.
 */
#ifndef CMD_REPORT_PAGE_DATA_H
#define CMD_REPORT_PAGE_DATA_H

#include "cmd/report/report_model.h"

/* Append the data. */
int page_data(
	struct buf *out, const struct report_model *model, struct err *err);

/* Append a check as the data has it. */
void page_data_check(struct buf *out, const struct report_check *check);

#endif
