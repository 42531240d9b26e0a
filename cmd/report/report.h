/*
 * The report for review: what changed, what is invalidated for it and what
 * that costs; as a page (.html), for a pull request (.md) or for programs
 * (.json).
 *
 * A report depends on the builds, the plan and the batch alone, not on the
 * clock or the machine. So the same builds give the same bytes; a dry run's
 * report differs only in saying that nothing was sent. (The CallerReference of
 * a first deployment is random.) What the run looked at besides (its checks) is
 * reported as it was found.
 *
 * A report of a deployment is there before anything is sent. A check that comes
 * later is in it from the start, as unknown, and is filled in then.
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

/* A check whose result comes after the report was written. */
struct report_check report_check_later(const char *title);

/*
 * In each of the files, which report_write wrote, put this check in the place of
 * the later one with its title. Each file is replaced atomically. Fails with
 * ERR_INPUT if a file has no such check any more.
 */
int report_fill(const struct string_list *files,
	const struct report_check *check, struct err *err);

#endif
