/*
 * A delta: the changes from one manifest to another, the URLs that they make
 * stale, and the plan that covers those URLs.
 *
 * It is a pure function of its inputs and uses no file, clock, environment,
 * locale or network. Equal inputs give equal deltas.
 *
 * Calling sequence: delta_find and then, if more than a list of changes is
 * wanted, one of delta_plan, delta_assume_current and delta_measure. Release
 * the delta in any case, even after a failure.
 */
#ifndef DIFF_DELTA_H
#define DIFF_DELTA_H

#include "diff/changes.h"
#include "diff/plan.h"
#include "diff/url_rules.h"
#include "diff/url_set.h"

struct delta {
	/* borrowed; `before` is NULL if there never was a deployment */
	const struct manifest *before, *after;
	const struct value_sets *sets; /* borrowed; NULL: none */

	/*
	 * Nothing is known about the edge, so every URL is stale; `before` is
	 * then only the last build that was recorded.
	 */
	bool everything;

	/*
	 * Why, as the end of a sentence, and whether that is expected, as a
	 * sentence, in words that need no escaping; the caller may set both.
	 * Borrowed, or NULL.
	 */
	const char *unknown_because, *unknown_expected;

	/* borrowed; NULL until a plan is made */
	const struct url_rules *rules;
	const struct plan_limits *limits;

	/* owned; the changes point into both manifests and the sets */
	struct changes changes;
	struct url_set urls;
	struct plan plan;

	/* of the changes: why the plan is the mount's wildcard, or NULL */
	const struct change *fallback;
	char *fallback_key; /* its key; owned, unlike those of the changes */

	/*
	 * A page for which the site's configuration asks for the mount's
	 * wildcard, which the limits or never_widen forbid; else NULL. Borrowed.
	 */
	const struct object *page_left;

	/*
	 * Everything is stale because an earlier deployment left something out,
	 * which may be at URLs that no build holds any more; the caller sets it.
	 */
	bool made_up;
};

/*
 * Find the changes. Both manifests must be sealed and outlive the delta, as
 * must the sets (diff/changes.h), which may be NULL. If `before` is NULL, every
 * object counts as added. Nothing is known about the edge if `before` is NULL or
 * the sets say so. Fails only if memory runs out.
 */
int delta_find(struct delta *delta, const struct manifest *before,
	const struct value_sets *sets, const struct manifest *after,
	struct err *err);

/*
 * Find the URLs and the smallest plan, and check it against its definition. If
 * nothing is known about the edge, the plan is what diff/everything.h says; else
 * if a fallback page has changed, it is what diff/fallback.h says. If no plan
 * meets the limits because of what is known of the site, that is left
 * (urls.variants_left, urls.once_left, page_left; diff/left_out.h keeps it).
 * ERR_USAGE: a rule is wrong; ERR_INPUT: a URL is too long, or no plan fits the
 * limits; ERR_BUG: the plan failed its check.
 */
int delta_plan(struct delta *delta, const struct url_rules *rules,
	const struct plan_limits *limits, struct err *err);

/* The same, but assume that the edge already agrees, so the plan is empty. */
int delta_assume_current(struct delta *delta, const struct url_rules *rules,
	const struct plan_limits *limits, struct err *err);

/*
 * Find the URLs, and make a plan that consists of these items (each a path, or
 * a prefix and *), which says what they cover. No limit is checked.
 */
int delta_measure(struct delta *delta, const struct url_rules *rules,
	const struct plan_limits *limits, const char *const *items,
	size_t count, struct err *err);

/* Is it a first deployment: there is nothing to know anything from? */
bool delta_is_first(const struct delta *delta);

/* Why nothing is known about the edge, for any delta of which that is true. */
const char *delta_say_unknown(const struct delta *delta);

/* Is that expected, and if not, what to do? One or more sentences. */
const char *delta_say_expected(const struct delta *delta);

/* The plan, or NULL if the delta is only a list of changes. */
const struct plan *delta_get_plan(const struct delta *delta);

/*
 * Forget the manifests and the sets, which need not outlive the delta any more:
 * the list of changes is empty then. What is left is the plan, the URLs, how many
 * changes of each kind there were, and fallback_key.
 */
void delta_detach(struct delta *delta);

void delta_release(struct delta *delta);

#endif
