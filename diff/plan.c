/* Makes the plan: finds the best cover and turns it into items. */
#include "diff/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/plural.h"
#include "diff/candidates.h"
#include "diff/cover_dp.h"

static int
add_item(struct plan *plan, const char *text, size_t len, bool wildcard,
	struct err *err)
{
	struct plan_item *item = &plan->items[plan->count];
	char *copy = arena_copy(&plan->texts, text, len + wildcard);

	if (!copy)
		return err_memory(err);
	if (wildcard)
		copy[len] = '*';
	*item = (struct plan_item){.text = copy, .wildcard = wildcard};
	plan->count++;
	plan->wildcards += wildcard;
	return 0;
}

/* Count what the items cover, and compute the cost; limits as plan_measure's. */
static void
count_all(struct plan *plan, const struct url_set *urls,
	const struct plan_limits *limits)
{
	size_t i, at, from, to, len;

	for (i = 0; i < plan->count; i++) {
		struct plan_item *item = &plan->items[i];

		len = strlen(item->text) - item->wildcard;
		url_set_range(urls, item->text, len, &from, &to);
		if (!item->wildcard && to > from)
			to = from + 1; /* only the path itself */
		for (at = from; at < to; at++) {
			item->stale += urls->list[at].stale;
			item->collateral += url_set_weight(&urls->list[at]);
		}
		plan->collateral += item->collateral;
		if (item->wildcard)
			item->foreign =
				url_set_count_foreign(urls, item->text, len);
		plan->foreign += item->foreign;
	}
	plan->urls = urls->count;
	plan->stale = urls->stale;
	plan->neutral = urls->neutral;
	plan->cost = plan->count * (uint64_t)COST_UNIT;
	if (limits)
		plan->cost += limits->collateral_cost *
			      (plan->collateral +
				      limits->foreign_cost * plan->foreign);
}

static int
write_items(struct plan *plan, const struct candidates *candidates,
	const struct cover_item *items, size_t count, struct err *err)
{
	size_t i;

	plan->items = calloc(count + 1, sizeof(*plan->items));
	if (!plan->items)
		return err_memory(err);
	for (i = 0; i < count; i++) {
		const struct candidate *candidate;
		const struct target *target;
		/* set by a successful search; the analyzer can't see it */
		uint32_t index = items[i].index; /* NOLINT */
		int rc;

		if (items[i].wildcard) {
			candidate = &candidates->list[index];
			rc = add_item(plan, candidate->text, candidate->len,
				true, err);
		} else {
			target = &candidates->targets[index];
			rc = add_item(
				plan, target->text, target->len, false, err);
		}
		if (rc != 0)
			return -1;
	}
	return 0;
}

/*
 * Say why no cover has so few wildcards. The fewest wildcards that cover all
 * forced targets are the outermost candidates that contain a forced target.
 */
static int
explain_wildcards(const struct candidates *candidates, size_t wildcards_max,
	struct err *err)
{
	const struct candidate *list = candidates->list;
	struct escaped_name shown;
	size_t needed = 0, c = 0, i;
	uint32_t covered = 0;

	for (i = 0; i < candidates->target_count; i++) {
		const struct target *target = &candidates->targets[i];

		while (c < candidates->count && list[c].end <= i)
			c++;
		if (!target->forced || i < covered)
			continue;
		if (c == candidates->count || list[c].first > i)
			return err_set(err, ERR_INPUT,
				"only a wildcard can cover %s, and "
				"--never-widen forbids every one that could: "
				"narrow --never-widen, or rename the file",
				escape_show_str(&shown, target->text));
		covered = list[c].end;
		needed++;
	}
	return err_set(err, ERR_INPUT,
		"%zu %s needed for URLs that no exact path covers, "
		"over --max-wildcards %zu: allow %zu more",
		needed, plural(needed, "wildcard is", "wildcards are"),
		wildcards_max, needed - wildcards_max);
}

/*
 * Say why no cover has so few items; `needed` is the smallest possible number.
 */
