/*
 * Finds the best cover by dynamic programming.
 *
 * Let the targets be 0 to n - 1. The state (p, w, e) means: the targets from p
 * on are covered by exactly w wildcards and e exact paths. The candidates that
 * begin at p are considered from the largest to the smallest. For each
 * candidate c, where end(c) is the target after its last one,
 *
 *	best(p, w, e) = min of	weight(c) + best(end(c), w - 1, e)
 *				the best without c: from the next one at p
 *
 * and after the smallest, best(p + 1, w, e - 1) with an exact path for p, or no
 * cover if p is forced. best(n, 0, 0) = 0. Taking a candidate skips its whole
 * subtree and refusing it enters the subtree, so the tables of children are
 * never merged: a candidate costs one pass over the table of wildcards x exact
 * paths. The sweep goes from the last target to the first. It keeps the current
 * table, and copies of the tables at the ends of the candidates that contain
 * the current target.
 *
 * A candidate's weight is its own: what it drags along, URLs or foreign
 * behaviours, does not depend on the other items, and two candidates of a cover
 * are disjoint. A foreign behaviour that two wildcards can meet counts twice.
 *
 * If taking and refusing a candidate have the same value, both use the same
 * number of items, and their sorted lists differ in the first item
 * (candidate.sorts_first), so the bytewise smaller list is chosen at once.
 *
 * There are two kinds of sweep. The unlimited one forgets e and minimises
 * (cost, weight) for each w; if its result is within the limit on paths, it
 * is the optimum. Otherwise the limited one keeps e; for given w and e, the
 * cover with the least weight also has the least cost.
 */
#ifndef DIFF_COVER_DP_H
#define DIFF_COVER_DP_H

#include "diff/candidates.h"
#include "diff/cover.h"
#include "diff/plan_limits.h"

/*
 * Find the best cover with any number of exact paths. If no cover exists, its
 * cost is UINT64_MAX. If `items` is not NULL, also list the cover's items,
 * sorted; the caller frees the list. Fails only if memory runs out.
 */
int cover_dp_unlimited(const struct candidates *candidates,
	size_t wildcards_max, uint64_t collateral_cost, struct cover *cover,
	struct cover_item **items, struct err *err);

/* Like cover_dp_unlimited, but with at most limits->paths_max items. */
int cover_dp_limited(const struct candidates *candidates,
	const struct plan_limits *limits, struct cover *cover,
	struct cover_item **items, struct err *err);

#endif
