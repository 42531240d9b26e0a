/*
 * Sequences of runs after each of which no cache may hold an old object:
 * batches left behind, builds that were put back, older and second copies of the
 * baseline.
 */
#include "tests/unit/deploy_fixture.h"

/* The newest invalidation is of these items, and it is number `count`. */
static void
assert_newest(size_t count, const char *items)
{
	const struct fake_invalidation *newest =
		&cloudfront_fake.made[cloudfront_fake.count - 1];
	char text[256] = "";
	size_t i, used = 0;

	assert_int_equal(cloudfront_fake.count, count);
	for (i = 0; i < newest->batch.item_count; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used,
			"%s%s", i ? " " : "", newest->batch.items[i]);
	assert_string_equal(text, items);
}

static void
pass_time(void)
{
	cloudfront_fake.now += HOUR;
}

/* Copies of the stored baseline, to be put back. */
static struct buf
copy_of_baseline(void)
{
	struct buf copy;

	buf_init(&copy, store_fake.text.max);
	buf_add(&copy, store_fake.text.data, store_fake.text.len);
	return copy;
}

/* Releases the copy. */
static void
put_back(struct buf *copy)
{
	buf_clear(&store_fake.text);
	buf_add(&store_fake.text, copy->data, copy->len);
	buf_release(copy);
}

static void
expect(const char *words, const char *posts, enum deploy_outcome outcome)
{
	pass_time();
	script(posts, NULL, NULL);
	if (deploy(words, false) != outcome)
		fail_msg("%s: %s", words ? words : "no build", t.err.message);
}

static void
assert_nothing_to_do(const char *words)
{
	size_t count = cloudfront_fake.count;

	pass_time();
	deploy_well(words);
	assert_int_equal(cloudfront_fake.count, count);
}

/* Caches were filled while an earlier batch could not be settled. */
static void
test_a_build_between_two_runs_of_another(void **state)
{
	(void)state;
	deploy_well("a=1 b=1");
	expect("a=2 b=1", "LLL", DEPLOY_PENDING);
	expect("a=3 b=1", "LLL", DEPLOY_PENDING);
	expect("a=2 b=1", NULL, DEPLOY_DONE);
	assert_newest(3, "/a");
	assert_nothing_to_do("a=2 b=1");
}

/* The build that was there during the failure counts, not the next one's. */
static void
test_a_build_whose_run_failed(void **state)
{
	static const char *const failures[] = {"r", "nnn"};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(failures); i++) {
		tear_down(NULL);
		set_up(NULL);
		deploy_well("a=1 b=1");
		expect("a=2 b=1", failures[i], DEPLOY_FAILED);
		expect("a=1 b=1", NULL, DEPLOY_DONE);
		assert_newest(2, "/a");
		assert_nothing_to_do("a=1 b=1");
	}
}

static void
test_a_build_without_a_plan(void **state)
{
	(void)state;
	deploy_well("a=1 b=1");
	t.limited = true;
	expect("a=2 b=2", NULL, DEPLOY_FAILED);
	t.limited = false;
	expect("a=1 b=1", NULL, DEPLOY_DONE);
	assert_int_equal(cloudfront_fake.count, 2);
	assert_nothing_to_do("a=1 b=1");
}

static void
test_a_build_whose_run_was_interrupted(void **state)
{
	(void)state;
	deploy_well("a=1 b=1");
	t.interrupted = true;
	expect("a=2 b=1", NULL, DEPLOY_FAILED);
	t.interrupted = false;
	expect("a=1 b=1", NULL, DEPLOY_DONE);
	assert_newest(2, "/a");
}

static void
test_a_build_that_lost_the_race(void **state)
{
	(void)state;
	deploy_well("a=1 b=1");
	script(NULL, NULL, "x");
	assert_int_equal(deploy("a=2 b=1", false), DEPLOY_FAILED);
	expect("a=1 b=1", NULL, DEPLOY_DONE);
	assert_newest(2, "/a");
}

/* What the guards refuse was not uploaded, unless it is announced. */
static void
test_a_build_that_is_not_the_site(void **state)
{
	(void)state;
	deploy_well("a=1 b=1");
	t.refuse = true;
	expect("a=2 b=1", NULL, DEPLOY_FAILED);
	t.refuse = false;
	assert_nothing_to_do("a=1 b=1");
}

/* The earlier batch is settled even so. */
static void
test_without_a_build_the_earlier_batch_is_settled(void **state)
{
	(void)state;
	reach(UNSENT);
	expect(NULL, NULL, DEPLOY_FAILED);
	assert_newest(2, "/a");
	assert_nothing_to_do(BUILD);
}

static void
test_a_refused_build_is_the_earlier_batch_settled(void **state)
{
	(void)state;
	reach(UNSENT);
	t.refuse = true;
	expect(OTHER_BUILD, NULL, DEPLOY_FAILED);
	t.refuse = false;
	assert_newest(2, "/a");
	assert_nothing_to_do(BUILD);
}

