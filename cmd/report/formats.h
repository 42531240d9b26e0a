/* The formats of a report: each appends all of it to a buffer. */
#ifndef CMD_REPORT_FORMATS_H
#define CMD_REPORT_FORMATS_H

#include "cmd/report/report_model.h"

enum {
	/* What a browser opens, and more than a million objects. */
	REPORT_MAX = 512 * 1024 * 1024,
};

int report_html(
	struct buf *out, const struct report_model *model, struct err *err);
int report_json(
	struct buf *out, const struct report_model *model, struct err *err);
int report_markdown(
	struct buf *out, const struct report_model *model, struct err *err);

#endif
