/* What deployments leave because no wildcard is allowed, until one is. */
#include "deploy/transition.h"
#include "diff/left_out.h"
#include "diff/left_wildcards.h"
#include "diff/site_text.h"
#include "tests/unit/manifest_fixture.h"

static const char *const api[] = {"/q/"};

struct row {
	const char *site; /* diff/site_text.h; NULL: nothing is known */
	size_t wildcards_max;
	bool never_widen; /* /q/ */
	const char *before, *after; /* objects */
	const char *was_left; /* words of the baseline */
	const char *items, *left; /* with a space behind each */
};

static const struct row rows[] = {
	/* it is named */
	{"1 cq:/q/* c:", 0, false, "a=1 q/a=1", "a=2 q/a=2", "", "/a /q/a ",
		"wildcard:/q/a "},
	{"1 cq:/q/* c:", 15, true, "a=1 q/a=1", "a=2 q/a=2", "", "/a /q/a ",
		"wildcard:/q/a "},
	{"1 cq:/q/* c:", 15, false, "a=1 b=1 c=1 q/a=1", "a=2 b=1 c=1 q/a=2",
		"", "/a /q/* ", ""},

	/* it stays, without an item, as long as no wildcard may cover it */
	{"1 cq:/q/* c:", 0, false, "q/a=1", "q/a=1", "wildcard:/q/a ", "",
		"wildcard:/q/a "},
	{"1 cq:/q/* c:", 15, true, "q/a=1 b=1", "q/a=1 b=2", "wildcard:/q/a ",
		"/b ", "wildcard:/q/a "},
	{"1 cq:/q/* c:", 0, false, "q/a=1", "q/b=2", "wildcard:/q/a ",
		"/q/a /q/b ", "wildcard:/q/a wildcard:/q/b "},

	/* it is covered once, even if its object is gone or nothing is known */
	{"1 cq:/q/* c:", 15, false, "q/a=1 q/b=1", "q/a=1 q/b=1",
		"wildcard:/q/a ", "/q/a* ", ""},
	{"1 cq:/q/* c:", 1, false, "q/b=1", "q/b=1", "wildcard:/q/a ", "/q/a* ",
		""},
	{NULL, 15, false, "b=1", "b=1", "wildcard:/q/a ", "/q/* ", ""},
	{NULL, 0, false, "b=1", "b=1", "wildcard:/q/a ", "", "wildcard:/q/a "},
	{"1 cq:/q/* c:", 15, false, "b=1 q/b=1", "b=1 q/b=1",
		"wildcard:/q/ wildcard:/q/b ", "/q/* ", ""},

	/* a page that answers at URLs that no build holds */
	{"1 page:300:w:404.html c:", 0, false, "404.html=1", "404.html=2", "",
		"/404.html ", "wildcard:/ "},
	{"1 page:300:w:404.html c:", 0, false, "404.html=1", "404.html=1",
		"wildcard:/ ", "", "wildcard:/ "},
	{"1 page:300:w:404.html c:", 1, false, "404.html=1 b=1",
		"404.html=1 b=1", "wildcard:/ ", "/* ", ""},

	/* what is not such a word */
	{"1 c:", 15, false, "b=1", "b=1", "wildcard: wildcard:x wildcard:/* ",
		"", ""},
};

static void
append(char *out, size_t size, const char *text, size_t len)
{
	snprintf(
		out + strlen(out), size - strlen(out), "%.*s ", (int)len, text);
}

/* The words of a text that begin with "wildcard:", a space behind each. */
static void
pick_words(char *out, size_t size, const char *text)
{
	size_t len;

	*out = '\0';
	for (; *text; text += len + (text[len] == ' ')) {
		len = strcspn(text, " ");
		if (strncmp(text, "wildcard:", strlen("wildcard:")) == 0)
			append(out, size, text, len);
	}
}

/* A baseline, after a deployment with the same options. */
static void
begin(struct baseline *baseline, const struct url_rules *rules,
	const struct row *row)
{
	struct err err = ERR_INIT;
	char *text = left_out_text(rules, NULL, &err);
	struct buf left_out;

	baseline_init(baseline);
	memcpy(baseline->tag, "01234567", sizeof("01234567"));
	read_manifest(&baseline->manifest, row->before);
	baseline->url_forms = strdup("file index.html");
	baseline->site = row->site ? strdup(row->site) : NULL;
	buf_init(&left_out, LEFT_OUT_MAX);
	buf_addf(&left_out, "%s%s", row->was_left, text);
	free(text);
	baseline->left_out = buf_detach(&left_out, &err);
}

