/*
 * The wildcards worth looking at: one per node of the compressed trie of the
 * targets.
 *
 * The target of a stale URL is its text up to its cut: a wildcard covers the
 * URL where its prefix begins the target. Sorted, the targets that a wildcard
 * covers are neighbours: an interval. All prefixes that cover one interval
 * cost one item, and the longest valid one has the least collateral, so each
 * interval needs one candidate. Intervals are nested or disjoint, since they
 * are subtrees.
 *
 * Left out are candidates that no optimum holds: one that lies within another
 * of the same collateral (the larger replaces it and every item beside it),
 * and one for a single target that an exact path covers.
 */
#ifndef DIFF_CANDIDATES_H
#define DIFF_CANDIDATES_H

#include "diff/url_set.h"

struct target {
	const char *text; /* of the URL; the set owns it */
	uint32_t len; /* of the target */
	bool forced; /* no exact path suffices: a wildcard must cover it */
};

struct candidate {
	uint32_t first, end; /* covers targets[first] to targets[end - 1] */
	const char *text; /* its prefix as printed begins this text */
	uint32_t len; /* length of that prefix */
	uint32_t collateral; /* URLs of U outside S that it covers */

	/* at a tie: does `prefix*` sort before whatever else could cover its
	 * first target? */
	bool sorts_first;
};

struct candidates {
	struct target *targets; /* sorted bytewise, unique */
	size_t target_count;

	struct candidate *list; /* by first; of the same first, largest first */
	size_t count;

	uint32_t *fresh; /* fresh[i]: how many of the first i URLs aren't stale
			  */
};

int candidates_find(struct candidates *candidates, const struct url_set *urls,
	struct err *err);
void candidates_release(struct candidates *candidates);

#endif
