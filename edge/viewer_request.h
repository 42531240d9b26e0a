/* What a viewer asks for, and how: edge/viewer.h sends it. */
#ifndef EDGE_VIEWER_REQUEST_H
#define EDGE_VIEWER_REQUEST_H

#include "aws/http_request.h"
#include "edge/freshness.h"

enum {
	VIEWER_PARALLEL = 8, /* requests at a time */

	/* Seconds that a request and its answer may take. */
	VIEWER_SECONDS_MAX = 120,

	/* Of the base, and of a URL in it. */
	VIEWER_BASE_MAX = 4096,
};

/* All borrowed. */
struct viewer_options {
	/*
	 * What a URL is appended to: http:// or https://, a host, perhaps a
	 * port and a path; without a slash at the end.
	 */
	const char *base;

	/* HOST:PORT:ADDRESS, as CURLOPT_RESOLVE takes it */
	const char *const *resolve;
	size_t resolve_count;

	/* "Name: value"; they may be secret, and are sent to no other host */
	const char *const *headers;
	size_t header_count;

	/* whether to stop is asked several times a second */
	struct http_options http;
};

struct viewer_request {
	const char *url; /* as in the URL set */
	bool identity; /* ask for no encoding */
	bool raw; /* do not decode: the object itself may be compressed */
	uint64_t size_max; /* bytes of body after which it is ANSWER_LARGER */
	struct answer answer; /* filled in */
};

#endif
