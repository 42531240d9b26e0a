/*
 * The report for review: what changed, what is dropped for it and what that
 * costs, as a page (.html), for a pull request (.md) or for programs (.json).
 *
 * A function of its input alone: no clock, no host, no random numbers, so the
 * same builds give the same bytes, in a dry run too.
 */
#ifndef CMD_REPORT_REPORT_H
#define CMD_REPORT_REPORT_H

#include "base/string_list.h"
#include "diff/planned.h"

/*
 * Before anything is read: ERR_USAGE names a file whose format is unknown, or
 * that is there and no report of that format.
 */
int report_check(const struct string_list *files, struct err *err);

/*
 * Replace each file by the report in the format that its name ends in.
 * `distribution` is NULL but for a deployment.
 */
int report_write(const struct string_list *files, const char *distribution,
	const struct planned *planned, struct err *err);

#endif
