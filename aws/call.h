/*
 * One call of an AWS API: what to send, and what to do with the response.
 * aws_send() makes the call.
 */
#ifndef AWS_CALL_H
#define AWS_CALL_H

#include <stdbool.h>
#include <stddef.h>

#include "aws/call_policy.h"
#include "base/buf.h"

struct aws_client;
struct http_response;
struct service_error;

struct aws_call {
	const char *operation; /* the name in the API and in IAM actions */
	const char *service_name; /* for messages: CloudFront, S3 */
	const char *resource; /* for messages: what the call acts on */
	const struct call_policy *policy; /* call_policy_read by default */

	const char *method; /* GET by default */
	struct buf path; /* percent-encoded; appended to the endpoint's path */
	struct buf query; /* percent-encoded, without the ? */
	const char *const *headers; /* signed "Name: value" lines to add */
	size_t header_count; /* at most AWS_CALL_HEADERS_MAX */
	const void *body;
	size_t body_len;
	size_t response_max; /* bytes; 0 for HTTP_RESPONSE_MAX */
	long time_max; /* seconds for one attempt; 0 for the client's */

	/*
	 * Read a successful response into `into`. Returns 0, or -1 if it is not
	 * what was expected. May take over the response's body.
	 */
	int (*read)(
		void *into, struct http_response *response, struct err *err);
	void *into;

	/*
	 * Called after each attempt that did not succeed, with as much of the
	 * response as arrived. May be NULL.
	 */
	void (*failed)(void *into, const struct http_response *response);

	/*
	 * Does this refusal reveal what became of an earlier attempt? If so,
	 * the call fails with ERR_SERVICE even if that attempt may have been
	 * applied. NULL means never.
	 */
	bool (*is_about_earlier_attempt)(
		const struct service_error *error, long status);

	/*
	 * Append to `out` what the user can do about client->error, starting
	 * with ": ". Returns false if there is no advice specific to this
	 * service. NULL means never.
	 */
	bool (*advise)(struct buf *out, const struct aws_call *call,
		const struct aws_client *client);
};

enum {
	AWS_CALL_HEADERS_MAX = 4,
};

/* Prepare a GET with call_policy_read; the caller sets everything else. */
void aws_call_init(struct aws_call *call, const char *operation);
void aws_call_release(struct aws_call *call);

#endif
