/* wait: asks again and again until an invalidation is completed. */
#ifndef CMD_AWSCLI_WAIT_H
#define CMD_AWSCLI_WAIT_H

#include "cmd/awscli/session.h"

enum {
	WAIT_PAUSE = 20, /* seconds; both as the service's waiter has them */
	WAIT_POLLS = 30,
};

/* What the waiter makes of a reply. */
enum wait_verdict { WAIT_AGAIN, WAIT_DONE, WAIT_FAILED };

/*
 * The n-th reply (from 1). WAIT_FAILED sets the fault: a refusal, or polls
 * that are used up.
 */
enum wait_verdict wait_judge(const struct operation *operation,
	const struct reply *reply, int n, struct fault *fault);

/* Nothing is printed. The pauses are the host's. */
int wait_until(struct session *session, const struct operation *operation,
	const struct value *parameters, struct fault *fault);

#endif
