/*
 * Explains why a URL is invalidated or not: by which item, and because of which
 * changes.
 */
#ifndef DIFF_EXPLANATION_H
#define DIFF_EXPLANATION_H

#include "diff/changes.h"
#include "diff/plan.h"
#include "diff/url_rules.h"
#include "diff/url_set.h"

struct explanation {
	const struct url *url; /* NULL if neither build has it */
	const struct plan_item *item; /* the item that covers it, or NULL */
	const struct change **changes; /* the changes that make it stale */
	size_t change_count;
};

/*
 * Explain a URL. `text` is its path, encoded as in an item; if no URL has that
 * path, `text` is taken as an unencoded path, as in a build. The explanation
 * borrows from the plan, the set and the changes. Release it even after a
 * failure.
 */
int explanation_make(struct explanation *explanation, const char *text,
	const struct plan *plan, const struct url_set *urls,
	const struct changes *changes, const struct url_rules *rules,
	struct err *err);
void explanation_release(struct explanation *explanation);

#endif
