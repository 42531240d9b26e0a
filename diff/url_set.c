/* Sorts a set of URLs, and finds URLs in it. */
#include "diff/url_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/large.h"
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

/*
 * Keys are sorted, so most URLs come in their order. List those that do in
 * `order`, and the others in `late`; both are indices. Returns how many are late.
 */
static size_t
split_urls(const struct url_set *set, uint32_t *order, uint32_t *late)
{
	const char *last = "";
	size_t i, late_count = 0;

	for (i = 0; i < set->count; i++) {
		if (strcmp(last, set->list[i].text) > 0) {
			late[late_count++] = (uint32_t)i;
			continue;
		}
		last = set->list[i].text;
		order[i - late_count] = (uint32_t)i;
	}
	return late_count;
}

/* Merge the late ones into `order`, from its end; both are sorted. */
static void
merge_late(const struct url_set *set, uint32_t *order, const uint32_t *late,
	size_t late_count)
{
	size_t to = set->count, kept = to - late_count;

	while (late_count > 0) {
		if (kept > 0 && compare_urls(&order[kept - 1],
					&late[late_count - 1], set->list) > 0)
			order[--to] = order[--kept];
		else
			order[--to] = late[--late_count];
	}
}

/* Sort indices, not URLs, since qsort allocates as much memory as it sorts. */
static int
sort_urls(struct url_set *set, struct err *err)
{
	uint32_t *order = large_alloc((set->count + 1) * sizeof(*order));
	uint32_t *late = large_alloc((set->count + 1) * sizeof(*late));
	size_t late_count;
	int rc = 0;

	if (!order || !late) {
		rc = err_memory(err);
	} else if ((late_count = split_urls(set, order, late)) > 0) {
		portable_sort(late, late_count, sizeof(*late), compare_urls,
			set->list);
		merge_late(set, order, late, late_count);
		arrange_urls(set->list, order, set->count);
	}
	free(order);
	free(late);
	return rc;
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
