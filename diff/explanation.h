/* Why a URL is invalidated or not: by which item, and for which changes. */
#ifndef DIFF_EXPLANATION_H
#define DIFF_EXPLANATION_H

#include "diff/changes.h"
#include "diff/plan.h"
#include "diff/url_rules.h"
#include "diff/url_set.h"

struct explanation {
	const struct url *url; /* NULL if neither build has it */
	const struct plan_item *item; /* that covers it, or NULL */
	const struct change **changes; /* that make it stale */
	size_t change_count;
};

/*
 * Explain the URL `text`: a path as in an item, or if there is no such URL, a
 * path as in a build, which is encoded first. The explanation borrows from the
 * plan, the set and the changes. Release it also after a failure.
 */
int explanation_make(struct explanation *explanation, const char *text,
	const struct plan *plan, const struct url_set *urls,
	const struct changes *changes, const struct url_rules *rules,
	struct err *err);
void explanation_release(struct explanation *explanation);

#endif
