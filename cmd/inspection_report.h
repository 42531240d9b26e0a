/* What reports say of an inspection: the distribution, with its conclusions. */
#ifndef CMD_INSPECTION_REPORT_H
#define CMD_INSPECTION_REPORT_H

#include "cmd/inspection.h"
#include "cmd/report/report_model.h"

enum {
	INSPECTION_REPORT_MAX = 64 * 1024, /* bytes; the rest is left out */
};

/*
 * Describe it, if the distribution was read, recalled or to be read: a
 * conclusion a line, with its reason. The check borrows its text from the
 * buffer, which was initialised with INSPECTION_REPORT_MAX. False: there is
 * nothing to say.
 */
bool inspection_report(const struct site_inspection *inspection,
	struct report_check *check, struct buf *text);

#endif
