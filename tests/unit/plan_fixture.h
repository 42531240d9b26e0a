/* Sets of URLs for the planner, built by hand. */
#ifndef UNIT_PLAN_FIXTURE_H
#define UNIT_PLAN_FIXTURE_H

#include "diff/plan.h"
#include "diff/url_set.h"
#include "tests/unit/fixture.h"

static inline int
by_url_text(const void *a, const void *b)
{
	const struct url *x = a, *y = b;

	return strcmp(x->text, y->text);
}

static inline void
add_url(struct url_set *set, const char *text, bool stale, bool exact,
	size_t cut)
{
	size_t len = strlen(text);

	set->list = realloc(set->list, (set->count + 1) * sizeof(*set->list));
	assert_non_null(set->list);
	set->list[set->count++] = (struct url){
		.text = arena_copy(&set->texts, text, len),
		.len = (uint32_t)len,
		.cut = (uint32_t)(cut < len ? cut : len),
		.stale = stale,
		.exact = exact,
	};
	set->stale += stale;
}

static inline void
add_neutral_url(struct url_set *set, const char *text)
{
	add_url(set, text, false, true, SIZE_MAX);
	set->list[set->count - 1].neutral = true;
	set->neutral++;
}

static inline void
start_urls(struct url_set *set, const char *mount)
{
	*set = (struct url_set){.mount = mount, .mount_len = strlen(mount)};
	arena_init(&set->texts);
}

static inline void
sort_urls(struct url_set *set)
{
	if (set->count > 0)
		qsort(set->list, set->count, sizeof(*set->list), by_url_text);
}

#endif
