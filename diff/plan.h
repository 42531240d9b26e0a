/*
 * The plan: the smallest list of invalidation items that covers every stale
 * URL.
 *
 * Given the URLs U, the stale ones S and for each of S whether an exact path
 * may cover it: at most paths_max items, of them at most wildcards_max
 * wildcards, that cover S and minimise
 *
 *	items + collateral_cost x (URLs of U outside S that a wildcard covers)
 *
 * and, among equals, fewest collateral URLs, then fewest items, then fewest
 * wildcards (they are the scarcer quota), then bytewise smallest (the sorted
 * lists compared item by item). `prefix*` covers every URL that begins with
 * prefix, prefix itself included; it covers a stale one reliably where it is
 * no longer than the URL's cut.
 *
 * How a wildcard is written: its prefix is the longest valid cut (url_cut) that
 * all stale URLs it is there for share; but where a shorter prefix that ends in
 * / covers the same URLs of U, it is the longest of those: `/old/` and
 * not `/old/page-`. It is never shorter than the mount, and never one that
 * url_set_forbids.
 */
#ifndef DIFF_PLAN_H
#define DIFF_PLAN_H

#include "diff/plan_limits.h"
#include "diff/url_set.h"

struct plan_item {
	const char *text; /* as sent: /a/b.html or /a/b*; the plan owns it */
	bool wildcard;
	size_t stale; /* stale URLs it covers */
	size_t collateral; /* other URLs of U it covers */
};

struct plan {
	struct plan_item *items; /* bytewise by text, in the order sent */
	size_t count;
	size_t wildcards;
	size_t urls, stale, collateral; /* counts of URLs: U, S, covered */
	uint64_t cost; /* of the objective, in millionths */
	struct arena texts;
};

/*
 * Find the plan. No stale URL: an empty plan. ERR_INPUT says which limit no
 * cover fits, and by how much, and what would help.
 */
int plan_make(struct plan *plan, const struct url_set *urls,
	const struct plan_limits *limits, struct err *err);

/*
 * A plan of items that are given (each a path, or a prefix and *): what they
 * cover, and what they cost. No limit is checked.
 */
int plan_measure(struct plan *plan, const struct url_set *urls,
	const char *const *items, size_t count, uint64_t collateral_cost,
	struct err *err);

/*
 * The plan that drops everything: the wildcard of the whole mount, and an
 * exact path for a URL of the set that lies outside it (see url_set). ERR_INPUT
 * where never_widen forbids that wildcard.
 */
int plan_everything(
	struct plan *plan, const struct url_set *urls, struct err *err);

/* The items' texts; the caller frees the array only. NULL: no memory. */
const char **plan_texts(const struct plan *plan);

void plan_release(struct plan *plan);

#endif
