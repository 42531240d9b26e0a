/* A client of one AWS service at one endpoint. */
#ifndef AWS_CLIENT_H
#define AWS_CLIENT_H

#include <stdbool.h>
#include <stdint.h>

#include "aws/credentials.h"
#include "aws/http.h"
#include "aws/service_error.h"
#include "aws/system.h"

/* The owner sets the members up to max_attempts, and everything is borrowed. */
struct aws_client {
	struct http *http;
	const struct aws_system *system;
	const struct credentials *credentials;

	/*
	 * Load *credentials, or load them again. Returns 0 if they are new, 1
	 * if they are the same as before, and -1 on failure. Called if none are
	 * loaded, if they are about to expire, and once per call if the service
	 * says that they have expired. If this is NULL, *credentials never
	 * change.
	 */
	int (*load)(void *context, struct err *err);
	void *load_context;

	const char *endpoint; /* scheme://host[:port][/path] */
	const char *service; /* to sign for: cloudfront, s3, sts */
	const char *region; /* to sign for: us-east-1 */
	int max_attempts; /* for each call, usually 3 */

	/* Seconds to add to this machine's clock, from a response's Date. */
	int64_t clock_offset;

	/* About the last call: */
	int attempts; /* 0: nothing was sent */
	/*
	 * Some attempt may have been applied (as RFC 9110, 9.2.2, calls it),
	 * although its response was lost, cut short, unreadable or a 5xx.
	 */
	bool maybe_applied;
	long status; /* of the last response; 0 if there was none */
	int64_t date; /* of the last response, from its Date; 0 if unknown */
	struct service_error error; /* its code is "" if none was received */
};

/*
 * The service's time, which is this machine's time after correction, in seconds
 * since 1970 UTC.
 */
int64_t aws_client_now(const struct aws_client *client);

/*
 * Correct the clock by the last response's Date. Returns false if it had none.
 */
bool aws_client_correct_clock(struct aws_client *client);

/*
 * Load the credentials unless they are already loaded. Calling this early
 * avoids a failure to find credentials when it is too late to start again.
 */
int aws_client_prepare(struct aws_client *client, struct err *err);

/* Could the credentials expire before a call with its retries is over? */
bool aws_client_expires_soon(const struct aws_client *client);

#endif
