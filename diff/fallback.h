/*
 * Fallback pages: objects that answer at URLs which no build holds, as
 * CloudFront's custom error responses and single-page apps do.
 *
 * Once such a page changes, caches may have the old one under any path below
 * the mount, so nothing less than the mount's wildcard reaches them.
 */
#ifndef DIFF_FALLBACK_H
#define DIFF_FALLBACK_H

#include "base/buf.h"
#include "diff/changes.h"
#include "diff/plan.h"
#include "diff/url_rules.h"
#include "diff/url_set.h"

/*
 * The first change of a fallback page, whatever else the rules say about its
 * key; NULL if none has changed. With exact_only, what is known of the site does
 * not make any page one.
 */
const struct change *fallback_find(
	const struct changes *changes, const struct url_rules *rules);

/*
 * A fallback page that the new build has or that was removed, changed or not;
 * NULL if there is none.
 */
const struct object *fallback_find_page(const struct manifest *after,
	const struct changes *changes, const struct url_rules *rules);

/*
 * Make the plan that this change needs: the mount's wildcard, and an exact path
 * for a stale URL outside the mount. ERR_INPUT if the limits or never_widen
 * forbid it. Release the plan after success only.
 */
int fallback_plan(struct plan *plan, const struct change *change,
	const struct url_set *urls, const struct plan_limits *limits,
	struct err *err);

/* Append why: which page was changed, and what it needs. */
void fallback_say(struct buf *out, const struct change *change,
	const struct url_set *urls);

#endif
