/*
 * The facts at the head of the page's data: the run, the builds, the plan and
 * its alternatives. cmd/report/page/main.js and costs.js read them.
 */
#ifndef CMD_REPORT_PAGE_FACTS_H
#define CMD_REPORT_PAGE_FACTS_H

#include "base/json_writer.h"
#include "cmd/report/report_model.h"

/* Write members of the object that is open. Failures stick to the writer. */
void page_facts(struct json_writer *json, const struct report_model *model);

/* Write a check as page_facts does. */
void page_facts_write_check(
	struct json_writer *json, const struct report_check *check);

/*
 * Write a name, and escape every byte that must not be shown as it is. The
 * scratch buffer has room for four times its length.
 */
void page_facts_write_shown(struct json_writer *json, struct buf *scratch,
	const char *name, size_t len);

#endif
