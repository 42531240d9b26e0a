/* Finds the changes, then the URLs, then the plan. */
#include "diff/delta.h"

#include <stdlib.h>
#include <string.h>

#include "diff/build_urls.h"
#include "diff/everything.h"
#include "diff/fallback.h"
#include "diff/plan_check.h"

int
delta_find(struct delta *delta, const struct manifest *before,
	const struct value_sets *sets, const struct manifest *after,
	struct err *err)
{
	struct manifest nothing;

	*delta = (struct delta){.before = before, .after = after, .sets = sets};
	delta->everything = !before || (sets && sets->nothing_known);
	manifest_init(&nothing);
	return changes_find(
		&delta->changes, before ? before : &nothing, sets, after, err);
}

static int
find_urls(struct delta *delta, const struct url_rules *rules,
	const struct plan_limits *limits, struct err *err)
{
	delta->rules = rules;
	delta->limits = limits;
	return build_urls_find(&delta->urls, delta->after, &delta->changes,
		delta->everything, rules, err);
}

static int
make_plan(struct delta *delta, const struct url_rules *rules,
	const struct plan_limits *limits, struct err *err)
{
	if (find_urls(delta, rules, limits, err) != 0)
		return -1;
	if (delta->everything)
		return everything_plan(&delta->plan, &delta->urls, delta->after,
			&delta->changes, rules, limits, err);
	delta->fallback = fallback_find(&delta->changes, rules);
	if (delta->fallback) {
		delta->fallback_key =
			strdup(change_object(delta->fallback)->key);
		if (!delta->fallback_key)
			return err_memory(err);
		if (fallback_plan(&delta->plan, delta->fallback, &delta->urls,
			    limits, err) != 0)
			return -1;
	} else if (plan_make(&delta->plan, &delta->urls, limits, err) != 0) {
		return -1;
	}
	return plan_check(&delta->plan, &delta->urls, limits, err);
}

/* The page for which everything would have to be invalidated, or NULL. */
static const struct object *
find_page(const struct delta *delta, const struct url_rules *rules)
{
	const struct change *change;

	if (delta->everything)
		return fallback_find_page(delta->after, &delta->changes, rules);
	change = fallback_find(&delta->changes, rules);
	return change ? change_object(change) : NULL;
}

/*
 * What is known of the site asks for more wildcards than the limits or
 * never_widen allow: do without those; or for more items at all: then cover only
 * what has changed.
 */
static int
plan_exactly(struct delta *delta, const struct url_rules *rules,
	bool changed_only, const struct plan_limits *limits, struct err *err)
{
	struct url_rules exact = *rules;
	int rc;

	exact.exact_only = true;
	exact.changed_only = changed_only;
	free(delta->fallback_key);
	delta->fallback_key = NULL;
	plan_release(&delta->plan);
	url_set_release(&delta->urls);
	rc = make_plan(delta, &exact, limits, err);
	delta->rules = rules;
	if (rc == 0)
		delta->page_left = find_page(delta, rules);
	return rc;
}

int
delta_plan(struct delta *delta, const struct url_rules *rules,
	const struct plan_limits *limits, struct err *err)
{
	bool knows_site = rules->site || rules->deployed_site;
	struct err first = ERR_INIT, next = ERR_INIT;

	if (make_plan(delta, rules, limits, &first) == 0)
		return 0;
	if (first.code == ERR_INPUT &&
		(knows_site || rules->wildcard_count > 0) &&
		plan_exactly(delta, rules, false, limits, &next) == 0)
		return 0;
	if (next.code == ERR_INPUT && knows_site &&
		plan_exactly(delta, rules, true, limits, &next) == 0)
		return 0;
	/* what the options can change, unless something else is wrong */
	*err = next.code == ERR_NONE || next.code == ERR_INPUT ? first : next;
	return -1;
}

int
delta_assume_current(struct delta *delta, const struct url_rules *rules,
	const struct plan_limits *limits, struct err *err)
{
	if (find_urls(delta, rules, limits, err) != 0)
		return -1;
	return plan_measure(&delta->plan, &delta->urls, NULL, 0, NULL, err);
}

int
delta_measure(struct delta *delta, const struct url_rules *rules,
	const struct plan_limits *limits, const char *const *items,
	size_t count, struct err *err)
{
	if (find_urls(delta, rules, limits, err) != 0)
		return -1;
	return plan_measure(&delta->plan, &delta->urls, items, count,
		delta->everything ? NULL : limits, err);
}

bool
delta_is_first(const struct delta *delta)
{
	return !delta->before && !delta->unknown_because;
}

const char *
delta_say_unknown(const struct delta *delta)
{
	if (delta->unknown_because)
		return delta->unknown_because;
	return delta->before ? "an earlier run has recorded that"
			     : "there is no baseline";
}

const char *
delta_say_expected(const struct delta *delta)
{
	if (delta->unknown_expected)
		return delta->unknown_expected;
	return delta_is_first(delta)
		       ? "This is expected for the first deployment. If there "
			 "was one before, its baseline was not kept: keep it "
			 "between runs, or use --baseline s3://BUCKET/KEY."
		       : "The report of that run says whether it is expected.";
}

const struct plan *
delta_get_plan(const struct delta *delta)
{
	return delta->rules ? &delta->plan : NULL;
}

void
delta_detach(struct delta *delta)
{
	free(delta->changes.list);
	delta->changes.list = NULL;
	delta->changes.count = 0;
	delta->before = NULL;
	delta->after = NULL;
	delta->sets = NULL;
	delta->fallback = NULL;
	delta->page_left = NULL;
	delta->urls.immutable_changed = NULL;
}

void
delta_release(struct delta *delta)
{
	plan_release(&delta->plan);
	url_set_release(&delta->urls);
	changes_release(&delta->changes);
	free(delta->fallback_key);
	delta->fallback_key = NULL;
}
