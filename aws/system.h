/*
 * What calls need from the program around them. Time, randomness and waiting
 * are passed in, so that tests do not sleep.
 */
#ifndef AWS_SYSTEM_H
#define AWS_SYSTEM_H

#include <stdint.h>

struct http_request;
struct http_response;

struct aws_system {
	int64_t (*now)(void *context); /* seconds since 1970 UTC */
	double (*random)(void *context); /* uniform in [0,1) */
	int (*wait)(void *context, long milliseconds); /* -1: interrupted */
	void (*log)(void *context, const char *line); /* for the user */
	int64_t (*elapsed)(void *context); /* ms, monotonic, any origin */

	/*
	 * Called after each attempt. The request's headers include secrets. May
	 * be NULL.
	 */
	void (*trace)(void *context, const struct http_request *request,
		const struct http_response *response);
	void *context; /* passed to all of the above */
};

#endif
