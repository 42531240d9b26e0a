/* Decides whether a request is tried again, and after how long. */
#include "aws/retry.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum {
	TOKENS_MAX = 500,
	TOKENS_TRANSIENT = 14,
	TOKENS_THROTTLED = 5,
	BASE_TRANSIENT = 50, /* ms */
	BASE_THROTTLED = 1000, /* ms */
	DELAY_MS_MAX = 20 * 1000,
	AFTER_EXTRA = 5 * 1000, /* how far the server may extend a delay */
};

static const char *const transient_codes[] = {"RequestTimeout",
	"RequestTimeoutException", "PriorRequestNotComplete",
	"IDPCommunicationError"}; /* STS: the identity provider failed */

static const char *const throttling_codes[] = {"Throttling",
	"ThrottlingException", "ThrottledException",
	"RequestThrottledException", "RequestThrottled",
	"TooManyRequestsException", "ProvisionedThroughputExceededException",
	"TransactionInProgressException", "RequestLimitExceeded",
	"BandwidthLimitExceeded", "LimitExceededException", "SlowDown",
	"EC2ThrottledException"};

#define IS_ONE_OF(code, list) \
	is_one_of(code, list, sizeof(list) / sizeof((list)[0]))

static bool
is_one_of(const char *code, const char *const *list, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strcmp(code, list[i]) == 0)
			return true;
	return false;
}

void
retry_init(struct retry *retry, int max_attempts)
{
	*retry = (struct retry){
		.max_attempts = max_attempts, .tokens = TOKENS_MAX};
}

enum retry_reason
retry_classify(enum http_outcome outcome, long status, const char *code)
{
	if (outcome != HTTP_ANSWERED)
		return RETRY_TRANSIENT;
	if (status < 400)
		return RETRY_NO;
	if (strcmp(code, "RequestTimeTooSkewed") == 0)
		return RETRY_CLOCK;
	if (IS_ONE_OF(code, throttling_codes))
		return RETRY_THROTTLED;
	if (IS_ONE_OF(code, transient_codes) || status == 500 ||
		status == 502 || status == 503 || status == 504)
		return RETRY_TRANSIENT;
	return RETRY_NO;
}

/* base x 2^doublings, at most 20 s. */
static long
max_delay(long base, int doublings)
{
	while (doublings-- > 0 && base < DELAY_MS_MAX)
		base *= 2;
	return base < DELAY_MS_MAX ? base : DELAY_MS_MAX;
}

long
retry_delay(struct retry *retry, enum retry_reason reason, double random,
	long after)
{
	bool throttled = reason == RETRY_THROTTLED;
	int cost = throttled ? TOKENS_THROTTLED : TOKENS_TRANSIENT;
	long base = throttled ? BASE_THROTTLED : BASE_TRANSIENT;
	long delay;

	retry->attempts++;
	if (reason == RETRY_NO || retry->attempts >= retry->max_attempts)
		return -1;
	if (reason == RETRY_CLOCK) {
		if (retry->clock_corrected)
			return -1;
		retry->clock_corrected = true;
		return 0;
	}
	if (retry->tokens < cost)
		return -1;
	retry->tokens -= cost;
	retry->spent = cost;
	delay = (long)(random * (double)max_delay(base, retry->attempts - 1));
	if (after > delay + AFTER_EXTRA)
		return delay + AFTER_EXTRA;
	return after > delay ? after : delay;
}

void
retry_succeeded(struct retry *retry)
{
	retry->tokens += retry->spent;
	if (retry->tokens > TOKENS_MAX)
		retry->tokens = TOKENS_MAX;
	retry->spent = 0;
}

long
retry_read_after(const struct http_response *response)
{
	char text[16], *end;
	long after;

	if (!http_response_header(
		    response, "x-amz-retry-after", text, sizeof(text)))
		return -1;
	after = strtol(text, &end, 10);
	return end == text || *end || after < 0 ? -1 : after;
}
