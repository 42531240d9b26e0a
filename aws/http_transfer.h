/*
 * One request on a handle of libcurl's: sets the handle up, and tells afterwards
 * how far the request got. Who performs it is the caller's business: alone
 * (aws/http.h), or at the same time as others (aws/http_many.h).
 */
#ifndef AWS_HTTP_TRANSFER_H
#define AWS_HTTP_TRANSFER_H

#include <curl/curl.h>

#include "aws/http_request.h"
#include "aws/http_response.h"
#include "base/err.h"

struct http_transfer {
	CURL *curl; /* all of these are borrowed */
	const struct http_options *options;
	struct http_response *response;

	/* its own, from begin to end */
	struct curl_slist *headers;
	CURLcode prepared; /* perform it only if this is CURLE_OK */
	bool sending; /* connected: bytes may have been sent */
	char message[CURL_ERROR_SIZE]; /* libcurl's */
};

/*
 * Set up the handle. The transfer must not move until its end, and the request's
 * body must last as long; everything else of the request is copied. Fails with
 * ERR_USAGE if the URL is too long; only after success comes the end.
 */
int http_transfer_begin(struct http_transfer *transfer, CURL *curl,
	const struct http_options *options, const struct http_request *request,
	struct http_response *response, struct err *err);

/*
 * Fill in the response; `rc` is `prepared`, or what performing it returned.
 * Returns -1 for a fault on our side only, as http_send does.
 */
int http_transfer_end(
	struct http_transfer *transfer, CURLcode rc, struct err *err);

#endif
