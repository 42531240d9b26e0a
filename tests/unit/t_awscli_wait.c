/* Waiters of the AWS CLI: how often they ask, and when they give up. */
#include "cmd/awscli/waiter.h"
#include "tests/unit/awscli_fixture.h"

/* In place of the real ones: nothing is sent, and nobody sleeps. */
static int calls, pauses, completed_at;

int
api_call_make(struct session *session, const struct operation *operation,
	const struct value *parameters, struct api_result *result,
	struct fault *f)
{
	(void)session, (void)operation, (void)parameters, (void)f;
	*result = (struct api_result){.output = NULL};
	result->error = (struct api_error){"NoSuchInvalidation", "gone", 4};
	if (++calls > 100)
		return 0;
	result->output =
		json(calls >= completed_at ? "{\"Invalidation\":{\"Status\":"
					     "\"Completed\"}}"
					   : "{\"Invalidation\":{\"Status\":"
					     "\"InProgress\"}}");
	return 0;
}

static int
fake_wait(void *context, long milliseconds)
{
	(void)context;
	assert_int_equal(milliseconds, 20000);
	pauses++;
	return 0;
}

static void
test_wait(void **state)
{
	struct session session = {.system = {.wait = fake_wait}};

	(void)state;
	completed_at = 3;
	assert_int_equal(
		waiter_wait(&session, &operation_waiters[0], NULL, &fault), 0);
	assert_int_equal(pauses, 2);
	calls = pauses = 0;
	completed_at = 50;
	assert_int_equal(
		waiter_wait(&session, &operation_waiters[0], NULL, &fault), -1);
	assert_int_equal(calls, 30);
	assert_int_equal(pauses, 29);
	assert_string_equal(buf_str(&fault.text),
		"Waiter InvalidationCompleted failed: Max attempts exceeded");
	calls = 100;
	assert_int_equal(
		waiter_wait(&session, &operation_waiters[0], NULL, &fault), -1);
	assert_string_equal(buf_str(&fault.text),
		"Waiter InvalidationCompleted failed: An error occurred "
		"(NoSuchInvalidation): gone");
	assert_int_equal(fault.status, AWSCLI_GENERAL_ERROR);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ARENA(test_wait),
	};

	return cmocka_run_group_tests_name("awscli_wait", tests, NULL, NULL);
}
