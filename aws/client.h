/* A client of one AWS service at one endpoint. */
#ifndef AWS_CLIENT_H
#define AWS_CLIENT_H

#include <stdbool.h>
#include <stdint.h>

#include "aws/credentials.h"
#include "aws/http.h"
#include "aws/service_error.h"
#include "aws/system.h"

/* The owner sets the members up to time_max, and everything is borrowed. */
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

	/*
	 * Are there credentials that need neither a process nor a request? If
	 * none are loaded, or they are about to expire, load such ones. NULL:
	 * those that there are never change, so they are.
	 */
	bool (*load_at_hand)(void *context);
	void *load_context; /* passed to both */

	const char *endpoint; /* scheme://host[:port][/path] */
	const char *service; /* to sign for: cloudfront, s3, sts */
	const char *region; /* to sign for: us-east-1 */
	int max_attempts; /* for each call, usually 3 */

	/* Seconds for an attempt of a call that has no limit of its own. */
	long time_max; /* 0 for HTTP_SECONDS_MAX */

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

/*
 * For a look that is not worth a delay. Returns false if credentials would take
 * a process or a request. Otherwise each further call of this client, which may
 * be a copy of another, makes a single attempt of at most so many seconds, and
 * loads no credentials.
 */
bool aws_client_hurry(struct aws_client *client, long seconds);

/* Could the credentials expire before a call with its retries is over? */
bool aws_client_expires_soon(const struct aws_client *client);

#endif
