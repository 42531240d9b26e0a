/* wait: asks until an invalidation is completed, as botocore's waiter does. */
#ifndef CMD_AWSCLI_WAITER_H
#define CMD_AWSCLI_WAITER_H

#include "cmd/awscli/api_call.h"

/* As in the service's waiters-2.json. */
enum {
	WAITER_DELAY = 20, /* seconds between two attempts */
	WAITER_ATTEMPTS_MAX = 30,
};

enum waiter_state { WAITER_RETRY, WAITER_SUCCESS, WAITER_FAILURE };

/*
 * The state after the n-th result, counted from 1. WAITER_FAILURE sets the
 * fault: the service answered with an error, or all attempts are used up.
 */
enum waiter_state waiter_classify(const struct operation *operation,
	const struct api_result *result, int n, struct fault *fault);

/* Wait, and print nothing. The session's system does the pauses. */
int waiter_wait(struct session *session, const struct operation *operation,
	const struct value *parameters, struct fault *fault);

#endif
