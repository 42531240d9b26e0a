/*
 * Retries, by the rules of the AWS SDKs' "standard" mode: whether a request
 * may be tried again, and after how long. Pure: randomness is a parameter.
 *
 * 3 tries; delay = random(0,1) x min(20 s, base x 2^i), base 50 ms for
 * transient errors and 1 s for throttling; a quota of 500 tokens, 14 for a
 * transient retry, 5 for a throttling one, given back on success.
 */
#ifndef AWS_RETRY_H
#define AWS_RETRY_H

#include "aws/http.h"

enum retry_reason {
	RETRY_NO, /* final */
	RETRY_TRANSIENT, /* 500, 502, 503, 504, a lost connection */
	RETRY_THROTTLED, /* AWS asks for a slower pace */
	RETRY_CLOCK, /* our clock is off: once, with the server's Date */
};

struct retry {
	int max_attempts; /* 3 */
	int tries; /* made so far */
	int tokens; /* left, of 500 */
	int spent; /* tokens of the last retry, given back on success */
	bool clock_corrected;
};

void retry_init(struct retry *retry, int max_attempts);

/* May an answer with this status and error code ("" for none) be retried? */
enum retry_reason retry_classify(
	enum http_outcome outcome, long status, const char *code);

/*
 * To be called once after each failed try, which it counts.
 * Milliseconds to wait before the next try, or -1 where there is none left.
 * `random` is uniform in [0,1); `after` is x-amz-retry-after in milliseconds,
 * or -1: it is clamped to [delay, delay + 5 s].
 */
long retry_delay(struct retry *retry, enum retry_reason reason, double random,
	long after);

void retry_succeeded(struct retry *retry);

#endif
