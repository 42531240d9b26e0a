/* Retries: what is tried again, and how long it waits. */
#include "aws/retry.h"
#include "tests/unit/fixture.h"

static void
test_classes(void **state)
{
	static const struct {
		enum http_outcome outcome;
		long status;
		const char *code;
		enum retry_reason reason;
	} rows[] = {
		{HTTP_NOT_SENT, 0, "", RETRY_TRANSIENT},
		{HTTP_LOST, 201, "", RETRY_TRANSIENT},
		{HTTP_ANSWERED, 201, "", RETRY_NO},
		{HTTP_ANSWERED, 302, "302", RETRY_NO},
		{HTTP_ANSWERED, 400, "InvalidArgument", RETRY_NO},
		{HTTP_ANSWERED, 400, "Throttling", RETRY_THROTTLED},
		{HTTP_ANSWERED, 503, "SlowDown", RETRY_THROTTLED},
		{HTTP_ANSWERED, 400, "RequestTimeout", RETRY_TRANSIENT},
		{HTTP_ANSWERED, 400, "TooManyInvalidationsInProgress",
			RETRY_NO},
		{HTTP_ANSWERED, 403, "RequestTimeTooSkewed", RETRY_CLOCK},
		{HTTP_ANSWERED, 403, "AccessDenied", RETRY_NO},
		{HTTP_ANSWERED, 429, "429", RETRY_NO},
		{HTTP_ANSWERED, 500, "500", RETRY_TRANSIENT},
		{HTTP_ANSWERED, 501, "501", RETRY_NO},
		{HTTP_ANSWERED, 504, "504", RETRY_TRANSIENT},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		assert_int_equal(retry_classify(rows[i].outcome, rows[i].status,
					 rows[i].code),
			rows[i].reason);
}

static void
test_delays(void **state)
{
	struct retry r;

	(void)state;
	retry_init(&r, 3);
	assert_int_equal(retry_delay(&r, RETRY_TRANSIENT, 0.5, -1), 25);
	assert_int_equal(retry_delay(&r, RETRY_TRANSIENT, 0.5, -1), 50);
	assert_int_equal(retry_delay(&r, RETRY_TRANSIENT, 0.5, -1), -1);
	retry_init(&r, 40);
	assert_int_equal(retry_delay(&r, RETRY_THROTTLED, 0.5, 9999), 5500);
	assert_int_equal(retry_delay(&r, RETRY_THROTTLED, 0.5, 1200), 1200);
	assert_int_equal(retry_delay(&r, RETRY_THROTTLED, 0.5, 1), 2000);
	r.attempts = 30;
	assert_int_equal(retry_delay(&r, RETRY_TRANSIENT, 0.5, -1), 10000);
	retry_init(&r, 3);
	assert_int_equal(retry_delay(&r, RETRY_CLOCK, 0.9, -1), 0);
	assert_int_equal(retry_delay(&r, RETRY_CLOCK, 0.9, -1), -1);
}

static void
test_quota(void **state)
{
	struct retry r;
	int retries = 0;

	(void)state;
	retry_init(&r, 1000);
	while (retry_delay(&r, RETRY_TRANSIENT, 0, -1) >= 0)
		retries++;
	assert_int_equal(retries, 500 / 14);
	retry_succeeded(&r);
	assert_true(retry_delay(&r, RETRY_TRANSIENT, 0, -1) >= 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_classes),
		cmocka_unit_test(test_delays),
		cmocka_unit_test(test_quota),
	};

	return cmocka_run_group_tests_name("retry", tests, NULL, NULL);
}
