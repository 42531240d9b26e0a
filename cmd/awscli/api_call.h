/* Calls of CloudFront's API, with botocore's messages about their failures. */
#ifndef CMD_AWSCLI_API_CALL_H
#define CMD_AWSCLI_API_CALL_H

#include "cmd/awscli/response.h"
#include "cmd/awscli/session.h"

/* The response of the service. */
struct api_result {
	struct value *output; /* NULL if the response is an error */
	struct api_error error;
	int retries;
	bool retries_spent; /* no further attempt was allowed */
};

/*
 * Validate the parameters, connect the session if necessary, and call the
 * operation. An error that the service answers with is a result, not a failure:
 * the caller passes it to api_call_fault unless it has another use for it.
 * Fails if there is no answer.
 */
int api_call_make(struct session *session, const struct operation *operation,
	const struct value *parameters, struct api_result *result,
	struct fault *fault);

/*
 * Make a fault of a result that has no output: AWSCLI_CLIENT_ERROR, "An error
 * occurred (Code) when calling the ... operation". Returns -1.
 */
int api_call_fault(const struct operation *operation,
	const struct api_result *result, struct fault *fault);

#endif
