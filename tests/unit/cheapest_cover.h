/*
 * The cost of the cheapest plan, found by trying every set of items: knows the
 * definition of a plan (diff/plan.h) and nothing of how plans are made. Patterns
 * are matched by its own means, too. For few stale URLs, whose texts are ASCII.
 */
#ifndef UNIT_CHEAPEST_COVER_H
#define UNIT_CHEAPEST_COVER_H

#include <stdint.h>
#include <string.h>

#include "diff/plan.h"
#include "tests/unit/fixture.h"

enum {
	CHEAPEST_STALE_MAX = 7, /* more are not tried */
	CHEAPEST_ITEMS_MAX = 256,
};

struct cheapest_item {
	const char *text; /* of a URL that begins with it */
	size_t len;
	unsigned covers; /* a bit for each stale URL */
	uint64_t cost;
	bool wildcard;
};

struct cheapest {
	const struct url_set *urls;
	const struct plan_limits *limits;
	size_t foreign_max; /* that one wildcard counts */
	const struct url *stale[CHEAPEST_STALE_MAX];
	size_t stale_count;
	struct cheapest_item items[CHEAPEST_ITEMS_MAX];
	size_t item_count;
};

/* Can some text that begins with `start` match the pattern? */
static inline bool
cheapest_meets(const char *pattern, const char *start, size_t len)
{
	if (len == 0)
		return true;
	if (*pattern == '*')
		return cheapest_meets(pattern + 1, start, len) ||
		       cheapest_meets(pattern, start + 1, len - 1);
	return *pattern && (*pattern == '?' || *pattern == *start) &&
	       cheapest_meets(pattern + 1, start + 1, len - 1);
}

/* Does every text that begins with `start` match? Only a * at the end can. */
static inline bool
cheapest_takes(const char *pattern, const char *start, size_t len)
{
	if (*pattern == '*' && !pattern[1])
		return true;
	if (*pattern == '*')
		return cheapest_takes(pattern + 1, start, len) ||
		       (len > 0 && cheapest_takes(pattern, start + 1, len - 1));
	return *pattern && len > 0 && (*pattern == '?' || *pattern == *start) &&
	       cheapest_takes(pattern + 1, start + 1, len - 1);
}

/* How many behaviours of other origins can the wildcard meet? */
static inline size_t
cheapest_foreign(const struct site *site, const char *start, size_t len)
{
	size_t count = 0, i;

	for (i = 0; site && i + 1 < site->count; i++) {
		const struct site_behavior *b = &site->behaviors[i];
		const char *pattern = b->pattern + (b->pattern[0] == '/');

		count += b->foreign && b->cached && pattern[0] != '*' &&
			 cheapest_meets(pattern, start + 1, len - 1);
		if (cheapest_takes(pattern, start + 1, len - 1))
			break;
	}
	return count;
}

static inline bool
cheapest_is_forbidden(const struct url_set *urls, const char *start, size_t len)
{
	size_t i;

	for (i = 0; i < urls->never_widen_count; i++) {
		const char *never = urls->never_widen[i];
		size_t other = strlen(never);

		if (strncmp(never, start, len < other ? len : other) == 0)
			return true;
	}
	return false;
}

static inline void
cheapest_add_wildcard(struct cheapest *c, const char *text, size_t len)
{
	struct cheapest_item item = {
		.text = text, .len = len, .cost = COST_UNIT, .wildcard = true};
	size_t foreign = cheapest_foreign(c->urls->site, text, len);
	uint64_t weight = 0;
	size_t i;

	for (i = 0; i < c->item_count; i++)
		if (c->items[i].wildcard && c->items[i].len == len &&
			strncmp(c->items[i].text, text, len) == 0)
			return;
	if (cheapest_is_forbidden(c->urls, text, len))
		return;
	for (i = 0; i < c->stale_count; i++)
		if (strncmp(c->stale[i]->text, text, len) == 0 &&
			len <= c->stale[i]->cut)
			item.covers |= 1u << i;
	for (i = 0; i < c->urls->count; i++)
		weight += strncmp(c->urls->list[i].text, text, len) == 0 &&
			  !c->urls->list[i].stale && !c->urls->list[i].neutral;
	if (foreign > c->foreign_max)
		foreign = c->foreign_max;
	weight += c->limits->foreign_cost * foreign;
	item.cost += c->limits->collateral_cost * weight;
	assert_true(c->item_count < CHEAPEST_ITEMS_MAX);
	c->items[c->item_count++] = item;
}

static inline void
cheapest_add_items(struct cheapest *c)
{
	size_t i, len;

	for (i = 0; i < c->stale_count; i++) {
		const struct url *url = c->stale[i];

		if (url->exact)
			c->items[c->item_count++] =
				(struct cheapest_item){.text = url->text,
					.len = url->len,
					.covers = 1u << i,
					.cost = COST_UNIT};
		for (len = c->urls->mount_len; len <= url->cut; len++)
			cheapest_add_wildcard(c, url->text, len);
	}
}

/* The least cost that covers what `left` has bits for. */
static inline uint64_t
cheapest_search(const struct cheapest *c, unsigned left, size_t wildcards,
	uint64_t *known)
{
	uint64_t *best = &known[left * (CHEAPEST_STALE_MAX + 1) + wildcards];
	unsigned first = left & (~left + 1);
	uint64_t rest;
	size_t i;

	if (left == 0)
		return 0;
	if (*best != 0)
		return *best;
	*best = UINT64_MAX;
	for (i = 0; i < c->item_count; i++) {
		const struct cheapest_item *item = &c->items[i];

		if (!(item->covers & first) ||
			(item->wildcard && wildcards == 0))
			continue;
		rest = cheapest_search(c, left & ~item->covers,
			wildcards - item->wildcard, known);
		if (rest != UINT64_MAX && rest + item->cost < *best)
			*best = rest + item->cost;
	}
	return *best;
}

/*
 * The least cost of all plans for these URLs, UINT64_MAX if there is none; 0 if
 * there are too many stale ones, or none. --max-paths is taken as large enough.
 * With a `foreign_max` below SIZE_MAX, a wildcard that meets more foreign
 * behaviours is taken to meet as many: that is not the definition, but tells
 * whether a planner that errs like this would be noticed.
 */
static inline uint64_t
cheapest_cover(const struct url_set *urls, const struct plan_limits *limits,
	size_t foreign_max)
{
	static uint64_t
		known[(1u << CHEAPEST_STALE_MAX) * (CHEAPEST_STALE_MAX + 1)];
	static struct cheapest c;
	size_t wildcards = limits->wildcards_max, i;

	if (urls->stale == 0 || urls->stale > CHEAPEST_STALE_MAX)
		return 0;
	memset(known, 0, sizeof(known));
	c.urls = urls;
	c.limits = limits;
	c.foreign_max = foreign_max;
	c.stale_count = c.item_count = 0;
	for (i = 0; i < urls->count; i++)
		if (urls->list[i].stale)
			c.stale[c.stale_count++] = &urls->list[i];
	cheapest_add_items(&c);
	/* no more than one for each */
	if (wildcards > CHEAPEST_STALE_MAX)
		wildcards = CHEAPEST_STALE_MAX;
	return cheapest_search(&c, (1u << c.stale_count) - 1, wildcards, known);
}

#endif
