/* Checks a plan against its definition, however it was found. */
#include "diff/plan_check.h"

#include <string.h>

#include "base/escape.h"
#include "diff/plan_limits.h"
#include "diff/url_set.h"

static int
bug(struct err *err, const char *what, const char *text)
{
	struct escaped_name shown;

	return err_set(err, ERR_BUG,
		"the plan failed its own check; nothing was sent: %s: %s", what,
		escape_show_str(&shown, text));
}

/* Does an item cover a URL, reliably or not? */
static bool
covers(const struct plan_item *item, const struct url *url)
{
	size_t len = strlen(item->text);

	if (!item->wildcard)
		return strcmp(item->text, url->text) == 0;
	return strncmp(item->text, url->text, len - 1) == 0;
}

/* Does the item cover the URL reliably? */
static bool
covers_reliably(const struct plan_item *item, const struct url *url)
{
	if (!covers(item, url))
		return false;
	return item->wildcard ? strlen(item->text) - 1 <= url->cut : url->exact;
}

static int
check_wildcard(const struct plan *plan, size_t index,
	const struct url_set *urls, struct err *err)
{
	const struct plan_item *item = &plan->items[index];
	size_t len = strlen(item->text) - 1, i;

	if (strncmp(item->text, urls->mount, urls->mount_len) != 0 ||
		len < urls->mount_len)
		return bug(err, "a wildcard above the mount", item->text);
	if (url_cut(item->text, len) != len)
		return bug(
			err, "a wildcard cut within a character", item->text);
	if (url_set_forbids(urls, item->text, len))
		return bug(err, "a wildcard that --never-widen forbids",
			item->text);
	for (i = 0; i < plan->count; i++)
		if (i != index &&
			strncmp(item->text, plan->items[i].text, len) == 0)
			return bug(err, "an item that a wildcard covers",
				plan->items[i].text);
	return 0;
}

static int
check_items(
	const struct plan *plan, const struct url_set *urls, struct err *err)
{
	size_t i, len, wildcards = 0;

	for (i = 0; i < plan->count; i++) {
		const struct plan_item *item = &plan->items[i];
		const char *star = strchr(item->text, '*');

		len = strlen(item->text);
		if (item->text[0] != '/' || len > INVALIDATION_PATH_MAX)
			return bug(err, "not a path", item->text);
		if (item->wildcard ? star != item->text + len - 1 : !!star)
			return bug(err, "a * out of place", item->text);
		if (i > 0 && strcmp(plan->items[i - 1].text, item->text) >= 0)
			return bug(err, "items out of order", item->text);
		wildcards += item->wildcard;
		if (item->wildcard && check_wildcard(plan, i, urls, err) != 0)
			return -1;
	}
	if (wildcards != plan->wildcards)
		return bug(err, "wrong count", "wildcards");
	return 0;
}

/* The item that is exactly this path, or NULL. */
static const struct plan_item *
find_exact(const struct plan *plan, const char *text)
{
	size_t low = 0, high = plan->count, middle;
	int order;

	while (low < high) {
		middle = low + (high - low) / 2;
		order = strcmp(plan->items[middle].text, text);
		if (order == 0)
			return &plan->items[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* The wildcards of the plan, and how many URLs are covered so far. */
struct plan_coverage {
	const struct plan_item *wildcards[WILDCARDS_MAX];
	size_t wildcard_count;
	size_t stale, others; /* URLs that the plan covers */
	size_t neutral; /* covered or not */
};

static void
find_wildcards(const struct plan *plan, struct plan_coverage *covered)
{
	size_t i;

	for (i = 0; i < plan->count; i++)
		if (plan->items[i].wildcard)
			covered->wildcards[covered->wildcard_count++] =
				&plan->items[i];
}

static int
check_url(const struct plan *plan, const struct url *url,
	struct plan_coverage *covered, struct err *err)
{
	const struct plan_item *item = find_exact(plan, url->text);
	bool any = item, reliably = item && covers_reliably(item, url);
	size_t i;

	for (i = 0; i < covered->wildcard_count; i++) {
		item = covered->wildcards[i];
		any = any || covers(item, url);
		reliably = reliably || covers_reliably(item, url);
	}
	if (url->stale && !reliably)
		return bug(err, "a stale URL is not covered", url->text);
	covered->stale += url->stale;
	if (url->stale && url->neutral)
		return bug(err, "a URL both stale and neutral", url->text);
	covered->others += any && !url->stale && !url->neutral;
	covered->neutral += url->neutral;
	return 0;
}

static int
check_counts(const struct plan *plan, const struct url_set *urls,
	const struct plan_limits *limits, const struct plan_coverage *covered,
	struct err *err)
{
	size_t i, stale = 0, others = 0, foreign = 0;

	for (i = 0; i < plan->count; i++) {
		const struct plan_item *item = &plan->items[i];

		stale += item->stale;
		others += item->collateral;
		if (item->wildcard)
			foreign += url_set_count_foreign(
				urls, item->text, strlen(item->text) - 1);
	}
	if (stale != covered->stale || others != covered->others)
		return bug(err, "wrong count", "URLs of the items");
	if (plan->urls != urls->count || plan->stale != covered->stale ||
		plan->neutral != covered->neutral ||
		plan->collateral != covered->others || plan->foreign != foreign)
		return bug(err, "wrong count", "URLs of the plan");
	if (plan->cost !=
		plan->count * (uint64_t)COST_UNIT +
			limits->collateral_cost *
				(covered->others +
					limits->foreign_cost * foreign))
		return bug(err, "wrong count", "cost");
	return 0;
}

int
plan_check(const struct plan *plan, const struct url_set *urls,
	const struct plan_limits *limits, struct err *err)
{
	struct plan_coverage covered = {.stale = 0};
	size_t i;

	if (plan->count > limits->paths_max)
		return bug(err, "over the limit", "paths");
	if (plan->wildcards > limits->wildcards_max ||
		plan->wildcards > WILDCARDS_MAX)
		return bug(err, "over the limit", "wildcards");
	if (check_items(plan, urls, err) != 0)
		return -1;
	find_wildcards(plan, &covered);
	for (i = 0; i < urls->count; i++)
		if (check_url(plan, &urls->list[i], &covered, err) != 0)
			return -1;
	return check_counts(plan, urls, limits, &covered, err);
}
