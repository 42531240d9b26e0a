/*
 * Why a URL is, or is not, invalidated: by which item, because of which
 * changes.
 */
#ifndef DIFF_EXPLANATION_H
#define DIFF_EXPLANATION_H

#include "diff/changes.h"
#include "diff/plan.h"
#include "diff/url_rules.h"
#include "diff/url_set.h"

struct explanation {
	const struct url *url; /* NULL: no URL of either build */
	const struct plan_item *item; /* that covers it, NULL where none does */
	const struct change **changes; /* that make it stale */
	size_t change_count;
};

/*
 * `text` is a path as in an item, or as it stands in a build (then it is
 * encoded first). What the explanation points to is borrowed.
 */
int explanation_make(struct explanation *explanation, const char *text,
	const struct plan *plan, const struct url_set *urls,
	const struct changes *changes, const struct url_rules *rules,
	struct err *err);
void explanation_release(struct explanation *explanation);

#endif
