/* The report for programs, whose members report_json.c names. */
#ifndef CMD_REPORT_REPORT_JSON_H
#define CMD_REPORT_REPORT_JSON_H

#include "cmd/report/report_model.h"

/* Append one JSON object and a newline. */
int report_json(
	struct buf *out, const struct report_model *model, struct err *err);

/* Append one check as the report has it. */
void report_json_check(struct buf *out, const struct report_check *check);

#endif
