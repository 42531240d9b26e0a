/* Configures libcurl handles. */
#ifndef AWS_CURL_OPTIONS_H
#define AWS_CURL_OPTIONS_H

#include <curl/curl.h>

#include "aws/http_request.h"

/*
 * What all of edgediff's transfers have in common: limits of time, HTTP and HTTPS
 * alone, no redirect, no password from elsewhere, whom to trust. A transfer may
 * take this many seconds.
 */
CURLcode curl_options_set_common(
	CURL *curl, const struct http_options *options, long seconds);

/* As CURLOPT_HEADERFUNCTION and CURLOPT_WRITEFUNCTION take them. */
struct curl_callbacks {
	size_t (*on_header)(
		char *line, size_t size, size_t count, void *context);
	size_t (*on_body)(char *data, size_t size, size_t count, void *context);
	char *message; /* CURL_ERROR_SIZE bytes: libcurl's own words */
};

/* Where the response goes. */
CURLcode curl_options_set_callbacks(
	CURL *curl, const struct curl_callbacks *callbacks, void *context);

/* Set everything for a request but the headers and the callbacks. */
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
