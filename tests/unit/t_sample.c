/* Which URLs a verification asks, and what it knows of their answers. */
#include "edge/sample.h"
#include "tests/unit/manifest_fixture.h"

static const struct url_rules plain = {
	.prefix = "/",
	.forms = {.index_document = "index.html",
		.index_file = true,
		.index_slash = true},
};
static const struct plan_limits limits = {100, 15, COST_UNIT, 0};

struct fixture {
	struct manifest before, after;
	struct delta delta;
	struct sample sample;
};

static void
make(struct fixture *f, const char *before, const char *after,
	const struct value_sets *sets, const struct url_rules *rules,
	struct sample_limits how)
{
	const struct sample_known known = {.again = NULL};
	struct err err = ERR_INIT;

	read_manifest(&f->before, before);
	read_manifest(&f->after, after);
	assert_int_equal(
		delta_find(&f->delta, &f->before, sets, &f->after, &err), 0);
	assert_int_equal(delta_plan(&f->delta, rules, &limits, &err), 0);
	assert_int_equal(
		sample_make(&f->sample, &f->delta, &how, &known, &err), 0);
}

static void
release(struct fixture *f)
{
	sample_release(&f->sample);
	delta_release(&f->delta);
	manifest_release(&f->before);
	manifest_release(&f->after);
}

static size_t
count(const struct sample_value *list)
{
	size_t n = 0;

	for (; list; list = list->next)
		n++;
	return n;
}

static const struct sample_url *
find(const struct sample *sample, const char *url)
{
	size_t i;

	for (i = 0; i < sample->count; i++)
		if (strcmp(sample->list[i].url, url) == 0)
			return &sample->list[i];
	return NULL;
}

static void
test_values(void **state)
{
	struct cached_value sets_list[] = {
		{.object = {.key = "b", .key_len = 1, .size = 9}},
		{.object = {.key = "new", .key_len = 3, .size = 700}},
	};
	const struct value_sets sets = {.list = sets_list, .count = 2};
	const struct sample_url *url;
	struct fixture f;

	(void)state;
	sets_list[0].object.fingerprint[0] = 9;
	sets_list[1].object.fingerprint[0] = 7;
	make(&f, "a=1 b=1 gone=1 index.html=1", "a=1 b=2 index.html=1 new=1",
		&sets, &plain, (struct sample_limits){100, 1 << 20});
	assert_int_equal(f.sample.stale, 3);
	assert_false(f.sample.of_all);
	assert_string_equal(f.sample.list[0].url, "/");
	assert_false(f.sample.list[0].stale);
	assert_null(find(&f.sample, "/a"));

	url = find(&f.sample, "/b");
	assert_int_equal(count(url->fresh), 1);
	assert_int_equal(count(url->old), 2); /* the manifest's, the set's */
	assert_int_equal(url->size_max, 9);

	url = find(&f.sample, "/new");
	assert_int_equal(count(url->old), 2); /* absent, and the set's */
	assert_true(url->old->absent || url->old->next->absent);
	assert_string_equal(url->old->key, "new");
	assert_int_equal(url->size_max, 700);

	url = find(&f.sample, "/gone");
	assert_null(url->fresh);
	assert_int_equal(count(url->old), 1);
	assert_false(url->old->absent);
	assert_int_equal(url->size_max, SAMPLE_UNKNOWN_SIZE);
	release(&f);
}

/* A site of folders: /d0/f0 to /d9/f9, each folder with its index document. */
static void
write_site(char *out, size_t size, const char *content)
{
	size_t at = 0;
	int i, j;

	for (i = 0; i < 10; i++) {
		for (j = 0; j < 10; j++)
			at += (size_t)snprintf(out + at, size - at,
				"d%d/f%d=%s ", i, j, content);
		at += (size_t)snprintf(
			out + at, size - at, "d%d/index.html=%s ", i, content);
	}
	snprintf(out + at, size - at, "index.html=%s", content);
}

