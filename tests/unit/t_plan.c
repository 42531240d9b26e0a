/* The plan: known cases. */
#include "diff/plan.h"
#include "diff/plan_check.h"
#include "diff/url_set.h"
#include "tests/unit/plan_fixture.h"

enum { ROOM = 64 /* for a URL */ };

/* URLs and items are words: +stale =fresh ?neutral ~only by wildcard. */
struct row {
	const char *name, *urls, *items;
	size_t paths, wildcards;
	uint64_t cost; /* of a collateral URL, in thousandths */
	const char *never;
	const char *error; /* part of its message */
};

static const struct row rows[] = {
	{"nothing", "=/a", "", 100, 15, 1000, NULL, NULL},
	{"one", "+/a =/b", "/a", 100, 15, 1000, NULL, NULL},
	{"a folder's URL beside an unchanged page", "+/blog/ =/blog/post.html",
		"/blog/", 100, 15, 1000, NULL, NULL},
	{"foo beside foobar", "+/foo =/foobar", "/foo", 100, 15, 1000, NULL,
		NULL},
	{"the root", "+/ =/a =/b =/c", "/", 100, 15, 1000, NULL, NULL},
	{"nine of one folder",
		"+/blog/2024/1 +/blog/2024/2 +/blog/2024/3 +/blog/2024/4 "
		"=/blog/2023/1 =/blog/2023/2 =/blog/2023/3",
		"/blog/2024/*", 100, 15, 1000, NULL, NULL},
	{"root files that share nothing else",
		"+/a.html +/b.html +/c.html =/d/1 =/d/2 =/d/3",
		"/a.html /b.html /c.html", 100, 15, 1000, NULL, NULL},
	{"not a wildcard and what it covers",
		"+/blog/1 +/blog/2 +/blog/x.css =/a", "/blog/*", 100, 15, 1000,
		NULL, NULL},
	{"printed with its folder", "+/old/page-1 +/old/page-2 =/new", "/old/*",
		100, 15, 1000, NULL, NULL},
	{"not with a folder that holds more",
		"+/old/page-1 +/old/page-2 =/old/x", "/old/page-*", 100, 15,
		1000, NULL, NULL},
	{"no half escape", "+/%20a +/%21b =/c", "/%20a /%21b", 100, 15, 1000,
		NULL, NULL},
	{"no half character", "+/%C3%A9 +/%C3%A8 =/b =/c", "/%C3%A8 /%C3%A9",
		100, 15, 900, NULL, NULL},
	{"a single file takes no wildcard", "+/a/b =/c", "/a/b", 100, 15, 0,
		NULL, NULL},
	{"only by wildcard", "~/a/b =/a/c", "/a/b*", 100, 15, 1000, NULL, NULL},
	{"a tie: no collateral", "+/a1 +/a2 =/a3", "/a1 /a2", 100, 15, 1000,
		NULL, NULL},
	{"collateral is cheap", "+/a1 +/a2 =/a3 =/c", "/a*", 100, 15, 999, NULL,
		NULL},
	{"paths are few", "+/a1 +/a2 =/a3 =/a4 =/a5 +/b =/c =/d", "/a* /b", 2,
		15, 1000, NULL, NULL},
	{"! sorts before *", "+/a +/a!b =/c", "/a*", 100, 15, 1000, NULL, NULL},
	{"a path in the way", "+/api1 +/api2", "/api1 /api2", 100, 15, 1000,
		"/api/", NULL},
	{"fewest wildcards",
		"+/a1 +/a2 +/a3 =/a4 =/a5 +/b1 +/b2 =/b3 +/c1 +/c2 =/c3 "
		"=/d =/e =/f =/g",
		"/a* /b1 /b2 /c1 /c2", 5, 15, 1000, NULL, NULL},
	{"bytewise: * first", "+/a1 +/a2 =/a3 +/b1 +/b2 =/b3 =/c =/d",
		"/a* /b1 /b2", 3, 15, 1000, NULL, NULL},
	{"bytewise: ! first", "+/a! +/a2 =/a3 +/b! +/b2 =/b3 =/c =/d",
		"/a! /a2 /b*", 3, 15, 1000, NULL, NULL},
	{"neutral: covered for nothing", "+/a1 +/a2 ?/a3 ?/a4 =/b", "/a*", 100,
		15, 1000, NULL, NULL},
	{"neutral: needs no item", "+/a ?/b =/c", "/a", 100, 15, 1000, NULL,
		NULL},
	{"neutral beside an unchanged one", "+/a1 +/a2 ?/a3 =/a4 =/b",
		"/a1 /a2", 100, 15, 1000, NULL, NULL},
	{"not with a folder that holds a neutral one",
		"+/old/page-1 +/old/page-2 ?/old/x =/new", "/old/page-*", 100,
		15, 1000, NULL, NULL},
	{"only neutral", "?/a ?/b", "", 100, 15, 1000, NULL, NULL},
	{"too few paths", "+/a +/b +/c", "", 1, 0, 1000, NULL,
		"3 stale URLs need 3 items, over --max-paths 1"},
	{"too few wildcards", "~/a +/b", "", 9, 0, 1000, NULL,
		"over --max-wildcards 0"},
	{"never widen", "~/api/a +/b", "", 9, 5, 1000, "/api/",
		"--never-widen forbids"},
};

