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
 * many unchanged URLs are invalidated, and the first of these that helps, with
 * its effect: an --immutable pattern for a folder of added and removed files
 * with hashed names, or a higher --max-paths. If the plan is that of a changed
 * fallback page, the sentence says only this (diff/fallback.h).
 */
int hint_make(struct buf *out, const struct delta *delta, struct err *err);

#endif
