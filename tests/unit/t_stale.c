/*
 * What a verification found stale: the next run covers it, once for each value of
 * a key.
 */
#include "deploy/stale.h"

#include "manifest/again.h"
#include "tests/unit/deploy_fixture.h"

enum { FOUND_MAX = 4 };

/* The content 0 is "absent". */
struct finding {
	const char *key;
	char content;
};

static struct cached_value
value_of(const struct finding *finding)
{
	struct cached_value value = {.absent = finding->content == 0};

	/* only read, as deploy/stale.h promises */
	memcpy(&value.object.key, &finding->key, sizeof(value.object.key));
	value.object.key_len = (uint32_t)strlen(finding->key);
	value.object.size = finding->content != 0;
	value.object.fingerprint[0] = (unsigned char)finding->content;
	return value;
}

/* Record findings up to one without a key; returns how many were added, or -1. */
static int
record(const struct finding *stale, const char *const *fresh)
{
	static const struct mount mount = {"E1", "/"};
	struct cached_value values[FOUND_MAX];
	struct stale_findings findings = {.stale = values, .fresh = fresh};
	size_t added = 99;

	for (; stale && stale[findings.stale_count].key; findings.stale_count++)
		values[findings.stale_count] =
			value_of(&stale[findings.stale_count]);
	while (fresh && fresh[findings.fresh_count])
		findings.fresh_count++;
	t.err = (struct err)ERR_INIT;
	store_fake.saves = 0;
	if (stale_record(&mount, &store_fake.store, &callbacks, &findings,
		    &added, &t.err) == 0)
		return (int)added;
	assert_int_equal(added, 0);
	return -1;
}

static const struct finding old_a[] = {{"a", '1'}, {NULL, 0}};

/* The second build is deployed, and a=1 is found. */
static void
deploy_two(void)
{
	deploy_well("a=1 b=1");
	pass_time();
	deploy_well(BUILD);
	assert_newest(2, "/a");
	assert_nothing_to_do(BUILD);
}

static void
test_covered_once_more(void **state)
{
	(void)state;
	deploy_two();
	assert_int_equal(record(old_a, NULL), 1);
	assert_int_equal(store_fake.saves, 1);
	expect(BUILD, NULL, DEPLOY_DONE);
	assert_newest(3, "/a");
	assert_nothing_to_do(BUILD);

	/* found again, it is only reported, and nothing is written */
	assert_int_equal(record(old_a, NULL), 0);
	assert_int_equal(store_fake.saves, 0);
	assert_nothing_to_do(BUILD);
}

/* Before the next run it is one finding, however often it is reported. */
static void
test_found_twice_before_the_next_run(void **state)
{
	(void)state;
	deploy_two();
	assert_int_equal(record(old_a, NULL), 1);
	assert_int_equal(record(old_a, NULL), 0);
	expect(BUILD, NULL, DEPLOY_DONE);
	assert_newest(3, "/a");
	assert_nothing_to_do(BUILD);
}

static void
test_each_value_once(void **state)
{
	static const struct finding more[] = {
		{"a", 0}, {"a", '1'}, {"a", '9'}, {NULL, 0}};

	(void)state;
	deploy_two();
	assert_int_equal(record(old_a, NULL), 1);
	expect(BUILD, NULL, DEPLOY_DONE);
	assert_int_equal(record(more, NULL), 2);
	expect(BUILD, NULL, DEPLOY_DONE);
	assert_newest(4, "/a");
	assert_int_equal(record(more, NULL), 0);
	assert_nothing_to_do(BUILD);
}

/* In one verification: by several URLs of a key, and of several keys. */
static void
test_findings_in_any_order(void **state)
{
	static const struct finding many[] = {
		{"b", '7'}, {"a", '1'}, {"b", '6'}, {"b", '7'}};
	struct finding found[FOUND_MAX + 1] = {{NULL, 0}};
	struct baseline stored;

	(void)state;
	memcpy(found, many, sizeof(many));
	deploy_two();
	assert_int_equal(record(found, NULL), 3);
	fake_load(&stored);
	assert_int_equal(stored.values.count, 3);
	assert_int_equal(value_sets_count_keys(&stored.values), 2);
	assert_int_equal(strlen(stored.again), 3 * (AGAIN_DIGITS + 1) - 1);
	assert_string_equal(stored.manifest.objects[0].key, "a");
	assert_int_equal(stored.manifest.objects[0].fingerprint[0], '2');
	baseline_release(&stored);
	expect(BUILD, NULL, DEPLOY_DONE);
	assert_newest(3, "/*"); /* all there is, in one item */
}

/* A removed key that caches still have, and one that was never known. */
static void
test_keys_that_the_build_lacks(void **state)
{
	static const struct finding found[] = {
		{"a", '1'}, {"zz", '5'}, {NULL, 0}};

	(void)state;
	deploy_well("a=1 b=1");
	pass_time();
	deploy_well("b=1");
	assert_int_equal(record(found, NULL), 2);
	expect("b=1", NULL, DEPLOY_DONE);
	assert_newest(3, "/a /zz");
	assert_nothing_to_do("b=1");
}

