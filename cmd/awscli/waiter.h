/* wait: asks until an invalidation is completed, as botocore's waiter does. */
#ifndef CMD_AWSCLI_WAITER_H
#define CMD_AWSCLI_WAITER_H

#include "cmd/awscli/api_call.h"

/* The numbers in the service's waiters-2.json. */
enum {
	WAITER_DELAY = 20, /* seconds between two attempts */
	WAITER_ATTEMPTS_MAX = 30,
};

/* Wait, and print nothing. The session's system waits between attempts. */
int waiter_wait(struct session *session, const struct operation *operation,
	const struct value *parameters, struct fault *fault);

#endif
