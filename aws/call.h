/*
 * One call of an AWS service's API: signed, sent, and tried again with the
 * same bytes until its fate is known. What is particular to a service stands
 * above this, in a file of its own.
 *
 * Clock, randomness and waiting come from the host, so no test sleeps.
 */
#ifndef AWS_CALL_H
#define AWS_CALL_H

#include <stdint.h>

#include "aws/credentials.h"
#include "aws/http.h"
#include "aws/xml.h"

/* What the calls need from the program around them. */
struct aws_system {
	int64_t (*now)(void *context); /* seconds since 1970 UTC */
	double (*random)(void *context); /* uniform in [0,1) */
	int (*wait)(void *context, long milliseconds); /* -1: interrupted */
	void (*log)(void *context, const char *line); /* to the user */
	int64_t (*elapsed)(void *context); /* ms since whenever, monotonic */

	/* Each try, with the secrets in its headers; NULL for nobody. */
	void (*trace)(void *context, const struct http_request *request,
		const struct http_answer *answer);
	void *context;
};

enum {
	EXPIRY_MARGIN = 5 * 60, /* seconds; a call with its retries is over */
};

/* A service at an endpoint, and how the last call to it went. */
struct aws_client {
	struct http *http;
	const struct aws_system *system;
	const struct credentials *credentials;

	/*
	 * Load *credentials, again where they are there: 0 with new ones, 1
	 * where they are the same as before, -1. NULL: they are what they are.
	 * A call asks for it where there are none, where they expire within
	 * EXPIRY_MARGIN, and once where the service says that they have.
	 */
	int (*load)(void *context, struct err *err);
	void *load_context;

	const char *endpoint; /* scheme://host[:port][/path] */
	const char *service; /* to sign for: cloudfront, s3 */
	const char *region; /* to sign for: us-east-1 */
	int max_attempts; /* 3 */
	int64_t clock_offset; /* seconds to add to now; set from a Date header */

	/*
	 * Of the last call: the tries made; whether one of them may have been
	 * carried out though its answer was lost, cut, unreadable or a 5xx;
	 * the last answer's status (0 for none), when the server made it (0
	 * where it does not say) and, where it was an error, which.
	 */
	int tries;
	bool doubtful;
	long status;
	int64_t date;
	struct service_error error;
};

struct aws_call {
	const char *operation; /* as the API and its IAM action are named */
	const char *service_name; /* for messages: CloudFront, S3 */
	const char *resource; /* for messages: what the call is about */
	const char *method;
	struct buf path; /* behind the endpoint's own, percent-encoded */
	struct buf query; /* percent-encoded, without ? */
	const char *const *headers; /* further "Name: value", to be signed */
	size_t header_count;
	const void *body;
	size_t body_len;
	size_t answer_max; /* bytes; 0 for ANSWER_MAX */
	long time_max; /* seconds for one try; 0 for REQUEST_SECONDS_MAX */

	bool is_unsigned; /* it needs no credentials */
	bool is_secret; /* the answer is wiped */

	/* Does it change anything, so that a lost answer leaves that open? */
	bool changes;

	/*
	 * Read a 200 or 201 into `into`: -1 where it is not the answer it
	 * should be. It may take the answer's body.
	 */
	int (*read)(void *into, struct http_answer *answer, struct err *err);
	void *into;

	/*
	 * As the AWS SDKs have it: say nothing of tries to come, take every
	 * answer below 301 for a success, and do not try again because `read`
	 * cannot use one. `failed` sees the answer, or what there is of it, of
	 * each try that was no success, in the end of the last one.
	 */
	bool as_sdk;
	void (*failed)(void *into, const struct http_answer *answer);

	/*
	 * Is this refusal information about an earlier try, so that it is
	 * ERR_SERVICE even where that try was doubtful? NULL for never.
	 */
	bool (*informs)(const struct service_error *error, long status);

	/*
	 * Append what the user can do about client->error of this service,
	 * ": " first; return false where nothing particular is known. NULL:
	 * never.
	 */
	bool (*advise)(struct buf *out, const struct aws_call *call,
		const struct aws_client *client);
};

void aws_call_init(struct aws_call *call, const char *operation);
void aws_call_release(struct aws_call *call);

/*
 * Returns 0 where `read` took the answer, otherwise -1 and
 *   ERR_SERVICE    the service refused it (client->error has the code), or,
 *                  where the call changes nothing, gave no usable answer
 *   ERR_NETWORK    no try reached the service; where the call changes
 *                  nothing: no whole answer came
 *   ERR_AMBIGUOUS  the call changes something and a try was doubtful: a later
 *                  refusal keeps this code, unless it informs
 * A try that was interrupted is the last one.
 */
int aws_call(struct aws_client *client, struct aws_call *call, struct err *err);

/*
 * Load the credentials if there are none yet, so that a call does not fail for
 * want of them when it is too late to begin anew.
 */
int aws_client_prepare(struct aws_client *client, struct err *err);

/* Percent-encode all but RFC 3986's unreserved bytes and those in `safe`. */
void aws_add_encoded(struct buf *out, const char *text, const char *safe);

#endif