/* What was settled before says nothing about this build. */
static void
test_no_plan_after_the_earlier_batch(void **state)
{
	(void)state;
	reach(UNSENT);
	t.limited = true;
	expect("a=3 b=2", NULL, DEPLOY_FAILED);
	t.limited = false;
	assert_newest(2, "/a");
	expect("a=2 b=1", NULL, DEPLOY_DONE); /* the other may be in caches */
	assert_int_equal(cloudfront_fake.count, 3);
}

/* An old job runs again, with the baseline of its time. */
static void
test_an_older_copy_with_nothing_to_do(void **state)
{
	struct buf copy;

	(void)state;
	deploy_well("a=1 b=1");
	copy = copy_of_baseline();
	expect("a=2 b=1", NULL, DEPLOY_DONE);
	put_back(&copy);
	expect("a=1 b=1", NULL, DEPLOY_DONE);
	assert_newest(3, "/*");
	assert_nothing_to_do("a=1 b=1");
}

static void
test_an_older_copy_whose_reference_is_used(void **state)
{
	struct buf copy;

	(void)state;
	deploy_well("a=1 b=1");
	copy = copy_of_baseline();
	expect("a=2 b=1", NULL, DEPLOY_DONE);
	expect("a=2 b=2", NULL, DEPLOY_DONE);
	put_back(&copy);
	expect("a=2 b=1", NULL, DEPLOY_DONE);
	assert_newest(4, "/*");
	assert_nothing_to_do("a=2 b=1");
}

static void
test_a_second_copy(void **state)
{
	struct buf copy;

	(void)state;
	deploy_well("a=1 b=1");
	copy = copy_of_baseline();
	expect("a=2 b=1", NULL, DEPLOY_DONE);
	put_back(&copy);
	expect("a=1 b=3", NULL, DEPLOY_DONE);
	assert_newest(4, "/*"); /* after /b */
	assert_nothing_to_do("a=1 b=3");
}

/* Within the minute in which two of CloudFront's clocks may differ. */
static void
test_an_older_copy_within_a_minute(void **state)
{
	struct buf copy;

	(void)state;
	deploy_well("a=1 b=1");
	copy = copy_of_baseline();
	deploy_well("a=2 b=1");
	deploy_well("a=1 b=1");
	put_back(&copy);
	deploy_well("a=2 b=1");
	assert_newest(4, "/*");
	assert_nothing_to_do("a=2 b=1");
}

/* The first batch of all is replayed, too. */
static void
test_a_first_copy_within_a_minute(void **state)
{
	struct buf copy;

	(void)state;
	expect("a=1 b=1", "r", DEPLOY_FAILED);
	copy = copy_of_baseline();
	deploy_well("a=1 b=1");
	deploy_well("a=2 b=1");
	put_back(&copy);
	deploy_well("a=1 b=1");
	assert_newest(3, "/*");
	assert_nothing_to_do("a=1 b=1");
}

/* The other copy has used the reference that comes next. */
static void
test_a_copy_that_was_a_step_ahead(void **state)
{
	struct buf copy;

	(void)state;
	deploy_well("index.html=2");
	copy = copy_of_baseline();
	script("r", NULL, NULL);
	assert_int_equal(deploy("index.html=1", false), DEPLOY_FAILED);
	deploy_well("index.html=2");
	deploy_well("index.html=1");
	assert_newest(3, "/*");
	put_back(&copy);
	deploy_well("index.html=2");
	assert_newest(4, "/*");
	assert_nothing_to_do("index.html=2");
}

/* There are more newer invalidations than CloudFront lists: a note, no end. */
static void
test_an_earlier_batch_before_many_others(void **state)
{
	static const char batch[] =
		"<InvalidationBatch><Paths><Quantity>1</Quantity><Items>"
		"<Path>/z</Path></Items></Paths><CallerReference>cli"
		"</CallerReference></InvalidationBatch>";
	int i;

	(void)state;
	reach(SENT);
	cloudfront_fake.truncated = true;
	for (i = 0; i < 3; i++)
		fake_make(batch, strlen(batch));
	expect(BUILD, NULL, DEPLOY_DONE);
	assert_non_null(strstr(t.log.data, "newer invalidations"));
	assert_nothing_to_do(BUILD);
}

/* Without a batch of its own, an older copy has its tag all the same. */
static void
test_an_older_copy_of_an_assumed_baseline(void **state)
{
	struct buf copy, same;

	(void)state;
	t.first_run = FIRST_RUN_NONE;
	deploy_well("a=1 b=1");
	copy = copy_of_baseline();
	same = copy_of_baseline();
	expect("a=2 b=1", NULL, DEPLOY_DONE);
	put_back(&copy);
	expect("a=1 b=1", NULL, DEPLOY_DONE);
	assert_newest(2, "/*");
	assert_nothing_to_do("a=1 b=1");
	put_back(&same);
	expect("a=1 b=3", NULL, DEPLOY_DONE);
	assert_newest(4, "/*"); /* after /b */
	assert_nothing_to_do("a=1 b=3");
}

