/*
 * Retries by the rules of the AWS SDKs' "standard" mode: may a request be
 * tried again, and after how long? Pure functions: randomness is a parameter.
 *
 * By default, a call has 3 attempts. The delay is random(0,1) x min(20 s, base
 * x 2^i), with a base of 50 ms for transient errors and 1 s for throttling. A
 * transient retry takes 14 tokens from a quota of 500, and a throttling one
 * takes 5; a success returns what the last retry took.
 */
#ifndef AWS_RETRY_H
#define AWS_RETRY_H

#include <stdbool.h>

#include "aws/http_response.h"

enum retry_reason {
	RETRY_NO, /* another attempt would not help */
	RETRY_TRANSIENT, /* 500, 502, 503, 504, a lost connection */
	RETRY_THROTTLED, /* AWS asks for a slower pace */
	RETRY_CLOCK, /* our clock is wrong: retry once, with the server's Date */
};

struct retry {
	int max_attempts; /* usually 3 */
	int attempts; /* made so far */
	int tokens; /* left, of 500 */
	int spent; /* tokens that the last retry cost */
	bool clock_corrected;
};

void retry_init(struct retry *retry, int max_attempts);

/*
 * Why a request with this outcome, status and error code ("" for none) may be
 * tried again.
 */
enum retry_reason retry_classify(
	enum http_outcome outcome, long status, const char *code);

/*
 * Call this once after each failed attempt, because it counts them. Returns the
 * milliseconds to wait before the next one, or -1 if no attempt is left.
 *
 * `random` is uniform in [0,1). `after` is x-amz-retry-after in milliseconds,
 * or -1; it is clamped to [delay, delay + 5 s].
 */
long retry_delay(struct retry *retry, enum retry_reason reason, double random,
	long after);

/*
 * x-amz-retry-after of a response: the delay that the service asks for, in
 * milliseconds; -1 if it asks for none.
 */
long retry_read_after(const struct http_response *response);

/* Call this after a success. */
void retry_succeeded(struct retry *retry);

#endif
