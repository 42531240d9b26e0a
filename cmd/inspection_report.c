/* Describes an inspection for reports. */
#include "cmd/inspection_report.h"

#include <string.h>

/* Add the lines that fit. */
static void
add_conclusions(struct buf *text, const struct conclusions *conclusions)
{
	const struct conclusion *c;
	size_t i;

	for (i = 0; i < conclusions->count; i++) {
		c = &conclusions->list[i];
		if (text->len + strlen(c->text) + strlen(c->reason) + 64 >
			INSPECTION_REPORT_MAX)
			continue;
		buf_addf(text, "%s%s%s: %s.", text->len > 0 ? "\n" : "",
			c->level == CONCLUSION_NOTE ? "" : "Warning: ", c->text,
			c->reason);
	}
}

bool
inspection_report(const struct site_inspection *inspection,
	struct report_check *check, struct buf *text)
{
	*check = (struct report_check){
		.title = "Distribution", .verdict = REPORT_UNKNOWN};
	if (inspection->recalled) {
		buf_addstr(text, "It is taken as it was read for the last "
				 "deployment.");
	} else if (inspection->source.was_read) {
		add_conclusions(text, &inspection->conclusions);
		if (inspection->conclusions.complete)
			check->verdict = REPORT_PASSED;
	} else if (inspection->source.was_asked) {
		buf_addstr(text, "It was not read, and the options alone say "
				 "how it caches.");
	} else {
		return false;
	}
	check->text = buf_shown(text);
	return true;
}
