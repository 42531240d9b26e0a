/*
 * The report as GitHub's Markdown, for a pull request or a job summary. It
 * stays below the 65,536 characters that GitHub accepts in a comment: long
 * lists and long names are cut.
 */
#ifndef CMD_REPORT_REPORT_MARKDOWN_H
#define CMD_REPORT_REPORT_MARKDOWN_H

#include "cmd/report/report_model.h"

/* Append the whole report. */
int report_markdown(
	struct buf *out, const struct report_model *model, struct err *err);

/* Append one check as the report has it. */
void report_markdown_check(struct buf *out, const struct report_check *check);

#endif
