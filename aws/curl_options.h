/* Configures a libcurl handle for one request. */
#ifndef AWS_CURL_OPTIONS_H
#define AWS_CURL_OPTIONS_H

#include <curl/curl.h>

#include "aws/http_request.h"

/* Set everything but the headers and the callbacks. */
CURLcode curl_options_set(CURL *curl, const struct http_options *options,
	const struct http_request *request);

/*
 * The request's headers, and "Name:" for each header that libcurl would
 * otherwise add. Returns NULL if out of memory. Free the list with
 * curl_slist_free_all.
 */
struct curl_slist *curl_options_headers(const struct http_request *request);

/* The maximum size of the response's body, in bytes. */
size_t curl_options_response_max(const struct http_request *request);

#endif
