/*
 * Says what a verification found: messages, an annotation of a workflow, and the
 * check of a report. Each names the first URLs of each verdict that is not fresh
 * or gone, and sums up.
 */
#ifndef CMD_EDGE_REPORT_H
#define CMD_EDGE_REPORT_H

#include "cmd/edge_check.h"
#include "cmd/report/report_model.h"

enum {
	EDGE_REPORT_URLS = 10, /* of each verdict */

	/* of the text of a check; what does not fit is left out */
	EDGE_REPORT_MAX = 32 * 1024,
};

/* The title of the check. */
extern const char edge_report_title[];

/*
 * Log what was found, if anything was: errors for what is stale, warnings for what
 * is not fresh.
 */
void edge_report_log(const struct edge_check *check);

/*
 * Make the check: passed if all of the sample is fresh, gone or private, but not
 * all private; failed if something is stale. `problem` says why nothing was found, or is NULL. The
 * text is in `text`, which the caller has initialized and releases.
 */
struct report_check edge_report_check(
	const struct edge_check *check, const char *problem, struct buf *text);

#endif
