/*
 * The report for review: what changed, what is invalidated for it and what
 * that costs; as a page (.html), for a pull request (.md) or for programs
 * (.json).
 *
 * A report depends on the builds and the plan alone, not on the clock, the
 * machine or chance. So the same builds give the same bytes, in a dry run too.
 */
#ifndef CMD_REPORT_REPORT_H
#define CMD_REPORT_REPORT_H

#include "base/string_list.h"
#include "diff/delta.h"

/*
 * Check the names of the files before anything is read. Fails with ERR_USAGE
 * if a name doesn't end in a known format, or if the file exists and is not a
 * report in that format.
 */
int report_check(const struct string_list *files, struct err *err);

/*
 * Write a report to each file, in the format that its name ends in. Each file
 * is replaced atomically. `distribution` is NULL except for a deployment.
 */
int report_write(const struct string_list *files, const char *distribution,
	const struct delta *delta, struct err *err);

#endif
