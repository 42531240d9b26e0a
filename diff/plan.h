/*
 * The plan: the smallest list of invalidation paths that covers every stale URL.
 *
 * Let U be all URLs, S the stale and N the neutral ones; for some of S an exact
 * path is enough.
 * The plan has at most paths_max items, at most wildcards_max of them wildcards,
 * that cover S and minimise
 *
 *	items + collateral_cost x weight
 *	weight = (URLs of U outside S and N that a wildcard covers) +
 *		foreign_cost x (pairs of a wildcard and a foreign behaviour that
 *		it can meet: diff/site.h)
 *
 * since it is not known how many URLs caches have of another origin. Among plans
 * of equal cost, it is the one with the least weight, then the fewest items, then the fewest wildcards (their quota is scarcer),
 * then the bytewise smallest one, comparing the sorted lists item by item.
 *
 * `prefix*` covers every URL that begins with prefix, including prefix itself.
 * It covers a stale URL reliably if the prefix is no longer than the URL's cut.
 *
 * A wildcard's prefix is the longest valid cut (url_cut) that the stale URLs it
 * is meant for have in common. If a shorter prefix that ends in / covers the
 * same URLs of U and meets the same behaviours, the longest such prefix is used:
 * `/old/`, not `/old/page-`. It is never shorter than the mount, and never one that url_set_forbids.
 */
#ifndef DIFF_PLAN_H
#define DIFF_PLAN_H

#include "diff/plan_limits.h"
#include "diff/url_set.h"

struct plan_item {
	const char *text; /* as sent: /a/b.html or /a/b*; the plan owns it */
	bool wildcard;
	size_t stale; /* stale URLs that it covers */
	size_t collateral; /* URLs that it covers, neither stale nor neutral */
	size_t foreign; /* behaviours of other origins that it can meet */
};

struct plan {
	struct plan_item
		*items; /* sorted bytewise by text; sent in this order */
	size_t count;
	size_t wildcards;
	size_t urls, stale, neutral; /* counts: U, S, N */
	size_t collateral; /* covered outside S and N */
	size_t foreign; /* the sum of the wildcards' */
	uint64_t cost; /* in millionths of a path */
	struct arena texts;
};

/*
 * Find the plan; it is empty if no URL is stale. If no plan meets the limits,
 * ERR_INPUT says which limit is exceeded, by how much, and what would help.
 * Release the plan after success only. The same holds for the functions below.
 */
int plan_make(struct plan *plan, const struct url_set *urls,
	const struct plan_limits *limits, struct err *err);

/*
 * Make a plan of the given items, each a path, or a prefix and *, to learn what
 * they cover, and what they cost by these limits, or with NULL without what
 * wildcards drag along. No limit is checked.
 */
int plan_measure(struct plan *plan, const struct url_set *urls,
	const char *const *items, size_t count,
	const struct plan_limits *limits, struct err *err);

/*
 * Make the plan that invalidates everything: the wildcard of the whole mount,
 * and an exact path for each URL of the set outside it (see url_set). Fails
 * with ERR_INPUT if never_widen forbids that wildcard.
 */
int plan_everything(
	struct plan *plan, const struct url_set *urls, struct err *err);

/*
 * The items' texts; the caller frees only the array. NULL if memory runs out.
 */
const char **plan_texts(const struct plan *plan);

void plan_release(struct plan *plan);

#endif
