/* The report as one page of HTML, which loads nothing from elsewhere. */
#ifndef CMD_REPORT_REPORT_HTML_H
#define CMD_REPORT_REPORT_HTML_H

#include "cmd/report/report_model.h"

/* Append the page. Fails if it is too large for the buffer. */
int report_html(
	struct buf *out, const struct report_model *model, struct err *err);

/* Append one check as the page's data has it. */
void report_html_check(struct buf *out, const struct report_check *check);

#endif
