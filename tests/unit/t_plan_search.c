/*
 * The plan against a search of every cover, on random small sets of URLs.
 * Arguments: how many (20000), and their seed (1).
 */
#include "diff/plan.h"
#include "diff/plan_check.h"
#include "diff/plan_limits.h"
#include "diff/url_set.h"
#include "tests/unit/plan_fixture.h"
#include "tests/unit/plan_oracle.h"

enum {
	BEHAVIORS = 4, /* the default included */
};

static unsigned long random_cases = 20000;
static uint64_t random_state = 1;

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
