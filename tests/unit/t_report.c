/* What reports say if caches hold more than one build, or anything. */
#include "cmd/report/report_html.h"
#include "cmd/report/report_json.h"
#include "cmd/report/report_markdown.h"
#include "tests/unit/manifest_fixture.h"

typedef int report_fn(
	struct buf *out, const struct report_model *model, struct err *err);

static const struct url_rules rules = {
	.prefix = "/",
	.forms = {.index_document = "index.html", .index_file = true},
};
static const struct plan_limits limits = {100, 15, COST_UNIT, 0};

static bool check_checks; /* the run has checks */

/* The report has these words, or not (then they begin with a !). */
static void
check(report_fn *report, const struct delta *delta, const char *const *words)
{
	const struct report_check checks[] = {
		{"Upload", REPORT_PASSED, "The bucket has the build."},
		{"Edge", REPORT_FAILED, "/a<b|c` is old."},
	};
	struct report_run run = {.stage = REPORT_DEPLOYMENT,
		.distribution = "E1",
		.checks = checks,
		.check_count = check_checks ? 2 : 0};
	struct err err = ERR_INIT;
	struct report_model model;
	struct buf out;

	assert_int_equal(report_model_make(&model, &run, delta, &err), 0);
	buf_init(&out, 1024 * 1024);
	assert_int_equal(report(&out, &model, &err), 0);
	for (; *words; words++)
		if (**words == '!' ? !!strstr(buf_str(&out), *words + 1)
				   : !strstr(buf_str(&out), *words))
			fail_msg("%s\n%s", *words, buf_str(&out));
	buf_release(&out);
	report_model_release(&model);
}

/* The deployed build again, after another one that only caches have. */
static void
test_a_value_of_the_sets(void **state)
{
	static const char *const markdown[] = {"2 invalidation paths",
		"| `a` | changed | 7 B, uploaded since | 1 B |",
		"| `b` | changed | 1 B | 1 B |", "!Nothing is known",
		"!nothing changed", NULL};
	static const char *const json[] = {"\"nothing_known\": null",
		"\"size_before\": 7", "\"before_was_accepted\": false", NULL};
	struct cached_value value = {
		.object = {.key = "a", .key_len = 1, .size = 7}};
	const struct value_sets sets = {.list = &value, .count = 1};
	struct manifest before, after;
	struct err err = ERR_INIT;
	struct delta delta;

	(void)state;
	value.object.fingerprint[0] = 1;
	read_manifest(&before, "a=1 b=1 c=1");
	read_manifest(&after, "a=1 b=2 c=1");
	assert_int_equal(delta_find(&delta, &before, &sets, &after, &err), 0);
	assert_int_equal(delta_plan(&delta, &rules, &limits, &err), 0);
	check(report_markdown, &delta, markdown);
	check(report_json, &delta, json);
	delta_release(&delta);
	manifest_release(&before);
	manifest_release(&after);
}

static void
test_nothing_is_known(void **state)
{
	static const char *const markdown[] = {"1 invalidation path\n",
		"Nothing is known about the edge: the baseline is a copy, so "
		"everything is invalidated. It is not expected.\n",
		"!first deployment", "!nothing changed", NULL};
	static const char *const json[] = {
		"\"nothing_known\": \"the baseline is a copy\"", NULL};
	static const char *const html[] = {
		"\"unknown\":[\"the baseline is a copy\",\"It is not "
		"expected.\",false]",
		NULL};
	static const char *const first_markdown[] = {
		"this is a first deployment", "This is expected for the first",
		"!Nothing is known", NULL};
	static const char *const first_json[] = {
		"\"nothing_known\": \"there is no baseline\"", NULL};
	static const char *const first_html[] = {
		"\"unknown\":[\"there is no baseline\",\"This is expected for "
		"the first deployment.",
		"\",true]", NULL};
	const struct value_sets sets = {.nothing_known = true};
	struct manifest build;
	struct err err = ERR_INIT;
	struct delta delta;

	(void)state;
	read_manifest(&build, "a=1 b=1");
	assert_int_equal(delta_find(&delta, &build, &sets, &build, &err), 0);
	delta.unknown_because = "the baseline is a copy";
	delta.unknown_expected = "It is not expected.";
	assert_int_equal(delta_plan(&delta, &rules, &limits, &err), 0);
	check(report_markdown, &delta, markdown);
	check(report_json, &delta, json);
	check(report_html, &delta, html);
	delta_release(&delta);
	assert_int_equal(delta_find(&delta, NULL, NULL, &build, &err), 0);
	assert_int_equal(delta_plan(&delta, &rules, &limits, &err), 0);
	check(report_markdown, &delta, first_markdown);
	check(report_json, &delta, first_json);
	check(report_html, &delta, first_html);
	delta_release(&delta);
	manifest_release(&build);
}

/* A report shows those that it is given, and no empty place without any. */
static void
test_checks(void **state)
{
	static const char *const with[][4] = {
		{"\n**Upload**: passed\n\n```text\nThe bucket has the build.\n",
			"**Edge**: failed\n\n```text\n", NULL},
		{"\"title\": \"Upload\"", "\"verdict\": \"failed\"", NULL},
		{"\"checks\":[[\"Upload\",0,\"The bucket has the build.\"],"
		 "[\"Edge\",1,\"/a\\u003cb|c` is old.\"]]",
			NULL}};
	static const char *const without[][2] = {
		{"!**Upload**"}, {"!\"checks\""}, {"!\"checks\":"}};
	static report_fn *const reports[] = {
		report_markdown, report_json, report_html};
	struct manifest build;
	struct err err = ERR_INIT;
	struct delta delta;
	size_t i;

	(void)state;
	read_manifest(&build, "a=1");
	assert_int_equal(delta_find(&delta, &build, NULL, &build, &err), 0);
	for (i = 0; i < 3; i++) {
		check(reports[i], &delta, without[i]);
		check_checks = true;
		check(reports[i], &delta, with[i]);
		check_checks = false;
	}
	delta_release(&delta);
	manifest_release(&build);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_value_of_the_sets),
		cmocka_unit_test(test_nothing_is_known),
		cmocka_unit_test(test_checks),
	};

	return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
