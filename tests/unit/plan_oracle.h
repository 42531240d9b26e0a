/*
 * The best plan of a small set of URLs, by a search of every cover that knows
 * nothing of candidates. Texts are shorter than ROOM; patterns of behaviours have no
 * encoded characters.
 */
#ifndef UNIT_PLAN_ORACLE_H
#define UNIT_PLAN_ORACLE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "diff/plan_limits.h"
#include "diff/url_set.h"

enum {
	ROOM = 64, /* for a URL or item, with its NUL */
	URLS = 12, /* of a set */
};

/* The search: cover the first URL that is not, in every way, and go on. */
struct cover {
	const char *text[URLS];
	size_t len[URLS];
	bool wildcard[URLS];
	size_t count, wildcards;
};

struct search {
	const struct url_set *set;
	const struct plan_limits *limits;
	struct cover now;
	bool found;
	uint64_t cost;
	size_t weight, count, wildcards;
	char list[URLS][ROOM];
};

static inline bool
begins(const struct url *url, const char *prefix, size_t len)
{
	return url->len >= len && memcmp(url->text, prefix, len) == 0;
}

static inline bool
forbidden(const struct url_set *set, const char *text, size_t len)
{
	size_t i, at;

	for (i = 0; i < set->never_widen_count; i++) {
		const char *never = set->never_widen[i];

		for (at = 0; at < len && never[at] == text[at]; at++)
			;
		if (at == len || !never[at])
			return true;
	}
	return false;
}

/* By decoding from the start: does it end within something? */
static inline bool
valid_cut(const char *text, size_t len)
{
	char raw[ROOM + 4];
	size_t i, n = 0, at, step;
	unsigned byte;
	int fill;

	for (i = 0; i < len; i++) {
		if (text[i] != '%') {
			raw[n++] = text[i];
			continue;
		}
		if (i + 2 >= len || sscanf(text + i + 1, "%2x", &byte) != 1)
			return false;
		raw[n++] = (char)byte;
		i += 2;
	}
	for (at = 0; at < n; at += step ? step : 1) {
		step = utf8_length(raw + at, n - at);
		for (fill = 0x80; step == 0 && fill < 0xc0; fill++) {
			memset(raw + n, fill, 4);
			if (utf8_length(raw + at, n - at + 3) > n - at)
				return false;
		}
	}
	return true;
}

static inline bool
covered(const struct search *s, const struct url *url, bool reliably)
{
	const struct cover *c = &s->now;
	size_t i;

	for (i = 0; i < c->count; i++)
		if (c->wildcard[i]
				? begins(url, c->text[i], c->len[i]) &&
					  (!reliably || c->len[i] <= url->cut)
				: url->len == c->len[i] &&
					  begins(url, c->text[i], c->len[i]) &&
					  (!reliably || url->exact))
			return true;
	return false;
}

static inline size_t
count_under(const struct url_set *set, const char *text, size_t len)
{
	size_t i, count = 0;

	for (i = 0; i < set->count; i++)
		count += begins(&set->list[i], text, len);
	return count;
}

/* By the definition: can characters follow `text` so that the pattern matches? */
static inline bool
can_match(const char *pattern, const char *text, size_t len)
{
	if (len == 0)
		return true;
	if (*pattern == '*')
		return can_match(pattern + 1, text, len) ||
		       can_match(pattern, text + 1, len - 1);
	return *pattern && (*pattern == '?' || *pattern == *text) &&
	       can_match(pattern + 1, text + 1, len - 1);
}

/* By the definition: does the pattern match the text? */
static inline bool
matches(const char *pattern, const char *text, size_t len)
{
	if (*pattern == '*')
		return matches(pattern + 1, text, len) ||
		       (len > 0 && matches(pattern, text + 1, len - 1));
	if (len == 0 || !*pattern)
		return len == 0 && !*pattern;
	return (*pattern == '?' || *pattern == *text) &&
	       matches(pattern + 1, text + 1, len - 1);
}

static inline size_t
decode(char decoded[ROOM], const char *text, size_t len)
{
	unsigned byte;
	size_t i, n;

	for (i = n = 0; i < len; i++) {
		decoded[n++] = text[i];
		if (text[i] != '%')
			continue;
		decoded[n - 1] = sscanf(text + i + 1, "%2x", &byte) == 1
					 ? (char)byte
					 : '%';
		i += 2;
	}
	return n;
}

/* The patterns here have no encoded characters; a ? may be several of a path. */
static inline bool
meets(const char *pattern, const char *text, size_t len)
{
	const char *encoded = memchr(text, '%', len);
	char decoded[ROOM], loose[ROOM];
	size_t i;

	if (!encoded)
		return can_match(pattern, text, len);
	if (!can_match(pattern, text, (size_t)(encoded - text)))
		return false;
	for (i = 0; i <= strlen(pattern); i++)
		loose[i] = pattern[i] == '?' ? '*' : pattern[i];
	return can_match(pattern, text, len) ||
	       can_match(loose, decoded, decode(decoded, text, len));
}

