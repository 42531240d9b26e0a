/*
 * Sequences of runs after each of which no cache may hold an old object:
 * batches left behind, and builds that were put back.
 */
#include "tests/unit/deploy_fixture.h"

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
		WITH_FAKES(test_first_run_none_after_a_refusal),
		WITH_FAKES(test_another_mount),
	};

	return cmocka_run_group_tests_name("promise", tests, NULL, NULL);
}
