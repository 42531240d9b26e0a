/* Cache behaviours, of URLs and of wildcards. */
#include "diff/path_pattern.h"
#include "diff/site.h"
#include "tests/unit/fixture.h"

enum { ROOM = 64 /* for a text */ };

static const struct site_behavior behaviors[] = {
	{"/docs/api/*", true, true, true, false, false, 0},
	{"/docs/*", false, true, false, false, false, 0},
	{"/api/*", true, true, true, false, false, 0},
	{"/live/*", true, false, true, false, false, 0},
	{"*.jpg", true, true, false, false, false, 0},
	{"/caf%C3%A9/*", false, false, true, false, false, 0},
	{NULL, false, true, false, false, false, 0},
};
static const struct site site = {
	.behaviors = behaviors, .count = COUNT(behaviors)};

static void
test_urls(void **state)
{
	static const struct {
		const char *url;
		bool cached, query_strings;
	} rows[] = {
		{"/", true, false},
		{"/docs/api/a", true, true},
		{"/docs/a", true, false},
		{"/live/a", false, true},
		/* either behaviour, so it may be cached under any key */
		{"/caf%C3%A9/a", true, true},
		{"/caf%C3%A9/a.jpg", true, false},
		{"/live/a.jpg", false, true},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct site_url found =
			site_look_up(&site, rows[i].url, strlen(rows[i].url));

		if (found.cached != rows[i].cached ||
			found.query_strings != rows[i].query_strings)
			fail_msg("%s: %d %d", rows[i].url, found.cached,
				found.query_strings);
	}
}

static void
test_wildcards(void **state)
{
	static const struct {
		const char *prefix;
		size_t count;
		const char *first;
	} rows[] = {
		{"/", 2, "/docs/api/*"},
		{"/d", 1, "/docs/api/*"},
		{"/docs/", 1, "/docs/api/*"},
		{"/docs/a", 1, "/docs/api/*"},
		{"/docs/b", 0, NULL},
		{"/a", 1, "/api/*"},
		{"/apis", 0, NULL},
		{"/live/", 0, NULL},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		size_t len = strlen(rows[i].prefix);
		const struct site_behavior *first =
			site_get_foreign(&site, rows[i].prefix, len, 0);

		if (site_count_foreign(&site, rows[i].prefix, len) !=
				rows[i].count ||
			!first != !rows[i].first ||
			(first && strcmp(first->pattern, rows[i].first) != 0))
			fail_msg("%s*", rows[i].prefix);
	}
}

static void
add(char text[ROOM], const char *part)
{
	size_t len = strlen(text);

	snprintf(text + len, ROOM - len, "%s", part);
}

/* What the planner relies on: a longer wildcard never meets more. */
static void
test_monotony(void **state)
{
	static const char *const parts[] = {
		"a", "b", "/", "%C3%A9", "%7E", "*", "?", "\xc3\xa9"};
	char patterns[3][ROOM], text[ROOM];
	struct site_behavior list[4];
	const struct site drawn = {.behaviors = list, .count = COUNT(list)};
	size_t round, i, n, len, count, before, met = 0;
	unsigned long random = 1;

	(void)state;
	for (round = 0; round < 20000; round++) {
		for (i = 0; i < 3; i++) {
			snprintf(patterns[i], ROOM, "/");
			for (n = 0; n < 4; n++) {
				random = random * 6364136223846793005u + 1;
				add(patterns[i],
					parts[(random >> 33) % COUNT(parts)]);
			}
			list[i] = (struct site_behavior){patterns[i],
				random >> 40 & 1, true, false, false, false, 0};
		}
		list[3] = (struct site_behavior){
			NULL, true, true, false, false, false, 0};
		snprintf(text, ROOM, "/");
		before = SIZE_MAX;
		for (n = 0; n < 5; n++) {
			len = strlen(text);
			count = site_count_foreign(&drawn, text, len);
			if (count > before)
				fail_msg("%s*: %s %s %s", text, patterns[0],
					patterns[1], patterns[2]);
			met += count;
			before = count;
			random = random * 6364136223846793005u + 1;
			add(text, parts[(random >> 33) % 5]);
		}
	}
	assert_true(met > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_urls),
		cmocka_unit_test(test_wildcards),
		cmocka_unit_test(test_monotony),
	};

	return cmocka_run_group_tests_name("site", tests, NULL, NULL);
}
