/*
 * The dynamic programme: which candidates and which exact paths cover the
 * targets.
 *
 * Let the targets be 0 to n - 1, and let the state (p, w, e) say: targets from
 * p on are still to be covered, by exactly w wildcards and e exact paths. Read
 * the candidates that begin at p from the largest to the smallest; then for
 * the next of them, c,
 *
 *	best(p, w, e) = min of	collateral(c) + best(end(c), w - 1, e)
 *				best with c refused: the next that begins at p
 *
 * and once all are refused, best(p + 1, w, e - 1) by an exact path for p, or
 * nothing if p is forced. best(n, 0, 0) = 0. A subtree taken whole is jumped
 * over and one that is not is entered, so there is no merging of children: a
 * candidate costs one pass over its table of wildcards x paths. The sweep runs
 * from the last target to the first and holds one table, and copies of those
 * at the ends of candidates that contain the place it is at.
 *
 * Sums of equal worth: both ways use as many items, and their lists differ in
 * the first (candidate.sorts_first), so the smaller list is chosen on the spot.
 *
 * Two kinds of sweep: the free one forgets e, minimising (cost, collateral)
 * for each w; where its result is within the limit of paths, it is the
 * optimum. Else the full one keeps e, and for given w and e the least
 * collateral is the least cost.
 */
#ifndef DIFF_COVER_DP_H
#define DIFF_COVER_DP_H

#include "diff/candidates.h"
#include "diff/plan.h"

struct cover_dp_worth {
	uint64_t cost; /* UINT64_MAX: there is no cover */
	uint64_t collateral;
};

struct cover_dp_choice {
	struct cover_dp_worth worth; /* of the whole plan */
	size_t items, wildcards;
};

/* What a plan consists of, in the order of its items: a candidate or a
 * target. */
struct cover_dp_item {
	bool wildcard;
	uint32_t index;
};

/*
 * Find the best choice with any number of exact paths, weighing collateral by
 * `collateral_cost`. With `items`, also list it; the caller frees.
 */
int cover_dp_unlimited(const struct candidates *candidates,
	size_t wildcards_max, uint64_t collateral_cost,
	struct cover_dp_choice *choice, struct cover_dp_item **items,
	struct err *err);

/* As cover_dp_unlimited, of at most limits->paths_max items. */
int cover_dp_limited(const struct candidates *candidates,
	const struct plan_limits *limits, struct cover_dp_choice *choice,
	struct cover_dp_item **items, struct err *err);

#endif
