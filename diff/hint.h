/*
 * What would help where a plan is forced wide: it drags along most of what
 * did not change.
 */
#ifndef DIFF_HINT_H
#define DIFF_HINT_H

#include "diff/plan.h"

enum {
	HINT_FEWEST_URLS = 8, /* in a smaller site a wide plan is no harm */
};

/*
 * Append one sentence to `out`, or nothing where the plan is not wide. It
 * says how many unchanged URLs are dragged along, and the best of: the
 * --immutable pattern of a folder of files with hashed names that came and
 * went, or a higher --max-paths, each with what it leads to.
 */
int hint_make(struct buf *out, const struct plan *plan,
	const struct url_set *urls, const struct changes *changes,
	const struct plan_limits *limits, struct err *err);

#endif