static void
read_urls(struct url_set *set, const char *words)
{
	char word[ROOM];
	int used;

	start_urls(set, "/");
	for (; sscanf(words, "%63s%n", word, &used) == 1; words += used)
		if (word[0] == '?')
			add_neutral_url(set, word + 1);
		else
			add_url(set, word + 1, word[0] != '=', word[0] != '~',
				SIZE_MAX);
	sort_urls(set);
}

static void
test_known(void **state)
{
	size_t i, at;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const struct row *row = &rows[i];
		struct plan_limits limits = {
			row->paths, row->wildcards, row->cost * 1000, 0};
		const char *never = row->never;
		char text[1024] = "";
		struct err err = ERR_INIT;
		struct url_set set;
		struct plan plan;
		int rc;

		read_urls(&set, row->urls);
		set.never_widen = &never;
		set.never_widen_count = !!never;
		rc = plan_make(&plan, &set, &limits, &err);
		if (rc == 0)
			rc = plan_check(&plan, &set, &limits, &err);
		for (at = 0; at < plan.count; at++)
			snprintf(text + strlen(text),
				sizeof(text) - strlen(text), "%s%s",
				at ? " " : "", plan.items[at].text);
		if (strcmp(text, row->items) != 0 ||
			(rc != 0) != !!row->error ||
			(row->error && !strstr(err.message, row->error)))
			fail_msg("%s: '%s' %s", row->name, text, err.message);
		plan_release(&plan);
		url_set_release(&set);
	}
}

/* The counts leave neutral URLs out, and the check sees wrong ones. */
static void
test_neutral_counts(void **state)
{
	static const struct plan_limits limits = {1, 1, 1000000, 0};
	struct err err = ERR_INIT;
	struct url_set set;
	struct plan plan;

	(void)state;
	read_urls(&set, "+/a1 +/a2 ?/a3 =/a4 ?/b =/c");
	assert_int_equal(plan_make(&plan, &set, &limits, &err), 0);
	assert_string_equal(plan.items[0].text, "/a*");
	assert_int_equal(plan.items[0].stale, 2);
	assert_int_equal(plan.items[0].collateral, 1);
	assert_int_equal(plan.urls, 6);
	assert_int_equal(plan.stale, 2);
	assert_int_equal(plan.neutral, 2);
	assert_int_equal(plan.collateral, 1);
	assert_int_equal(plan.cost, 2 * COST_UNIT);
	assert_int_equal(plan_check(&plan, &set, &limits, &err), 0);
	plan.items[0].collateral = plan.collateral = 2;
	plan.cost += COST_UNIT;
	assert_int_equal(plan_check(&plan, &set, &limits, &err), -1);
	assert_int_equal(err.code, ERR_BUG);
	plan_release(&plan);
	assert_int_equal(plan_everything(&plan, &set, &err), 0);
	assert_int_equal(plan.collateral, 2);
	plan_release(&plan);
	url_set_release(&set);
}

