/*
 * Plans for the case that nothing is known about the edge.
 *
 * The plan is the wildcard of the whole mount, and an exact path for each URL
 * outside it. If never_widen or the limits forbid that wildcard, every URL that
 * is known is stale, and the plan is the smallest one that covers them
 * (diff/plan.h): all that can be done, unless a fallback page answers at URLs
 * that nobody knows.
 */
#ifndef DIFF_EVERYTHING_H
#define DIFF_EVERYTHING_H

#include "diff/changes.h"
#include "diff/plan.h"
#include "diff/url_rules.h"
#include "diff/url_set.h"

/*
 * Make the plan. `urls` was made with everything stale from the same build,
 * changes and rules. ERR_INPUT says why no plan meets the limits, and which
 * option helps. Release the plan after success only.
 */
int everything_plan(struct plan *plan, const struct url_set *urls,
	const struct manifest *after, const struct changes *changes,
	const struct url_rules *rules, const struct plan_limits *limits,
	struct err *err);

#endif
