/*
 * Older and second copies of a baseline, and other baselines of the same
 * distribution: what a run finds out in CloudFront's history.
 */
#include "tests/unit/deploy_fixture.h"

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

/* ... even if nothing shows that, because nothing else was deployed since. */
static void
test_a_first_copy_before_anything_else(void **state)
{
	struct buf copy;

	(void)state;
	expect("a=1 b=1", "r", DEPLOY_FAILED);
	copy = copy_of_baseline();
	deploy_well("a=1 b=1");
	put_back(&copy);
	deploy_well("a=1 b=1");
	assert_newest(2, "/*");
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

/* Two baselines, each begun anew, take turns with the same builds. */
static void
test_two_baselines_of_one_mount(void **state)
{
	struct buf first, second;

	(void)state;
	deploy_well("a=1 b=1");
	first = copy_of_baseline();
	buf_clear(&store_fake.text);
	expect("a=1 b=1", NULL, DEPLOY_DONE);
	assert_newest(2, "/*");
	second = copy_of_baseline();
	put_back(&first);
	assert_nothing_to_do("a=1 b=1");
	first = copy_of_baseline();
	put_back(&second);
	expect("a=2 b=1", NULL, DEPLOY_DONE);
	assert_newest(3, "/a");
	second = copy_of_baseline();
	put_back(&first);
	expect("a=2 b=1", NULL, DEPLOY_DONE);
	assert_newest(4, "/a");
	first = copy_of_baseline();
	put_back(&second);
	assert_nothing_to_do("a=2 b=1");
	buf_release(&first);
}

/* What the second one deployed beside the first one's builds is found. */
static void
test_two_baselines_with_other_builds(void **state)
{
	struct buf first;

	(void)state;
	deploy_well("a=1 b=1");
	first = copy_of_baseline();
	buf_clear(&store_fake.text);
	expect("a=1 b=1", NULL, DEPLOY_DONE);
	expect("a=1 b=2", NULL, DEPLOY_DONE);
	put_back(&first);
	expect("a=1 b=1", NULL, DEPLOY_DONE);
	assert_newest(4, "/*");
	assert_nothing_to_do("a=1 b=1");
}

/* A batch of an old copy is sent, and the look after it is not taken. */
static void
send_without_a_look(const char *words, const char *reads)
{
	pass_time();
	script(NULL, reads, NULL);
	assert_int_equal(deploy(words, false), DEPLOY_DONE);
}

/* The next run looks at what that one should have looked at. */
static void
test_a_look_that_failed(void **state)
{
	struct buf copy;

	(void)state;
	deploy_well("a=1 b=1");
	copy = copy_of_baseline();
	expect("a=2 b=1", NULL, DEPLOY_DONE);
	put_back(&copy);
	send_without_a_look("a=1 b=3", "eeeee");
	assert_newest(3, "/b");
	expect("a=1 b=3", NULL, DEPLOY_DONE);
	assert_newest(4, "/*");
	assert_nothing_to_do("a=1 b=3");
}

static void
test_a_look_that_was_left_out(void **state)
{
	struct buf copy;

	(void)state;
	t.first_run = FIRST_RUN_NONE; /* there is no invalidation before it */
	deploy_well("a=1 b=1");
	copy = copy_of_baseline();
	expect("a=2 b=1", NULL, DEPLOY_DONE);
	put_back(&copy);
	t.no_history = true;
	send_without_a_look("a=1 b=3", NULL);
	assert_newest(2, "/b");
	t.no_history = false;
	expect("a=1 b=4", NULL, DEPLOY_DONE);
	assert_newest(4, "/*"); /* after /b */
	assert_nothing_to_do("a=1 b=4");
}

/* A baseline's own batches are none of another copy's. */
static void
test_looks_that_failed_again_and_again(void **state)
{
	(void)state;
	deploy_well("a=1 b=1");
	send_without_a_look("a=2 b=1", "eeeee");
	send_without_a_look("a=3 b=1", "eeeee");
	send_without_a_look("a=4 b=1", "eeeee");
	assert_nothing_to_do("a=4 b=1");
	expect("a=5 b=1", NULL, DEPLOY_DONE);
	assert_newest(5, "/a");
}

/* One look is enough: the list, since nothing else is new. */
static void
test_an_earlier_batch_and_nothing_to_do(void **state)
{
	(void)state;
	reach(UNSENT);
	cloudfront_fake.reads = 0;
	expect(BUILD, NULL, DEPLOY_DONE);
	assert_int_equal(cloudfront_fake.reads, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FAKES(test_an_older_copy_with_nothing_to_do),
		WITH_FAKES(test_an_older_copy_whose_reference_is_used),
		WITH_FAKES(test_a_second_copy),
		WITH_FAKES(test_an_older_copy_within_a_minute),
		WITH_FAKES(test_a_first_copy_within_a_minute),
		WITH_FAKES(test_a_first_copy_before_anything_else),
		WITH_FAKES(test_a_copy_that_was_a_step_ahead),
		WITH_FAKES(test_an_earlier_batch_before_many_others),
		WITH_FAKES(test_an_older_copy_of_an_assumed_baseline),
		WITH_FAKES(test_an_older_copy_that_lost_the_race),
		WITH_FAKES(test_a_fork_beside_a_pending_batch),
		WITH_FAKES(test_two_mounts),
		WITH_FAKES(test_two_baselines_of_one_mount),
		WITH_FAKES(test_two_baselines_with_other_builds),
		WITH_FAKES(test_a_look_that_failed),
		WITH_FAKES(test_a_look_that_was_left_out),
		WITH_FAKES(test_looks_that_failed_again_and_again),
		WITH_FAKES(test_an_earlier_batch_and_nothing_to_do),
	};

	return cmocka_run_group_tests_name("copies", tests, NULL, NULL);
}
