/* Waits. */
#include "cmd/awscli/wait.h"

#include <string.h>

enum wait_verdict
wait_judge(const struct operation *operation, const struct reply *reply, int n,
	struct fault *fault)
{
	const struct refusal *refusal = &reply->refusal;
	const struct value *one, *status;

	if (!reply->output) {
		fault_set(fault, AWS_FAILED,
			"Waiter %s failed: An error occurred (%s): ",
			operation->waiter, refusal->code);
		buf_add(&fault->text, refusal->message, refusal->message_len);
		return WAIT_FAILED;
	}
	one = value_get(reply->output, operation->payload);
	status = one ? value_get(one, "Status") : NULL;
	if (status && strcmp(status->text, "Completed") == 0)
		return WAIT_DONE;
	if (n < WAIT_POLLS)
		return WAIT_AGAIN;
	fault_set(fault, AWS_FAILED, "Waiter %s failed: Max attempts exceeded",
		operation->waiter);
	return WAIT_FAILED;
}

int
wait_until(struct session *session, const struct operation *operation,
	const struct value *parameters, struct fault *fault)
{
	const struct aws_system *system = &session->system;
	enum wait_verdict verdict;
	struct reply reply;
	int n = 1;

	for (;; n++) {
		if (session_call(
			    session, operation, parameters, &reply, fault) != 0)
			return -1;
		verdict = wait_judge(operation, &reply, n, fault);
		if (verdict != WAIT_AGAIN)
			return verdict == WAIT_DONE ? 0 : -1;
		if (system->wait(system->context, WAIT_PAUSE * 1000L) != 0)
			return fault_set(fault, AWS_INTERRUPTED, "interrupted");
	}
}