/* Does a behaviour certainly have all URLs that begin like this? */
static inline bool
has_all(const char *pattern, const char *text, size_t len)
{
	const char *encoded = memchr(text, '%', len);
	char decoded[ROOM];

	if (pattern[strlen(pattern) - 1] != '*')
		return false;
	if (matches(pattern, text, encoded ? (size_t)(encoded - text) : len))
		return true;
	return encoded && !strchr(pattern, '?') &&
	       matches(pattern, text, len) &&
	       matches(pattern, decoded, decode(decoded, text, len));
}

static inline size_t
count_foreign(const struct url_set *set, const char *text, size_t len)
{
	const struct site_behavior *b = set->site ? set->site->behaviors : NULL;
	size_t count = 0;

	for (; b && b->pattern; b++) {
		count += b->foreign && b->cached && b->pattern[1] != '*' &&
			 meets(b->pattern, text, len);
		if (has_all(b->pattern, text, len))
			break;
	}
	return count;
}

/* A wildcard as plan.h says that it is written. */
static inline void
write_wildcard(
	const struct url_set *set, const char *text, size_t len, char out[ROOM])
{
	size_t i, at, best = SIZE_MAX, longest = len;

	for (i = 0; i < set->count; i++) {
		const struct url *url = &set->list[i];

		if (!url->stale || url->cut < len || !begins(url, text, len))
			continue;
		for (at = len; at < url->cut && url->text[at] == text[at]; at++)
			;
		best = at < best ? at : best;
	}
	for (at = len; at <= best; at++)
		if (valid_cut(text, at))
			longest = at;
	for (at = longest; at > 0 && text[at - 1] != '/'; at--)
		;
	if (at >= set->mount_len && !forbidden(set, text, at) &&
		count_under(set, text, at) == count_under(set, text, longest) &&
		count_foreign(set, text, at) ==
			count_foreign(set, text, longest))
		longest = at;
	snprintf(out, ROOM, "%.*s*", (int)longest, text);
}

/* What the items drag along, where each wildcard is written as in `list`. */
static inline size_t
weigh(const struct search *s, char list[URLS][ROOM])
{
	const struct cover *c = &s->now;
	size_t weight = 0, i;

	for (i = 0; i < s->set->count; i++)
		weight += !s->set->list[i].stale && !s->set->list[i].neutral &&
			  covered(s, &s->set->list[i], false);
	for (i = 0; i < c->count; i++)
		if (c->wildcard[i])
			weight += s->limits->foreign_cost *
				  count_foreign(
					  s->set, list[i], strlen(list[i]) - 1);
	return weight;
}

static inline int
by_string(const void *a, const void *b)
{
	return strcmp(a, b);
}

static inline void
judge(struct search *s)
{
	const struct cover *c = &s->now;
	char list[URLS][ROOM];
	size_t i, weight;
	uint64_t cost;
	int order;

	for (i = 0; i < c->count; i++) {
		if (c->wildcard[i])
			write_wildcard(s->set, c->text[i], c->len[i], list[i]);
		else
			snprintf(list[i], ROOM, "%s", c->text[i]);
	}
	weight = weigh(s, list);
	cost = c->count * (uint64_t)COST_UNIT +
	       weight * s->limits->collateral_cost;
	qsort(list, c->count, ROOM, by_string);
	order = !s->found              ? -1
		: cost != s->cost      ? (cost < s->cost ? -1 : 1)
		: weight != s->weight  ? (weight < s->weight ? -1 : 1)
		: c->count != s->count ? (c->count < s->count ? -1 : 1)
		: c->wildcards != s->wildcards
			? (c->wildcards < s->wildcards ? -1 : 1)
			: 0;
	for (i = 0; order == 0 && i < c->count; i++)
		order = strcmp(list[i], s->list[i]);
	if (order >= 0)
		return;
	s->found = true;
	s->cost = cost;
	s->weight = weight;
	s->count = c->count;
	s->wildcards = c->wildcards;
	memcpy(s->list, list, c->count * sizeof(*list));
}

static inline void
search(struct search *s)
{
	const struct url_set *set = s->set;
	struct cover *c = &s->now;
	const struct url *url = NULL;
	size_t i, len;

	for (i = 0; i < set->count && !url; i++)
		if (set->list[i].stale && !covered(s, &set->list[i], true))
			url = &set->list[i];
	if (!url) {
		judge(s);
		return;
	}
	if (c->count == s->limits->paths_max || c->count == URLS)
		return;
	i = c->count++;
	c->text[i] = url->text;
	c->wildcard[i] = false;
	c->len[i] = url->len;
	if (url->exact)
		search(s);
	c->text[i] = url->text;
	c->wildcard[i] = true;
	c->wildcards++;
	for (len = set->mount_len;
		len <= url->cut && c->wildcards <= s->limits->wildcards_max;
		len++) {
		c->text[i] = url->text;
		c->len[i] = len;
		if (begins(url, set->mount, set->mount_len) &&
			valid_cut(url->text, len) &&
			!forbidden(set, url->text, len))
			search(s);
	}
	c->wildcards--;
	c->count--;
}

#endif