/* Nothing was to be done, but the baseline could not say what is known. */
static void
test_an_older_copy_that_lost_the_race(void **state)
{
	struct baseline stored;
	struct buf copy;

	(void)state;
	deploy_well("a=1 b=1");
	copy = copy_of_baseline();
	expect("a=2 b=1", NULL, DEPLOY_DONE);
	put_back(&copy);
	pass_time();
	script(NULL, NULL, "z");
	assert_int_equal(deploy("a=1 b=1", false), DEPLOY_FAILED);
	fake_load(&stored);
	assert_int_equal(stored.values.count, 1);
	baseline_release(&stored);
}

/* Another run has a batch pending, which must be sent before the next one. */
static void
test_a_fork_beside_a_pending_batch(void **state)
{
	struct baseline stored;
	size_t count;

	(void)state;
	reach(TAKEN);
	count = cloudfront_fake.count;
	script(NULL, NULL, "sp");
	assert_int_equal(deploy(BUILD, false), DEPLOY_FAILED);
	assert_int_equal(cloudfront_fake.count, count);
	fake_load(&stored);
	assert_true(stored.has_pending);
	assert_string_equal(stored.pending.reference, "theirs");
	baseline_release(&stored);
}

/* Only the first run of all may assume that the edge is current. */
static void
test_first_run_none_after_a_refusal(void **state)
{
	(void)state;
	expect("a=1 b=1", "r", DEPLOY_FAILED);
	t.first_run = FIRST_RUN_NONE;
	expect("a=1 b=1", NULL, DEPLOY_DONE);
	assert_newest(1, "/*");
}

/* Another baseline's batch is no sign of a fork, unless it covers the mount. */
static void
test_two_mounts(void **state)
{
	struct buf www, docs;

	(void)state;
	t.prefix = "/docs/";
	deploy_well("c=1");
	docs = copy_of_baseline();
	buf_clear(&store_fake.text);
	t.prefix = "/";
	expect("a=1 b=1", NULL, DEPLOY_DONE);
	script(NULL, NULL, "sf");
	assert_int_equal(deploy("a=2 b=1", false), DEPLOY_PENDING);
	www = copy_of_baseline();
	put_back(&docs);
	t.prefix = "/docs/";
	expect("c=2", NULL, DEPLOY_DONE);
	assert_newest(5, "/docs/*"); /* since www's first covered it, too */
	assert_nothing_to_do("c=2");
	put_back(&www);
	t.prefix = "/";
	expect("a=2 b=1", NULL, DEPLOY_DONE);
	assert_newest(5, "/docs/*");
	assert_nothing_to_do("a=2 b=1");
}

/* One baseline is for one mount. */
static void
test_another_mount(void **state)
{
	(void)state;
	deploy_well("a=1 b=1");
	t.prefix = "/docs/";
	expect("c=1", NULL, DEPLOY_FAILED);
	assert_non_null(strstr(t.err.message, "give each prefix"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FAKES(test_a_build_between_two_runs_of_another),
		WITH_FAKES(test_a_build_whose_run_failed),
		WITH_FAKES(test_a_build_without_a_plan),
		WITH_FAKES(test_a_build_whose_run_was_interrupted),
		WITH_FAKES(test_a_build_that_lost_the_race),
		WITH_FAKES(test_a_build_that_is_not_the_site),
		WITH_FAKES(test_without_a_build_the_earlier_batch_is_settled),
		WITH_FAKES(test_a_refused_build_is_the_earlier_batch_settled),
		WITH_FAKES(test_no_plan_after_the_earlier_batch),
		WITH_FAKES(test_an_older_copy_with_nothing_to_do),
		WITH_FAKES(test_an_older_copy_whose_reference_is_used),
		WITH_FAKES(test_a_second_copy),
		WITH_FAKES(test_an_older_copy_within_a_minute),
		WITH_FAKES(test_a_first_copy_within_a_minute),
		WITH_FAKES(test_a_copy_that_was_a_step_ahead),
		WITH_FAKES(test_an_earlier_batch_before_many_others),
		WITH_FAKES(test_an_older_copy_of_an_assumed_baseline),
		WITH_FAKES(test_an_older_copy_that_lost_the_race),
		WITH_FAKES(test_a_fork_beside_a_pending_batch),
		WITH_FAKES(test_first_run_none_after_a_refusal),
		WITH_FAKES(test_two_mounts),
		WITH_FAKES(test_another_mount),
	};

	return cmocka_run_group_tests_name("promise", tests, NULL, NULL);
}
