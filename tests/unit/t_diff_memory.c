/* Memory runs out in a plan, and in each thing that is made of one. */
#include "diff/batch.h"
#include "diff/explanation.h"
#include "diff/guard.h"
#include "diff/hint.h"
#include "diff/left_out.h"
#include "diff/left_wildcards.h"
#include "diff/site_text.h"
#include "tests/unit/failing.h"
#include "tests/unit/forms_fixture.h"
#include "tests/unit/manifest_fixture.h"

#define MANY                                                     \
	"h/x-a1b2c3d4.js=1 h/x-b1b2c3d4.js=1 h/x-c1b2c3d4.js=1 " \
	"h/x-d1b2c3d4.js=1 "
#define MORE                                                     \
	"h/x-e1b2c3d4.js=1 h/x-f1b2c3d4.js=1 h/x-a2b2c3d4.js=1 " \
	"h/x-b2b2c3d4.js=1 "
#define KEPT "k/1=1 k/2=1 k/3=1 k/4=1 k/5=1 k/6=1 k/7=1 k/8=1 k/9=1 "

static const char *const api[] = {"/q/", "/z/"};
static const char *const pages[] = {"404.html"};
static const char *const hashed[] = {"i/*"};

struct row {
	const char *site; /* diff/site_text.h; NULL: nothing is known */
	const char *deployed_site, *deployed_forms; /* NULL: these */
	const char *forms; /* forms_fixture.h */
	const char *before; /* objects; NULL: a first deployment */
	const char *after;
	const char *was_left; /* words of the baseline */
	const char *wanted; /* a word of what is said of it */
	size_t paths_max, wildcards_max;
	bool never_widen, fallback, fails;
};

static const struct row rows[] = {
	{NULL, NULL, NULL, "fs", "a/index.html=1 b=1 c=1 q/a=1",
		"a/index.html=2 b=1 c=2 q/a=2 i/x=1", "", "/q/a", 100, 15, true,
		false, false},
	{NULL, NULL, NULL, "fs", NULL, "a=1 b/index.html=1", "", "/*", 100, 15,
		false, false, false},
	{NULL, NULL, NULL, "fs", NULL, "a=1 b/index.html=1 q/c=1 d~=1", "",
		"/q/c", 100, 15, true, false, false},
	{NULL, NULL, "file,bare,clean main.html", "fsbc",
		"a/main.html=1 b.html=1 d=1", "a/main.html=1 b.html=1 d=2", "",
		"/a* /d ", 100, 15, false, false, false},
	{"1 cq:/q/* c:", NULL, NULL, "fs", "a=1 b=1 c=1 q/a=1",
		"a=2 b=1 c=1 q/a=2", "", "/q/*", 100, 15, false, false, false},
	{"1 cq:/q/* c:", NULL, NULL, "fs", "a=1 q/a=1", "a=2 q/a=2", "",
		"wildcard:/q/a", 100, 0, false, false, false},
	{"2 cs@00000001:/q/* fc@00000002:/z/* c@00000003:",
		"1 c@00000001:/q/* c@00000002:", NULL, "fs",
		"a=1 q/a=1 q/index.html=1 z/a=1 z/b=1",
		"a=1 q/a=1 q/index.html=1 z/a=2 z/b=2 z/c=1", "", "/q/*", 100,
		15, false, false, false},
	{"1 page:300:w:404.html c:", NULL, NULL, "fs", "404.html=1 a=1 b=1",
		"404.html=2 a=1 b=1", "wildcard:/", "/*", 100, 15, false, true,
		false},
	{"1 page:300:w:404.html c:", NULL, NULL, "fs", "404.html=1 a=1",
		"404.html=2 a=1", "", "wildcard:/", 100, 0, false, false,
		false},
	{NULL, NULL, NULL, "fs", "b=1", "b=1", "wildcard:/q/a wildcard:/x/",
		"/* ", 100, 15, false, false, false},
	{NULL, NULL, NULL, "fs", KEPT MANY "a=1", KEPT MORE "a=2", "",
		"--immutable", 1, 1, false, false, false},
	{NULL, NULL, NULL, "fs", KEPT "a=1 c/1=1 z=1", KEPT "a=2 c/1=2 z=2", "",
		"--max-paths", 2, 15, false, false, false},
	{NULL, NULL, NULL, "fs", "a=1 b=1 c=1 d=1", "a=2 b=2 c=2 d=1", "", NULL,
		2, 0, false, false, true},
	{NULL, NULL, NULL, "fs", "a~=1 b'=1 c=1", "a~=2 b'=2 c=1", "", NULL, 9,
		0, false, false, true},
	{NULL, NULL, NULL, "fs", "404.html=1", "404.html=2", "", NULL, 9, 0,
		false, true, true},
};

/* What a row begins with, and what is made of it. */
struct world {
	const struct row *row;
	struct manifest before, after;
	struct arena texts;
	struct buf document, out;
	struct url_forms deployed;
	struct site site, deployed_site;
	struct url_rules rules;
	struct plan_limits limits;
	struct delta delta;
};

