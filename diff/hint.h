/*
 * A hint about a wide plan: one that the limits force to invalidate most of what
 * did not change.
 */
#ifndef DIFF_HINT_H
#define DIFF_HINT_H

#include "diff/delta.h"

enum {
	HINT_URLS_MIN = 8, /* unchanged URLs; a smaller site needs no hint */
};

/*
 * Append one sentence to `out`, or nothing if the plan is not wide. It says how
 * many unchanged URLs are invalidated, and suggests the first of these that
 * helps, with its effect: an --immutable pattern for a folder with added and
 * removed files that have hashed names, or a higher --max-paths.
 */
int hint_make(struct buf *out, const struct delta *delta, struct err *err);

#endif
