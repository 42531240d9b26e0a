/*
 * What would help where a plan is forced wide: it drags along most of what
 * did not change.
 */
#ifndef DIFF_HINT_H
#define DIFF_HINT_H

#include "diff/delta.h"

enum {
	HINT_FEWEST_URLS = 8, /* in a smaller site a wide plan is no harm */
};

/*
 * Append one sentence to `out`, or nothing where the plan is not wide. It
 * says how many unchanged URLs are dragged along, and the first of these that
 * helps, with what it leads to: the --immutable pattern of a folder of files
 * with hashed names that came and went, or a higher --max-paths.
 */
int hint_make(struct buf *out, const struct delta *delta, struct err *err);

#endif