static void
test_a_share_of_each_wildcard(void **state)
{
	char before[8192], after[8192];
	struct fixture f, again;
	unsigned folders = 0, aliases = 0;
	size_t i, requests;

	(void)state;
	write_site(before, sizeof(before), "1");
	write_site(after, sizeof(after), "2");
	make(&f, before, after, NULL, &plain,
		(struct sample_limits){40, 1 << 20});
	make(&again, before, after, NULL, &plain,
		(struct sample_limits){40, 1 << 20});
	requests = sample_count_requests(&f.sample);
	assert_int_equal(requests, 40);
	assert_int_equal(f.sample.count, 36); /* and 4 without an encoding */
	assert_string_equal(f.sample.list[0].url, "/");
	for (i = 0; i < f.sample.count; i++) {
		const char *url = f.sample.list[i].url;

		assert_string_equal(url, again.sample.list[i].url);
		assert_int_equal(f.sample.list[i].identity, i % 10 == 0);
		if (url[1] == 'd')
			folders |= 1u << (url[2] - '0');
		aliases += url[strlen(url) - 1] == '/';
	}
	assert_true(aliases >= 8);
	assert_int_equal(folders, (1u << 10) - 1); /* all of them */
	release(&f);
	release(&again);
}

static void
test_another_build_has_another_sample(void **state)
{
	char before[8192], after[8192], other[8192];
	struct fixture f, g;
	size_t i, same = 0;

	(void)state;
	write_site(before, sizeof(before), "1");
	write_site(after, sizeof(after), "2");
	write_site(other, sizeof(other), "3");
	make(&f, before, after, NULL, &plain,
		(struct sample_limits){30, 1 << 20});
	make(&g, before, other, NULL, &plain,
		(struct sample_limits){30, 1 << 20});
	assert_int_equal(f.sample.count, g.sample.count);
	for (i = 0; i < f.sample.count; i++)
		same += strcmp(f.sample.list[i].url, g.sample.list[i].url) == 0;
	assert_true(same < f.sample.count);
	release(&f);
	release(&g);
}

static void
test_nothing_stale(void **state)
{
	struct fixture f;

	(void)state;
	make(&f, "a=1 b=1 index.html=1", "a=1 b=1 index.html=1", NULL, &plain,
		(struct sample_limits){100, 1 << 20});
	assert_true(f.sample.of_all);
	assert_int_equal(f.sample.stale, 0);
	assert_int_equal(f.sample.count, 4);
	release(&f);
}

static void
test_limits(void **state)
{
	struct fixture f;

	(void)state;
	make(&f, "a=1 b=1 c=1 index.html=1", "a=2 b=2 c=2 index.html=2", NULL,
		&plain, (struct sample_limits){1, 1 << 20});
	assert_int_equal(f.sample.count, 1);
	assert_false(f.sample.list[0].identity);
	release(&f);
	/* every object has a byte: the root twice, then one more */
	make(&f, "a=1 b=1 c=1 index.html=1", "a=2 b=2 c=2 index.html=2", NULL,
		&plain, (struct sample_limits){100, 3});
	assert_int_equal(sample_count_requests(&f.sample), 3);
	assert_int_equal(f.sample.count, 5);
	assert_true(f.sample.list[2].over_budget);
	release(&f);
}

static void
test_pages(void **state)
{
	static const char *const pages[] = {"404.html"};
	struct url_rules rules = plain;
	struct fixture f;

	(void)state;
	rules.fallback = pages;
	rules.fallback_count = 1;
	make(&f, "404.html=1 a=1 index.html=1 z=1",
		"404.html=1 a=2 index.html=1", NULL, &rules,
		(struct sample_limits){100, 1 << 20});
	assert_string_equal(f.sample.list[1].url, "/404.html");
	assert_int_equal(count(f.sample.pages), 1);
	release(&f);
}

/* Two objects at one URL: what either has now is not old. */
static void
test_shared_url(void **state)
{
	struct url_rules rules = plain;
	const struct sample_url *url;
	struct fixture f;

	(void)state;
	rules.forms.clean_urls = true;
	make(&f, "a=1 a.html=2", "a=2 a.html=3", NULL, &rules,
		(struct sample_limits){100, 1 << 20});
	url = find(&f.sample, "/a");
	assert_int_equal(count(url->fresh), 2);
	assert_int_equal(count(url->old), 1);
	release(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_a_share_of_each_wildcard),
		cmocka_unit_test(test_another_build_has_another_sample),
		cmocka_unit_test(test_nothing_stale),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_shared_url),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
