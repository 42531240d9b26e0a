/* HTTP responses as values, as botocore parses them. */
#ifndef CMD_AWSCLI_RESPONSE_H
#define CMD_AWSCLI_RESPONSE_H

#include "aws/http_response.h"
#include "cmd/awscli/fault.h"
#include "cmd/awscli/operations.h"
#include "cmd/awscli/value.h"

/* The service's error, in its own words; they live in an arena. */
struct api_error {
	const char *code, *message;
	size_t message_len;
};

/*
 * Set *out to the output of a successful call: a dict in the order of the
 * shape, without the members that the body lacks. An empty body is an empty
 * payload. Times are left as they are if `wire_times` is true, otherwise they
 * are written like Python's isoformat(). Fails with AWSCLI_GENERAL_ERROR if the
 * body is not XML, or has an element that its shape doesn't allow.
 */
int response_read(struct value **out, struct arena *arena,
	const struct operation *operation, const struct http_response *answer,
	bool wire_times, struct fault *fault);

/*
 * Read an error response. If the body is not XML, the code is the HTTP status
 * and the message its reason phrase. Fails only if memory runs out.
 */
int response_read_error(struct api_error *out, struct arena *arena, long status,
	const char *body, size_t len, struct fault *fault);

/*
 * Set AWSCLI_GENERAL_ERROR for a body that is not XML, with expat's reason and
 * position and the body itself. Returns -1.
 */
int response_not_xml(const char *body, size_t len, struct fault *fault);

#endif