/* Then the edge has shown that it can drop it: it may be billed anew. */
static void
test_forgotten_if_fresh(void **state)
{
	static const char *const a[] = {"a", NULL}, *const b[] = {"b", NULL};
	static const struct finding other[] = {{"a", '9'}, {NULL, 0}};
	struct baseline stored;

	(void)state;
	deploy_two();
	assert_int_equal(record(old_a, NULL), 1);
	expect(BUILD, NULL, DEPLOY_DONE);
	assert_int_equal(record(NULL, b), 0);
	assert_int_equal(store_fake.saves, 0);
	/* one URL of the key is fresh, another one is stale */
	assert_int_equal(record(other, a), 1);
	assert_int_equal(record(old_a, a), 0);
	assert_int_equal(record(NULL, a), 0);
	assert_int_equal(store_fake.saves, 1);
	fake_load(&stored);
	assert_null(stored.again);
	baseline_release(&stored);
	assert_int_equal(record(old_a, NULL), 1);
}

/* Their baseline is loaded, and has both then. */
static void
test_another_run_was_faster(void **state)
{
	struct baseline stored;

	(void)state;
	deploy_two();
	store_fake.script = "zz";
	assert_int_equal(record(old_a, NULL), 1);
	assert_int_equal(store_fake.saves, 3);
	fake_load(&stored);
	assert_int_equal(stored.manifest.objects[0].fingerprint[0], '9');
	assert_int_equal(stored.values.count, 1);
	assert_int_equal(stored.values.list[0].object.fingerprint[0], '1');
	baseline_release(&stored);

	/* not for ever */
	store_fake.script = "zzzzzzzzz";
	assert_int_equal(
		record((const struct finding[]){{"b", '5'}, {NULL, 0}}, NULL),
		-1);
	assert_int_equal(store_fake.saves, MOUNT_SAVES_MAX);
	assert_int_equal(t.err.code, ERR_BUSY);
}

static void
test_what_fails(void **state)
{
	(void)state;
	assert_int_equal(record(old_a, NULL), -1); /* no baseline */
	assert_int_equal(t.err.code, ERR_INPUT);
	assert_non_null(strstr(t.err.message, "not there any more"));
	deploy_two();
	store_fake.script = "f";
	assert_int_equal(record(old_a, NULL), -1);
	assert_int_equal(t.err.code, ERR_SYSTEM);
	assert_nothing_to_do(BUILD);
	/* and next time nothing was lost by it */
	assert_int_equal(record(old_a, NULL), 1);
}

/* While a batch is pending, it stays so, with its bytes. */
static void
test_pending_batch_stays(void **state)
{
	struct baseline before, after;

	(void)state;
	reach(UNSENT);
	fake_load(&before);
	assert_int_equal(
		record((const struct finding[]){{"b", '5'}, {NULL, 0}}, NULL),
		1);
	fake_load(&after);
	assert_true(after.has_pending);
	assert_string_equal(after.pending.reference, before.pending.reference);
	assert_string_equal(
		buf_str(&after.pending.body), buf_str(&before.pending.body));
	baseline_release(&before);
	baseline_release(&after);
	expect(BUILD, NULL, DEPLOY_DONE);
	assert_nothing_to_do(BUILD);
}

/* What no entry has room for is not covered: nothing is billed for ever. */
static void
test_full_list(void **state)
{
	static struct cached_value values[AGAIN_MAX + 5];
	static char keys[AGAIN_MAX + 5][8];
	static const struct mount mount = {"E1", "/"};
	const struct stale_findings findings = {
		.stale = values, .stale_count = AGAIN_MAX + 5};
	size_t i, added;

	(void)state;
	deploy_two();
	for (i = 0; i < AGAIN_MAX + 5; i++) {
		snprintf(keys[i], sizeof(keys[i]), "k%zu", i);
		values[i] = value_of(&(struct finding){keys[i], '1'});
	}
	assert_int_equal(stale_record(&mount, &store_fake.store, &callbacks,
				 &findings, &added, &t.err),
		0);
	assert_int_equal(added, AGAIN_MAX);
	assert_int_equal(record(old_a, NULL), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FAKES(test_covered_once_more),
		WITH_FAKES(test_found_twice_before_the_next_run),
		WITH_FAKES(test_each_value_once),
		WITH_FAKES(test_findings_in_any_order),
		WITH_FAKES(test_keys_that_the_build_lacks),
		WITH_FAKES(test_forgotten_if_fresh),
		WITH_FAKES(test_another_run_was_faster),
		WITH_FAKES(test_what_fails),
		WITH_FAKES(test_pending_batch_stays),
		WITH_FAKES(test_full_list),
	};

	return cmocka_run_group_tests_name("stale", tests, NULL, NULL);
}