static int
explain_paths(const struct candidates *candidates,
	const struct plan_limits *limits, size_t needed, struct err *err)
{
	size_t more = needed - limits->paths_max, wildcards;
	struct cover cover;

	for (wildcards = limits->wildcards_max + 1; wildcards <= WILDCARDS_MAX;
		wildcards++) {
		if (cover_dp_unlimited(
			    candidates, wildcards, 0, &cover, NULL, err) != 0)
			return -1;
		if (cover.items <= limits->paths_max)
			return err_set(err, ERR_INPUT,
				"%zu stale URLs need %zu items, over "
				"--max-paths %zu, with --max-wildcards %zu: "
				"allow %zu more path%s or %zu more wildcard%s",
				candidates->target_count, needed,
				limits->paths_max, limits->wildcards_max, more,
				plural_s(more),
				wildcards - limits->wildcards_max,
				plural_s(wildcards - limits->wildcards_max));
	}
	return err_set(err, ERR_INPUT,
		"%zu stale URLs need %zu items, over --max-paths %zu, with "
		"--max-wildcards %zu: allow %zu more path%s",
		candidates->target_count, needed, limits->paths_max,
		limits->wildcards_max, more, plural_s(more));
}

/* Find the best cover within the limits, or say why there is none. */
static int
choose(const struct candidates *candidates, const struct plan_limits *limits,
	struct cover *cover, struct cover_item **items, struct err *err)
{
	struct cover fewest;

	if (cover_dp_unlimited(candidates, limits->wildcards_max,
		    limits->collateral_cost, cover, items, err) != 0)
		return -1;
	if (cover->value.cost == UINT64_MAX)
		return explain_wildcards(
			candidates, limits->wildcards_max, err);
	if (cover->items <= limits->paths_max)
		return 0;
	free(*items);
	*items = NULL;
	if (cover_dp_unlimited(candidates, limits->wildcards_max, 0, &fewest,
		    NULL, err) != 0)
		return -1;
	if (fewest.items > limits->paths_max)
		return explain_paths(candidates, limits, fewest.items, err);
	return cover_dp_limited(candidates, limits, cover, items, err);
}

int
plan_make(struct plan *plan, const struct url_set *urls,
	const struct plan_limits *limits, struct err *err)
{
	struct candidates candidates;
	struct cover cover;
	struct cover_item *items = NULL;
	int rc;

	*plan = (struct plan){0};
	arena_init(&plan->texts);
	if (candidates_find(&candidates, urls, limits->foreign_cost, err) != 0)
		return -1;
	rc = choose(&candidates, limits, &cover, &items, err);
	if (rc == 0)
		rc = write_items(plan, &candidates, items, cover.items, err);
	if (rc == 0)
		count_all(plan, urls, limits);
	else
		plan_release(plan);
	free(items);
	candidates_release(&candidates);
	return rc;
}

int
plan_measure(struct plan *plan, const struct url_set *urls,
	const char *const *items, size_t count,
	const struct plan_limits *limits, struct err *err)
{
	bool wildcard;
	size_t len, i;
	int rc = 0;

	*plan = (struct plan){0};
	arena_init(&plan->texts);
	plan->items = calloc(count + 1, sizeof(*plan->items));
	if (!plan->items)
		return err_memory(err);
	for (i = 0; rc == 0 && i < count; i++) {
		len = strlen(items[i]);
		wildcard = len > 0 && items[i][len - 1] == '*';
		rc = add_item(plan, items[i], len - wildcard, wildcard, err);
	}
	if (rc == 0)
		count_all(plan, urls, limits);
	else
		plan_release(plan);
	return rc;
}

int
plan_everything(struct plan *plan, const struct url_set *urls, struct err *err)
{
	size_t i, outside = 0;
	int rc = 0;

	*plan = (struct plan){0};
	arena_init(&plan->texts);
	if (url_set_forbids(urls, urls->mount, urls->mount_len))
		return err_set(err, ERR_INPUT,
			"%s* would invalidate URLs under --never-widen",
			urls->mount);
	for (i = 0; i < urls->count; i++)
		outside += !url_set_is_under_mount(urls, &urls->list[i]);
	plan->items = calloc(outside + 1, sizeof(*plan->items));
	if (!plan->items)
		return err_memory(err);
	/* those outside the mount sort before its wildcard */
	for (i = 0; i < urls->count && rc == 0; i++)
		if (!url_set_is_under_mount(urls, &urls->list[i]))
			rc = add_item(plan, urls->list[i].text,
				urls->list[i].len, false, err);
	if (rc == 0)
		rc = add_item(plan, urls->mount, urls->mount_len, true, err);
	if (rc == 0)
		count_all(plan, urls, NULL);
	else
		plan_release(plan);
	return rc;
}

const char **
plan_texts(const struct plan *plan)
{
	const char **texts = calloc(plan->count + 1, sizeof(*texts));
	size_t i;

	for (i = 0; texts && i < plan->count; i++)
		texts[i] = plan->items[i].text;
	return texts;
}

void
plan_release(struct plan *plan)
{
	free(plan->items);
	arena_release(&plan->texts);
	*plan = (struct plan){0};
}
