/*
 * The plan against a search of every cover, on random small sets of URLs.
 * Arguments: how many (20000), and their seed (1).
 */
#include "base/utf8.h"
#include "diff/plan.h"
#include "diff/plan_check.h"
#include "diff/plan_limits.h"
#include "diff/url_set.h"
#include "tests/unit/plan_fixture.h"

enum {
	ROOM = 64, /* for a random URL or item */
	URLS = 12, /* of a random case */
	BEHAVIORS = 4, /* the default included */
};

static unsigned long random_cases = 20000;
static uint64_t random_state = 1;

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

static bool
begins(const struct url *url, const char *prefix, size_t len)
{
	return url->len >= len && memcmp(url->text, prefix, len) == 0;
}

static bool
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
static bool
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

static bool
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

static size_t
count_under(const struct url_set *set, const char *text, size_t len)
{
	size_t i, count = 0;

	for (i = 0; i < set->count; i++)
		count += begins(&set->list[i], text, len);
	return count;
}

/* By the definition: can characters follow `text` so that the pattern matches? */
static bool
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
static bool
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

static size_t
decode(char decoded[ROOM], const char *text, size_t len)
{
	unsigned byte;
	size_t i, n;

	for (i = n = 0; i < len; i++) {
		decoded[n++] = text[i];
		if (text[i] != '%')
			continue;
		assert_int_equal(sscanf(text + i + 1, "%2x", &byte), 1);
		decoded[n - 1] = (char)byte;
		i += 2;
	}
	return n;
}

/* The patterns here have no encoded characters; a ? may be several of a path. */
static bool
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
static bool
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

static size_t
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
static void
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
static size_t
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

static int
by_string(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void
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

static void
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

/* xorshift64*: the same cases everywhere. */
static size_t
draw(size_t below)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return (size_t)((random_state * 0x2545f4914f6cdd1d) >> 33) % below;
}

static void
draw_text(char text[ROOM], const char *mount)
{
	static const char *const parts[] = {"a", "a", "b", "/", "/", "!",
		"%C3%A9", "%C3%A8", "%C3", "%7E", "%2A", "%20", "%E2%82%AC",
		"%E2%82"};
	size_t parts_used = draw(5), kinds = draw(2) ? 5 : 14;

	snprintf(text, ROOM, "%s", mount);
	while (parts_used-- > 0)
		strncat(text, parts[draw(kinds)], ROOM - strlen(text) - 1);
}

static void
draw_set(struct url_set *set)
{
	bool widen = draw(2), query = !draw(6), neutrals = draw(2);
	char text[ROOM];
	size_t i, n = draw(URLS), stale_max = 6 + draw(3), at;

	start_urls(set, draw(3) ? "/" : "/m/");
	for (i = 0; i < n; i++) {
		const char *a, *b;
		size_t cut = SIZE_MAX;
		bool stale = set->stale < stale_max && draw(3);

		draw_text(text, set->mount);
		if (!query && set->mount_len > 1 && !draw(8))
			snprintf(text, ROOM, "/m");
		for (at = 0; at < set->count; at++)
			if (strcmp(set->list[at].text, text) == 0)
				break;
		if (at < set->count)
			continue;
		a = strstr(text, "%2A");
		b = widen ? strstr(text, "%7E") : NULL;
		if (a)
			cut = (size_t)(a - text);
		if (b && (size_t)(b - text) < cut)
			cut = (size_t)(b - text);
		add_url(set, text, stale, cut == SIZE_MAX && !query, cut);
		set->list[set->count - 1].neutral =
			!stale && neutrals && draw(2);
		set->neutral += set->list[set->count - 1].neutral;
	}
	sort_urls(set);
}

/* Behaviours with short patterns, some of which URLs of the set match. */
static void
draw_site(struct site *site, struct site_behavior list[BEHAVIORS],
	char patterns[BEHAVIORS][ROOM])
{
	static const char *const parts[] = {
		"a", "a", "b", "/", "/", "m", "*", "*", "?", "!"};
	size_t i, parts_used;

	site->behaviors = list;
	site->count = 1 + draw(BEHAVIORS);
	for (i = 0; i < site->count; i++) {
		snprintf(patterns[i], ROOM, "/");
		for (parts_used = draw(5); parts_used > 0; parts_used--)
			strncat(patterns[i], parts[draw(COUNT(parts))],
				ROOM - strlen(patterns[i]) - 1);
		list[i] = (struct site_behavior){
			.pattern = i + 1 < site->count ? patterns[i] : NULL,
			.foreign = draw(3),
			.cached = draw(4),
		};
	}
}

static void
compare(const struct url_set *set, const struct plan_limits *limits,
	unsigned long number)
{
	struct search s = {.set = set, .limits = limits};
	struct err err = ERR_INIT;
	struct plan plan;
	size_t i;
	bool same;
	int rc;

	search(&s);
	rc = plan_make(&plan, set, limits, &err);
	same = (rc == 0) == s.found;
	if (rc != 0)
		same = same && err.code == ERR_INPUT;
	if (rc == 0 && same) {
		same = plan.cost == s.cost && plan.count == s.count &&
		       plan.collateral + limits->foreign_cost * plan.foreign ==
			       s.weight &&
		       plan.wildcards == s.wildcards &&
		       plan_check(&plan, set, limits, &err) == 0;
		for (i = 0; same && i < s.count; i++)
			same = strcmp(plan.items[i].text, s.list[i]) == 0;
	}
	if (!same) {
		for (i = 0; i < set->count; i++)
			print_error("%c%s cut %u exact %d\n",
				set->list[i].stale     ? '+'
				: set->list[i].neutral ? '?'
						       : '=',
				set->list[i].text, set->list[i].cut,
				set->list[i].exact);
		for (i = 0; set->site && i < set->site->count - 1; i++)
			print_error("%s foreign %d cached %d\n",
				set->site->behaviors[i].pattern,
				set->site->behaviors[i].foreign,
				set->site->behaviors[i].cached);
		for (i = 0; i < plan.count; i++)
			print_error("made %s\n", plan.items[i].text);
		for (i = 0; i < s.count; i++)
			print_error("best %s\n", s.list[i]);
		fail_msg("case %lu: paths %zu wildcards %zu cost %lu: %s",
			number, limits->paths_max, limits->wildcards_max,
			(unsigned long)limits->collateral_cost, err.message);
	}
	plan_release(&plan);
}

static void
test_random(void **state)
{
	static const uint64_t costs[] = {
		0, 1, 333333, 500000, 1000000, 1000000, 2000000, 1000000000};
	static const uint32_t foreign[] = {0, 1, 2, 3, 1000, FOREIGN_COST_MAX};
	struct site_behavior behaviors[BEHAVIORS];
	char patterns[BEHAVIORS][ROOM];
	struct site site;
	unsigned long i;

	(void)state;
	for (i = 0; i < random_cases; i++) {
		struct plan_limits limits = {1 + draw(6), draw(4),
			costs[draw(8)], foreign[draw(COUNT(foreign))]};
		char text[ROOM];
		const char *never = text;
		struct url_set set;

		draw_set(&set);
		draw_text(text, set.mount);
		if (!draw(5)) {
			set.never_widen = &never;
			set.never_widen_count = 1;
		}
		if (draw(2)) {
			draw_site(&site, behaviors, patterns);
			set.site = &site;
		}
		compare(&set, &limits, i);
		url_set_release(&set);
	}
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
	};

	if (argc > 1)
		random_cases = strtoul(argv[1], NULL, 10);
	if (argc > 2)
		random_state = strtoull(argv[2], NULL, 10);
	if (random_state == 0)
		random_state = 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