static void
check_row(const struct row *row)
{
	struct transition_options options = {
		.rules = {.prefix = "/",
			.forms = {.index_document = "index.html",
				.index_file = true},
			.never_widen = api,
			.never_widen_count = row->never_widen},
		.limits = {100, row->wildcards_max, COST_UNIT, 1000},
	};
	char items[256] = "", left[256];
	struct err err = ERR_INIT;
	struct baseline baseline;
	struct manifest build;
	struct transition t;
	struct arena texts;
	struct site site;
	char *text;
	size_t i;

	arena_init(&texts);
	if (row->site) {
		assert_int_equal(
			site_text_read(&site, &texts, row->site, &err), 0);
		url_rules_take_site(&options.rules, &site);
	}
	begin(&baseline, &options.rules, row);
	read_manifest(&build, row->after);
	assert_int_equal(
		transition_find(&t, &baseline.manifest, NULL, &build, &err), 0);
	if (transition_plan(&t, &options, &baseline, 2, &err) != 0)
		fail_msg("row %zu: %s", (size_t)(row - rows), err.message);
	assert_false(t.delta.everything);
	for (i = 0; i < t.delta.plan.count; i++)
		append(items, sizeof(items), t.delta.plan.items[i].text,
			strlen(t.delta.plan.items[i].text));
	text = left_out_text(&options.rules, &t.delta, &err);
	pick_words(left, sizeof(left), text);
	if (strcmp(items, row->items) != 0 || strcmp(left, row->left) != 0)
		fail_msg("row %zu: '%s', left '%s'", (size_t)(row - rows),
			items, left);
	free(text);
	transition_release(&t);
	manifest_release(&build);
	baseline_release(&baseline);
	arena_release(&texts);
}

static void
test_rows(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		check_row(&rows[i]);
}

/* Deploy that many changed objects, and return the words that are left. */
static void
leave_many(char *left, size_t size, const char *format, size_t count)
{
	static const struct plan_limits limits = {
		PATHS_MAX, 0, COST_UNIT, 1000};
	struct url_rules rules = {.prefix = "/docs/",
		.forms = {.index_document = "index.html", .index_file = true}};
	struct manifest before, after;
	struct err err = ERR_INIT;
	struct arena texts;
	struct delta delta;
	struct site site;
	char key[64], *text;
	size_t i;

	arena_init(&texts);
	assert_int_equal(site_text_read(&site, &texts, "1 cq:", &err), 0);
	url_rules_take_site(&rules, &site);
	manifest_init(&before);
	manifest_init(&after);
	for (i = 0; i < count; i++) {
		snprintf(key, sizeof(key), format, i % 10, i);
		add_object(&before, key, '1');
		add_object(&after, key, '2');
	}
	assert_int_equal(manifest_seal(&before, &err), 0);
	assert_int_equal(manifest_seal(&after, &err), 0);
	assert_int_equal(delta_find(&delta, &before, NULL, &after, &err), 0);
	assert_int_equal(delta_plan(&delta, &rules, &limits, &err), 0);
	text = left_out_text(&rules, &delta, &err);
	pick_words(left, size, text);
	free(text);
	delta_release(&delta);
	manifest_release(&before);
	manifest_release(&after);
	arena_release(&texts);
}

/* A line has room for few; one word then stands for a folder, or for all. */
static void
test_many(void **state)
{
	char left[16 * 1024];

	(void)state;
	leave_many(left, sizeof(left), "%zu/x%03zu", 3);
	assert_string_equal(left, "wildcard:/docs/0/x000 wildcard:/docs/1/x001 "
				  "wildcard:/docs/2/x002 ");
	leave_many(left, sizeof(left), "%zu/x%03zu", LEFT_WILDCARDS_MAX + 1);
	assert_string_equal(left,
		"wildcard:/docs/0/ wildcard:/docs/1/ wildcard:/docs/2/ "
		"wildcard:/docs/3/ wildcard:/docs/4/ wildcard:/docs/5/ "
		"wildcard:/docs/6/ wildcard:/docs/7/ wildcard:/docs/8/ "
		"wildcard:/docs/9/ ");
	leave_many(left, sizeof(left), "%zu-%03zu", LEFT_WILDCARDS_MAX + 1);
	assert_string_equal(left, "wildcard:/docs/ ");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests_name("left_wildcards", tests, NULL, NULL);
}
