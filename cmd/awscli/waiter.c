/* Polls an invalidation. */
#include "cmd/awscli/waiter.h"

#include <assert.h>
#include <string.h>

enum waiter_state { WAITER_RETRY, WAITER_SUCCESS, WAITER_FAILURE };

/*
 * The state after the n-th result, counted from 1. WAITER_FAILURE sets the
 * fault: the service answered with an error, or all attempts are used up.
 */
static enum waiter_state
classify(const struct operation *operation, const struct api_result *result,
	int n, struct fault *fault)
{
	const struct api_error *error = &result->error;
	const struct value *invalidation, *status;

	if (!result->output) {
		fault_set(fault, AWSCLI_GENERAL_ERROR,
			"Waiter %s failed: An error occurred (%s): ",
			operation->waiter, error->code);
		buf_add(&fault->text, error->message, error->message_len);
		return WAITER_FAILURE;
	}
	invalidation = value_get(result->output, operation->payload);
	status = invalidation ? value_get(invalidation, "Status") : NULL;
	if (status && strcmp(status->text, "Completed") == 0)
		return WAITER_SUCCESS;
	if (n < WAITER_ATTEMPTS_MAX)
		return WAITER_RETRY;
	fault_set(fault, AWSCLI_GENERAL_ERROR,
		"Waiter %s failed: Max attempts exceeded", operation->waiter);
	return WAITER_FAILURE;
}

int
waiter_wait(struct session *session, const struct operation *operation,
	const struct value *parameters, struct fault *fault)
{
	const struct aws_system *system = &session->system;
	enum waiter_state verdict;
	struct api_result result;
	int n = 1;

	assert(operation->waiter);
	for (;; n++) {
		if (api_call_make(session, operation, parameters, &result,
			    fault) != 0)
			return -1;
		verdict = classify(operation, &result, n, fault);
		if (verdict != WAITER_RETRY)
			return verdict == WAITER_SUCCESS ? 0 : -1;
		if (system->wait(system->context, WAITER_DELAY * 1000L) != 0)
			return fault_set(
				fault, AWSCLI_INTERRUPTED, "interrupted");
	}
}
