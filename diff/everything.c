/* Plans for the case that nothing is known about the edge. */
#include "diff/everything.h"

#include <string.h>

#include "base/escape.h"
#include "diff/fallback.h"
#include "diff/plan_check.h"

/* The option that forbids the mount's wildcard, or NULL. */
static const char *
find_obstacle(const struct url_set *urls, const struct plan_limits *limits)
{
	size_t i, outside = 0;

	if (url_set_forbids(urls, urls->mount, urls->mount_len))
		return "--never-widen";
	if (limits->wildcards_max == 0)
		return "--max-wildcards 0";
	for (i = 0; i < urls->count; i++)
		outside += !url_set_is_under_mount(urls, &urls->list[i]);
	return outside < limits->paths_max ? NULL : "--max-paths";
}

/* A page that may answer at URLs that nobody knows needs the wildcard. */
static int
check_fallbacks(const struct url_set *urls, const struct manifest *after,
	const struct changes *changes, const struct url_rules *rules,
	const char *obstacle, struct err *err)
{
	const struct object *page = fallback_find_page(after, changes, rules);
	struct escaped_name shown;

	if (!page)
		return 0;
	return err_set(err, ERR_INPUT,
		"nothing is known about the edge, and %s as a --fallback "
		"answers at URLs that no build holds, so %s* is needed, but %s "
		"forbids it",
		escape_show(&shown, page->key, page->key_len), urls->mount,
		obstacle);
}

/* Cover every URL that is known. */
static int
plan_known(struct plan *plan, const struct url_set *urls,
	const struct plan_limits *limits, const char *obstacle, struct err *err)
{
	if (plan_make(plan, urls, limits, err) == 0)
		return plan_check(plan, urls, limits, err);
	if (err->code != ERR_INPUT)
		return -1;
	return err_context(err,
		"nothing is known about the edge, so every URL is stale, and "
		"%s forbids %s*, which would cover them all",
		obstacle, urls->mount);
}

int
everything_plan(struct plan *plan, const struct url_set *urls,
	const struct manifest *after, const struct changes *changes,
	const struct url_rules *rules, const struct plan_limits *limits,
	struct err *err)
{
	const char *obstacle = find_obstacle(urls, limits);
	/* what nothing is known about is no collateral */
	const struct plan_limits without_cost = {
		.paths_max = limits->paths_max,
		.wildcards_max = limits->wildcards_max,
	};

	if (!obstacle) {
		if (plan_everything(plan, urls, err) != 0)
			return -1;
		return plan_check(plan, urls, &without_cost, err);
	}
	if (check_fallbacks(urls, after, changes, rules, obstacle, err) != 0)
		return -1;
	return plan_known(plan, urls, limits, obstacle, err);
}
