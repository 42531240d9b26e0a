/*
 * The parts of the page, which the build makes of cmd/report/page: each with
 * a NUL behind it that its length does not count.
 */
#ifndef CMD_REPORT_PAGE_H
#define CMD_REPORT_PAGE_H

#include "cmd/report/report_model.h"

extern const unsigned char page_html[], page_css[], page_js[];
extern const size_t page_html_len, page_css_len, page_js_len;

/* Append the model as the page's script reads them: cmd/report/page_data.c. */
int page_data(
	struct buf *out, const struct report_model *model, struct err *err);

#endif
