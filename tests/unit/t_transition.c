/* A transition: from which forms of URLs it starts. */
#include "deploy/transition.h"
#include "tests/unit/manifest_fixture.h"

static const struct transition_options options = {
	.rules = {.prefix = "/",
		.forms = {.index_document = "index.html",
			.index_file = true,
			.clean_urls = true}},
	.limits = {100, 15, COST_UNIT},
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_deployed_forms),
	};

	return cmocka_run_group_tests_name("transition", tests, NULL, NULL);
}
