/* A transition: from which forms of URLs it starts. */
#include "deploy/transition.h"
#include "diff/site_text.h"
#include "tests/unit/manifest_fixture.h"

static const struct transition_options options = {
	.rules = {.prefix = "/",
		.forms = {.index_document = "index.html",
			.index_file = true,
			.clean_urls = true}},
	.limits = {100, 15, COST_UNIT, 0},
};

/* The items of the transition from one of the baseline's manifests to itself. */
static void
plan_again(const struct baseline *baseline, const struct manifest *build,
	const char *items)
{
	struct transition t, moved;
	struct err err = ERR_INIT;
	char text[256] = "";
	size_t i;

	assert_int_equal(transition_find(&t, build, NULL, build, &err), 0);
	assert_int_equal(transition_plan(&t, &options, baseline, 2, &err), 0);
	moved = t; /* as deploy_result_take moves it */
	memset(&t, 0, sizeof(t));
	for (i = 0; i < moved.delta.plan.count; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text),
			"%s ", moved.delta.plan.items[i].text);
	assert_string_equal(text, items);
	assert_int_equal(moved.delta.plan.stale > 0, *items != '\0');
	assert_true(moved.delta.rules->forms.clean_urls);
	transition_release(&moved);
}

static void
test_deployed_forms(void **state)
{
	static char plain[] = "file index.html";
	static char clean[] = "file,clean index.html";
	static char wrong[] = "spa";
	struct baseline baseline;
	struct transition t;
	struct err err = ERR_INIT;

	(void)state;
	baseline_init(&baseline);
	memcpy(baseline.tag, "01234567", sizeof("01234567"));
	read_manifest(&baseline.manifest, "a.html=1");
	read_manifest(&baseline.pending.manifest, "a.html=1");
	/* unknown: an older edgediff may not have had this option */
	plan_again(&baseline, &baseline.manifest, "/a ");
	baseline.url_forms = clean;
	baseline.pending.url_forms = plain;
	plan_again(&baseline, &baseline.manifest, "");
	plan_again(&baseline, &baseline.pending.manifest, "/a ");
	baseline.url_forms = plain;
	baseline.pending.url_forms = clean;
	plan_again(&baseline, &baseline.manifest, "/a ");
	plan_again(&baseline, &baseline.pending.manifest, "");
	baseline.url_forms = wrong;
	assert_int_equal(transition_find(&t, &baseline.manifest, NULL,
				 &baseline.manifest, &err),
		0);
	assert_int_equal(transition_plan(&t, &options, &baseline, 2, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	transition_release(&t);
	baseline.url_forms = baseline.pending.url_forms = NULL;
	baseline_release(&baseline);
}

/* What the last deployment's options left out, and this one's. */
static const struct left_out_row {
	const char *before;
	bool skip_added, query_strings;
	const char *immutable, *fallback;
	const char *items; /* of a plan without a change */
} left_out_rows[] = {
	{NULL, true, true, "a*", "a.html", ""}, /* unknown */
	{"-", false, false, NULL, NULL, ""},
	{"-", true, false, "a*", NULL, ""},
	{"skip-added", true, false, NULL, NULL, ""},
	{"skip-added", false, false, NULL, NULL, "/* "},
	{"query-strings", false, false, NULL, NULL, ""},
	{"query-strings", false, true, NULL, NULL, ""},
	{"-", false, true, NULL, NULL, "/* "},
	{"immutable:a%2A", false, false, "a*", NULL, ""},
	{"immutable:b immutable:a%2A", false, false, "a*", NULL, "/* "},
	{"immutable:a%2A", false, false, "a", NULL, "/* "},
	{"immutable:a", false, false, NULL, NULL, "/* "},
	{"fallback:a.html", false, false, NULL, NULL, ""},
	{"fallback:b fallback:a.html", false, false, NULL, "a.html", ""},
	{"fallback:b", false, false, NULL, "a.html", "/* "},
	{"-", false, false, NULL, "a.html", "/* "},
};

static void
check_left_out(const struct left_out_row *row)
{
	struct transition_options changed = options;
	struct baseline baseline;
	struct transition t;
	struct err err = ERR_INIT;

	changed.rules.skip_added = row->skip_added;
	changed.rules.query_strings = row->query_strings;
	changed.rules.immutable = &row->immutable;
	changed.rules.immutable_count = row->immutable != NULL;
	changed.rules.fallback = &row->fallback;
	changed.rules.fallback_count = row->fallback != NULL;
	baseline_init(&baseline);
	memcpy(baseline.tag, "01234567", sizeof("01234567"));
	read_manifest(&baseline.manifest, "a.html=1");
	baseline.url_forms = strdup("file,clean index.html");
	baseline.left_out = row->before ? strdup(row->before) : NULL;
	assert_int_equal(transition_find(&t, &baseline.manifest, NULL,
				 &baseline.manifest, &err),
		0);
	assert_int_equal(transition_plan(&t, &changed, &baseline, 2, &err), 0);
	if ((*row->items != '\0') != (t.delta.plan.count == 1) ||
		(t.delta.unknown_because != NULL) != (*row->items != '\0'))
		fail_msg("%s: %zu items", row->before, t.delta.plan.count);
	if (t.delta.plan.count > 0)
		assert_string_equal(t.delta.plan.items[0].text, "/*");
	transition_release(&t);
	baseline_release(&baseline);
}

static void
test_left_out(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(left_out_rows); i++)
		check_left_out(&left_out_rows[i]);
}

/* What was known of the site then, what is now, and a plan for a.html. */
static const struct site_row {
	const char *before, *pending, *now;
	const char
		*items; /* from the accepted build, then from the pending one */
} site_rows[] = {
	{NULL, NULL, NULL, "/a.html|/a.html"},
	{"1 -:", NULL, "1 -:", "|/a.html"}, {NULL, "1 -:", "1 -:", "/a.html|"},
	{"1 -:", "1 c:", "2 -:", "/a.html|/a.html"},
	{"1 cq:", "1 c:", "2 c:", "/*|/a.html"},
	{"1 ?", "1 c:", "1 c:", "/*|/a.html"}, /* not readable */
};

static void
check_site(const struct site_row *row)
{
	struct transition_options known = options;
	struct baseline baseline;
	struct err err = ERR_INIT;
	struct manifest build;
	struct arena texts;
	struct site site;
	struct transition t;
	char items[64] = "";
	int i;

	arena_init(&texts);
	known.rules.forms.clean_urls = false;
	if (row->now) {
		assert_int_equal(
			site_text_read(&site, &texts, row->now, &err), 0);
		url_rules_take_site(&known.rules, &site);
	}
	baseline_init(&baseline);
	memcpy(baseline.tag, "01234567", sizeof("01234567"));
	read_manifest(&baseline.manifest, "a.html=1");
	read_manifest(&baseline.pending.manifest, "a.html=1");
	read_manifest(&build, "a.html=2");
	baseline.site = row->before ? strdup(row->before) : NULL;
	baseline.pending.site = row->pending ? strdup(row->pending) : NULL;
	for (i = 0; i < 2; i++) {
		const struct manifest *from =
			i == 0 ? &baseline.manifest
			       : &baseline.pending.manifest;
		const struct plan *plan = &t.delta.plan;

		assert_int_equal(
			transition_find(&t, from, NULL, &build, &err), 0);
		assert_int_equal(
			transition_plan(&t, &known, &baseline, 2, &err), 0);
		snprintf(items + strlen(items), sizeof(items) - strlen(items),
			"%s%s", i ? "|" : "",
			plan->count > 0 ? plan->items[0].text : "");
		transition_release(&t);
	}
	if (strcmp(items, row->items) != 0)
		fail_msg("%s, %s, %s: %s", row->before, row->pending, row->now,
			items);
	manifest_release(&build);
	baseline_release(&baseline);
	arena_release(&texts);
}

static void
test_site(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(site_rows); i++)
		check_site(&site_rows[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_deployed_forms),
		cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_site),
	};

	return cmocka_run_group_tests_name("transition", tests, NULL, NULL);
}
