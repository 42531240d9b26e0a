/*
 * Finds the best cover by dynamic programming.
 *
 * Let the targets be 0 to n - 1. The state (p, w, e) means: the targets from p
 * on are covered by exactly w wildcards and e exact paths. The candidates that
 * begin at p are considered from the largest to the smallest. For each of them,
 * c, with end(c) the target after its last,
 *
 *	best(p, w, e) = min of	collateral(c) + best(end(c), w - 1, e)
 *				the best without c: the next that begins at p
 *
 * and after the smallest, best(p + 1, w, e - 1) by an exact path for p, or no
 * cover if p is forced. best(n, 0, 0) = 0. Taking a candidate skips its whole
 * subtree and refusing it enters the subtree, so the tables of children are
 * never merged: a candidate costs one pass over its table of wildcards x exact
 * paths. The sweep goes from the last target to the first. It keeps the current
 * table, and copies of those at the ends of the candidates that contain the
 * current target.
 *
 * If taking and refusing have the same value, both ways use as many items, and
 * their sorted lists differ in the first item (candidate.sorts_first); so the
 * bytewise smaller list is chosen on the spot.
 *
 * There are two kinds of sweep. The unlimited one forgets e and minimises (cost,
 * collateral) for each w; if its result keeps the limit of paths, it is the
 * optimum. Otherwise the limited one keeps e; for given w and e the least
 * collateral is also the least cost.
 */
#ifndef DIFF_COVER_DP_H
#define DIFF_COVER_DP_H

#include "diff/candidates.h"
#include "diff/cover.h"
#include "diff/plan_limits.h"

/*
 * Find the best cover with any number of exact paths. If there is none, its cost
 * is UINT64_MAX. If `items` is not NULL, also list the cover's items, sorted;
 * the caller frees the list. Fails only for lack of memory.
 */
int cover_dp_unlimited(const struct candidates *candidates,
	size_t wildcards_max, uint64_t collateral_cost, struct cover *cover,
	struct cover_item **items, struct err *err);

/* As cover_dp_unlimited, with at most limits->paths_max items. */
int cover_dp_limited(const struct candidates *candidates,
	const struct plan_limits *limits, struct cover *cover,
	struct cover_item **items, struct err *err);

#endif
