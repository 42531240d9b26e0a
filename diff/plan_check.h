/* Checks a plan against its definition, however it was found. */
#ifndef DIFF_PLAN_CHECK_H
#define DIFF_PLAN_CHECK_H

#include "diff/plan.h"
#include "diff/url_set.h"

/*
 * Fails with ERR_BUG unless every stale URL is covered, the limits are kept, no
 * item covers another, url_set_forbids no wildcard, and all counts and the cost
 * are right. Call it before a plan is sent.
 */
int plan_check(const struct plan *plan, const struct url_set *urls,
	const struct plan_limits *limits, struct err *err);

#endif
