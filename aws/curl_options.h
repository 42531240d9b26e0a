/* Configures a libcurl handle for one request. */
#ifndef AWS_CURL_OPTIONS_H
#define AWS_CURL_OPTIONS_H

#include <curl/curl.h>

#include "aws/http_request.h"

/* Set everything but the headers and the callbacks. */
CURLcode curl_options_set(CURL *curl, const struct http_options *options,
	const struct http_request *request);

/*
 * The request's headers, and "Name:" for each that libcurl would otherwise add
 * by itself. NULL: out of memory. Free it with curl_slist_free_all.
 */
struct curl_slist *curl_options_headers(const struct http_request *request);

/* The limit on the bytes of the response's body. */
size_t curl_options_response_max(const struct http_request *request);

#endif
