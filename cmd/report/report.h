/*
 * The report for review: what changed, what is invalidated for it and what
 * that costs; as a page (.html), for a pull request (.md) or for programs
 * (.json).
 *
 * A report depends on the builds, the plan and the batch alone, not on the
 * clock or the machine. So the same builds give the same bytes; a dry run's
 * report differs only in saying that nothing was sent. (The CallerReference of
 * a first deployment is random.)
 */
#ifndef CMD_REPORT_REPORT_H
#define CMD_REPORT_REPORT_H

#include "base/string_list.h"
#include "cmd/report/report_model.h"

/*
 * Check the names of the files before anything is read. Fails with ERR_USAGE
 * if a name doesn't end in a known format, or if the file exists and is not a
 * report in that format.
 */
int report_check(const struct string_list *files, struct err *err);

/*
 * Write a report to each file, in the format that its name ends in. Each file
 * is replaced atomically.
 */
int report_write(const struct string_list *files, const struct report_run *run,
	const struct delta *delta, struct err *err);

#endif