/* A foreign behaviour counts for each wildcard that can meet it. */
static void
test_foreign(void **state)
{
	static const struct site_behavior behaviors[] = {
		{.pattern = "/api/*", .foreign = true, .cached = true},
		{.pattern = "*.jpg", .foreign = true, .cached = true},
		{.pattern = "/app/*", .foreign = true, .cached = false},
		{.pattern = NULL, .foreign = false, .cached = true}};
	static const struct site site = {
		.behaviors = behaviors, .count = COUNT(behaviors)};
	struct plan_limits limits = {100, 15, COST_UNIT / 2, 0};
	struct err err = ERR_INIT;
	struct url_set set;
	struct plan plan;
	size_t i;

	(void)state;
	read_urls(&set,
		"+/about +/also +/ample =/any +/b/1 +/b/2 =/b/3 =/x =/y =/z");
	set.site = &site;
	for (i = 0; i < 2; i++) {
		limits.foreign_cost = i == 0 ? 1 : 4;
		assert_int_equal(plan_make(&plan, &set, &limits, &err), 0);
		assert_int_equal(plan_check(&plan, &set, &limits, &err), 0);
		assert_int_equal(plan.count, i == 0 ? 2 : 4);
		assert_string_equal(
			plan.items[0].text, i == 0 ? "/a*" : "/about");
		assert_int_equal(plan.foreign, i == 0 ? 1 : 0);
		assert_int_equal(plan.items[0].foreign, i == 0 ? 1 : 0);
		if (i == 0) {
			/* 2 items, /any and /b/3, and one foreign pattern */
			assert_int_equal(
				plan.cost, 3 * COST_UNIT + COST_UNIT / 2);
			plan.foreign = 0;
			plan.cost -= COST_UNIT / 2;
			assert_int_equal(
				plan_check(&plan, &set, &limits, &err), -1);
		}
		plan_release(&plan);
	}
	url_set_release(&set);
}

/* 1,000 changes, each beside an unchanged file. */
static void
test_interleaved(void **state)
{
	static const struct plan_limits all[] = {{100, 15, 1000000, 0},
		{3000, 15, 100000, 0}, {10, 3, 1000000, 0},
		{900, 2, 1000000, 0}, {1, 1, 0, 0}};
	struct err err = ERR_INIT;
	struct url_set set;
	struct plan plan;
	char text[ROOM];
	int i;

	(void)state;
	start_urls(&set, "/");
	for (i = 0; i < 2000; i++) {
		snprintf(text, sizeof(text), "/d%d/f%04d", i % 7, i);
		add_url(&set, text, i % 2, true, SIZE_MAX);
	}
	sort_urls(&set);
	for (i = 0; i < 5; i++) {
		assert_int_equal(plan_make(&plan, &set, &all[i], &err), 0);
		assert_int_equal(plan_check(&plan, &set, &all[i], &err), 0);
		plan_release(&plan);
	}
	url_set_release(&set);
}

static void
test_everything(void **state)
{
	const char *never = "/docs/api/";
	struct err err = ERR_INIT;
	struct url_set set;
	struct plan plan;

	(void)state;
	start_urls(&set, "/docs/");
	add_url(&set, "/docs", true, true, SIZE_MAX);
	add_url(&set, "/docs/", true, true, SIZE_MAX);
	add_url(&set, "/docs/a", false, true, SIZE_MAX);
	assert_int_equal(plan_everything(&plan, &set, &err), 0);
	assert_int_equal(plan.count, 2);
	assert_string_equal(plan.items[0].text, "/docs");
	assert_string_equal(plan.items[1].text, "/docs/*");
	assert_int_equal(plan.items[1].stale, 1);
	assert_int_equal(plan.collateral, 1);
	plan_release(&plan);
	set.never_widen = &never;
	set.never_widen_count = 1;
	assert_int_equal(plan_everything(&plan, &set, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	url_set_release(&set);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_neutral_counts),
		cmocka_unit_test(test_foreign),
		cmocka_unit_test(test_interleaved),
		cmocka_unit_test(test_everything),
	};

	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
