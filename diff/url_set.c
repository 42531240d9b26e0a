/* Sorts a set of URLs, and finds URLs in it. */
#include "diff/url_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/portable.h"

static int
compare_urls(const void *a, const void *b, void *list)
{
	const struct url *urls = list;

	return strcmp(urls[*(const uint32_t *)a].text,
		urls[*(const uint32_t *)b].text);
}

/*
 * Move each URL to its place, one cycle of the permutation after another: the
 * URL at order[i] belongs at place i.
 */
static void
arrange_urls(struct url *list, uint32_t *order, size_t count)
{
	struct url moved;
	size_t i, at, from;

	for (i = 0; i < count; i++) {
		moved = list[i];
		for (at = i; (from = order[at]) != i; at = from) {
			list[at] = list[from];
			order[at] = (uint32_t)at;
		}
		list[at] = moved;
		order[at] = (uint32_t)at;
	}
}

/* Sort indices, not URLs, since qsort allocates as much memory as it sorts. */
static int
sort_urls(struct url_set *set, struct err *err)
{
	uint32_t *order = malloc((set->count + 1) * sizeof(*order));
	size_t i;

	if (!order)
		return err_memory(err);
	for (i = 0; i < set->count; i++)
		order[i] = (uint32_t)i;
	portable_sort(
		order, set->count, sizeof(*order), compare_urls, set->list);
	arrange_urls(set->list, order, set->count);
	free(order);
	return 0;
}

/* Join two URLs of the same text: either makes it stale, both neutral. */
static void
join_url(struct url *url, const struct url *other)
{
	url->stale |= other->stale;
	url->exact &= other->exact;
	url->variants |= other->variants;
	if (url->cut > other->cut)
		url->cut = other->cut;
	url->neutral &= other->neutral;
	url->neutral &= !url->stale;
}

/* Join URLs of the same text, and count the stale and the neutral ones. */
static void
join_urls(struct url_set *set)
{
	size_t i, kept = 0;

	for (i = 0; i < set->count; i++) {
		struct url *url = &set->list[i];

		if (kept > 0 &&
			strcmp(set->list[kept - 1].text, url->text) == 0) {
			join_url(&set->list[kept - 1], url);
			continue;
		}
		set->list[kept++] = *url;
	}
	set->count = kept;
	for (i = 0; i < kept; i++) {
		set->stale += set->list[i].stale;
		set->neutral += set->list[i].neutral;
	}
}

int
url_set_seal(struct url_set *set, struct err *err)
{
	if (sort_urls(set, err) != 0)
		return -1;
	join_urls(set);
	return 0;
}

void
url_set_release(struct url_set *set)
{
	free(set->list);
	arena_release(&set->texts);
	*set = (struct url_set){0};
}

bool
url_set_forbids(const struct url_set *set, const char *prefix, size_t len)
{
	size_t i, other;

	for (i = 0; i < set->never_widen_count; i++) {
		other = strlen(set->never_widen[i]);
		if (memcmp(set->never_widen[i], prefix,
			    len < other ? len : other) == 0)
			return true;
	}
	return false;
}

size_t
url_set_count_foreign(const struct url_set *set, const char *prefix, size_t len)
{
	return set->site ? site_count_foreign(set->site, prefix, len) : 0;
}

const char *
url_set_get_foreign(
	const struct url_set *set, const char *prefix, size_t len, size_t index)
{
	const struct site_behavior *behavior =
		set->site ? site_get_foreign(set->site, prefix, len, index)
			  : NULL;

	return behavior ? behavior->pattern : NULL;
}

/*
 * The first URL from `low` on that sorts after all that begin with the prefix;
 * or, if `before`, the first that does not sort before them.
 */
static size_t
find_bound(const struct url_set *set, size_t low, const char *prefix,
	size_t len, bool before)
{
	size_t high = set->count, middle;
	int order;

	while (low < high) {
		middle = low + (high - low) / 2;
		order = strncmp(set->list[middle].text, prefix, len);
		if (order < 0 || (order == 0 && !before))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool
url_set_is_under_mount(const struct url_set *set, const struct url *url)
{
	return strncmp(url->text, set->mount, set->mount_len) == 0;
}

void
url_set_range(const struct url_set *set, const char *prefix, size_t len,
	size_t *from, size_t *to)
{
	*from = find_bound(set, 0, prefix, len, true);
	*to = find_bound(set, *from, prefix, len, false);
}

const struct url *
url_set_find(const struct url_set *set, const char *text)
{
	size_t from, to;

	url_set_range(set, text, strlen(text), &from, &to);
	if (from < to && strcmp(set->list[from].text, text) == 0)
		return &set->list[from];
	return NULL;
}