static int
read_known(struct world *w, struct err *err)
{
	const struct row *row = w->row;

	if (row->site) {
		if (site_text_read(&w->site, &w->texts, row->site, err) != 0)
			return -1;
		url_rules_take_site(&w->rules, &w->site);
		w->rules.deployed_site = &w->site;
	}
	if (row->deployed_site) {
		if (site_text_read(&w->deployed_site, &w->texts,
			    row->deployed_site, err) != 0)
			return -1;
		w->rules.deployed_site = &w->deployed_site;
	}
	if (row->deployed_forms) {
		if (url_forms_read(&w->deployed, &w->document,
			    row->deployed_forms, err) != 0)
			return -1;
		w->rules.deployed = &w->deployed;
	}
	return left_wildcards_read(&w->rules.wildcards,
		&w->rules.wildcard_count, &w->texts, row->was_left, err);
}

static int
say(struct world *w, char *text)
{
	if (!text)
		return -1;
	buf_addf(&w->out, "%s ", text);
	free(text);
	return 0;
}

static int
explain(struct world *w, const char *url, struct err *err)
{
	const struct delta *d = &w->delta;
	struct explanation explanation;
	int rc = explanation_make(&explanation, url, &d->plan, &d->urls,
		&d->changes, d->rules, err);

	if (rc == 0 && explanation.url && explanation.url->stale)
		assert_non_null(explanation.item);
	explanation_release(&explanation);
	return rc;
}

static int
identify(const struct world *w, const char *const *items, struct err *err)
{
	const struct batch_origin origin = {
		.distribution = "E1",
		.lineage = "00112233445566778899aabbccddeeff",
		.tag = "00112233",
		.serial = 2,
		.hash_before = "",
		.hash_after = w->after.hash,
	};
	char reference[CALLER_REFERENCE_SIZE];
	struct plan measured;

	if (batch_reference(
		    reference, &origin, items, w->delta.plan.count, err) != 0 ||
		plan_measure(&measured, &w->delta.urls, items,
			w->delta.plan.count, &w->limits, err) != 0)
		return -1;
	assert_int_equal(measured.cost, w->delta.plan.cost);
	plan_release(&measured);
	return 0;
}

static int
name_items(struct world *w, struct err *err)
{
	const char **items = plan_texts(&w->delta.plan);
	size_t i;
	int rc;

	if (!items)
		return err_memory(err);
	for (i = 0; i < w->delta.plan.count; i++)
		buf_addf(&w->out, "%s ", items[i]);
	rc = identify(w, items, err);
	free(items);
	return rc;
}

static int
say_everything(struct world *w, struct err *err)
{
	const struct guard_input input = {
		.delta = &w->delta, .index_document = "index.html"};
	size_t i;

	for (i = 0; guards[i].name; i++)
		guard_check(&guards[i], &input, &w->out);
	if (left_wildcards_write(&w->out, &w->delta, err) != 0 ||
		say(w, left_out_text(&w->rules, &w->delta, err)) != 0 ||
		say(w, url_forms_text(&w->rules.forms, err)) != 0 ||
		(w->row->site && say(w, site_text(&w->site, err)) != 0) ||
		hint_make(&w->out, &w->delta, err) != 0)
		return -1;
	return buf_check(&w->out, err);
}

static int
work(struct world *w, struct err *err)
{
	const struct row *row = w->row;
	const char *wrong;

	if (read_known(w, err) != 0 ||
		url_rules_check(&w->rules, &wrong, err) != 0 ||
		delta_find(&w->delta, row->before ? &w->before : NULL, NULL,
			&w->after, err) != 0 ||
		delta_plan(&w->delta, &w->rules, &w->limits, err) != 0 ||
		name_items(w, err) != 0 || explain(w, "/a", err) != 0 ||
		explain(w, "/b~ c", err) != 0 || say_everything(w, err) != 0)
		return -1;
	if (!strstr(buf_str(&w->out), row->wanted))
		fail_msg("no %s in %s", row->wanted, buf_str(&w->out));
	return 0;
}

/* The error that a row asks for is as good as none. */
static int
begin_and_work(void *context, struct err *err)
{
	struct world *w = context;
	int rc;

	w->rules = (struct url_rules){.prefix = "/",
		.forms = read_forms(w->row->forms),
		.immutable = hashed,
		.immutable_count = COUNT(hashed),
		.fallback = pages,
		.fallback_count = w->row->fallback ? COUNT(pages) : 0,
		.never_widen = api,
		.never_widen_count = w->row->never_widen ? COUNT(api) : 0};
	w->limits = (struct plan_limits){.paths_max = w->row->paths_max,
		.wildcards_max = w->row->wildcards_max,
		.foreign_cost = FOREIGN_COST_DEFAULT,
		.collateral_cost = COST_UNIT / 2};
	w->delta = (struct delta){0};
	arena_init(&w->texts);
	buf_init(&w->document, 256);
	buf_init(&w->out, 65536);
	rc = work(w, err);
	delta_release(&w->delta);
	buf_release(&w->out);
	buf_release(&w->document);
	arena_release(&w->texts);
	return rc != 0 && w->row->fails && err->code == ERR_INPUT ? 0 : rc;
}

static void
test_each_allocation(void **state)
{
	struct world w = {0};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		w.row = &rows[i];
		read_manifest(&w.before, w.row->before ? w.row->before : "");
		read_manifest(&w.after, w.row->after);
		print_message("row %zu\n", i);
		assert_true(fail_each_allocation(begin_and_work, &w) > 10);
		manifest_release(&w.before);
		manifest_release(&w.after);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_allocation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
