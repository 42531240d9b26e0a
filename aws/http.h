/*
 * Sends one HTTP request through libcurl, with TLS 1.2 or newer and verified
 * certificates, without redirects, and within limits on time and size. It never
 * retries; aws/send.c decides about that.
 */
#ifndef AWS_HTTP_H
#define AWS_HTTP_H

#include "aws/http_request.h"
#include "aws/http_response.h"
#include "base/err.h"

/*
 * What is kept between requests: TLS sessions and resolved names, but not
 * connections. If a reused connection turns out to be dead, libcurl sends the
 * request again on its own, but here every transmission must be accounted for.
 */
struct http;

/* The options are copied; the strings they point to are borrowed. */
int http_open(struct http **http, const struct http_options *options,
	struct err *err);
void http_close(struct http *http); /* NULL is allowed */

/* What it was opened with. */
const struct http_options *http_get_options(const struct http *http);

/*
 * Send a request and fill in the response, which the caller initialises and
 * releases. Returns 0 whatever the outcome; -1 only for faults on our side,
 * such as a malformed URL, an unusable CA bundle or lack of memory.
 */
int http_send(struct http *http, const struct http_request *request,
	struct http_response *response, struct err *err);

#endif
