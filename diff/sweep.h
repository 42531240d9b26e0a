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
#ifndef DIFF_SWEEP_H
#define DIFF_SWEEP_H

#include "diff/candidates.h"
#include "diff/plan.h"

struct sweep_worth {
	uint64_t cost; /* UINT64_MAX: there is no cover */
	uint64_t collateral;
};

struct sweep_choice {
	struct sweep_worth worth; /* of the whole plan */
	size_t items, wildcards;
};

/* What a plan consists of, in the order of its items: a candidate or a
 * target. */
struct sweep_item {
	bool wildcard;
	uint32_t index;
};

/*
 * Find the best choice with any number of exact paths, weighing collateral by
 * `collateral_cost`. With `items`, also list it; the caller frees.
 */
int sweep_free(const struct candidates *candidates, size_t wildcards_most,
	uint64_t collateral_cost, struct sweep_choice *choice,
	struct sweep_item **items, struct err *err);

/* As sweep_free, of at most limits->paths_most items. */
int sweep_full(const struct candidates *candidates,
	const struct plan_limits *limits, struct sweep_choice *choice,
	struct sweep_item **items, struct err *err);

#endif
