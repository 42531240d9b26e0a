/*
 * The wildcards worth considering: one for each node of the compressed trie of
 * the targets.
 *
 * The target of a stale URL is its text up to its cut: a wildcard covers the URL
 * if its prefix is a prefix of the target. The targets that a wildcard covers
 * are consecutive when sorted: an interval. All prefixes that cover the same
 * interval cost one item. The longest valid one has the least weight, as what
 * begins with it begins with the others, and the foreign behaviours that it can
 * meet (diff/site.h) they can meet too. So each interval needs only one
 * candidate. Intervals are subtrees, so two of them are either nested or
 * disjoint.
 *
 * Candidates that no optimum contains are left out: one that is nested in
 * another with the same weight (the larger one replaces it and all items next to
 * it), and one for a single target that an exact path covers.
 */
#ifndef DIFF_CANDIDATES_H
#define DIFF_CANDIDATES_H

#include "diff/url_set.h"

struct target {
	const char *text; /* of the URL; the url_set owns it */
	uint32_t len; /* of the target: the URL's cut */
	bool forced; /* no exact path is enough: a wildcard must cover it */
};

struct candidate {
	uint32_t first, end; /* covers targets[first] to targets[end - 1] */
	const char *text; /* begins with the prefix that is sent */
	uint32_t len; /* of that prefix */

	/*
	 * The sum of the weights of the URLs that it covers, and foreign_cost
	 * for each foreign behaviour that it can meet.
	 */
	uint32_t weight;

	/*
	 * to break ties: `prefix*` sorts before anything else that could cover
	 * its first target
	 */
	bool sorts_first;
};

/* The strings are borrowed from the url_set. */
struct candidates {
	struct target *targets; /* sorted bytewise, without duplicates */
	size_t target_count;

	struct candidate *list; /* sorted by `first`, then the largest first */
	size_t count;

	uint32_t *weights; /* [i]: the sum of those of the first i URLs */
};

/*
 * Find the candidates; foreign_cost is that of the plan's limits. Fails only if
 * memory runs out. Release them after success only.
 */
int candidates_find(struct candidates *candidates, const struct url_set *urls,
	uint32_t foreign_cost, struct err *err);
void candidates_release(struct candidates *candidates);

#endif
