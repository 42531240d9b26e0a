/*
 * Sends several HTTP requests at the same time, each over a connection of its
 * own, which the next one reuses (libcurl's multi interface). They must be
 * repeatable (aws/http_request.h). Like aws/http.h, it never retries.
 */
#ifndef AWS_HTTP_MANY_H
#define AWS_HTTP_MANY_H

#include "aws/http.h"

enum {
	/* Connections of one run: more would be throttled sooner than served. */
	HTTP_MANY_MAX = 64,
};

struct http_many;

/*
 * `width` requests at a time, 1 to HTTP_MANY_MAX, each in a slot from 0 on, with
 * the options of `http`, which must outlive it.
 */
int http_many_open(struct http_many **many, const struct http *http,
	size_t width, struct err *err);
void http_many_close(struct http_many *many); /* NULL is allowed */

/*
 * Begin a request in an idle slot. The request may be gone afterwards, but for
 * its body; the response must stay until http_many_next has named the slot.
 * Errors are those of http_send.
 */
int http_many_start(struct http_many *many, size_t slot,
	const struct http_request *request, struct http_response *response,
	struct err *err);

/*
 * Wait until a response is complete or its request has failed, at most so many
 * milliseconds: *slot, which is idle again, or SIZE_MAX. Fails with the errors of
 * http_send.
 */
int http_many_next(struct http_many *many, long milliseconds, size_t *slot,
	struct err *err);

#endif
