/* Maps a request and its settings to libcurl's options. */
#include "aws/curl_options.h"

#include <stdbool.h>
#include <string.h>

size_t
curl_options_response_max(const struct http_request *request)
{
	return request->response_max ? request->response_max
				     : (size_t)HTTP_RESPONSE_MAX;
}

/* Its response announces a length, but has no body. */
static bool
is_head(const struct http_request *request)
{
	return strcmp(request->method, "HEAD") == 0;
}

static CURLcode
set_limits(CURL *c, const struct http_options *options, long seconds)
{
	CURLcode rc = curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);

	if (!rc)
		rc = curl_easy_setopt(
			c, CURLOPT_CONNECTTIMEOUT, options->connect_timeout);
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_TIMEOUT, seconds);
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
	if (!rc)
		rc = curl_easy_setopt(
			c, CURLOPT_LOW_SPEED_TIME, options->read_timeout);
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	if (!rc)
		rc = curl_easy_setopt(
			c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_PATH_AS_IS, 1L);
	return rc;
}

static CURLcode
set_trust(CURL *c, const struct http_options *options)
{
	CURLcode rc = curl_easy_setopt(
		c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);

	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER,
			options->unverified ? 0L : 1L);
	if (!rc)
		rc = curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST,
			options->unverified ? 0L : 2L);
	if (!rc && options->ca_bundle)
		rc = curl_easy_setopt(c, CURLOPT_CAINFO, options->ca_bundle);
	if (!rc && options->ca_bundle)
		rc = curl_easy_setopt(c, CURLOPT_CAPATH, NULL);
	if (!rc && options->user_agent)
		rc = curl_easy_setopt(
			c, CURLOPT_USERAGENT, options->user_agent);
	return rc;
}

CURLcode
curl_options_set_common(
	CURL *curl, const struct http_options *options, long seconds)
{
	CURLcode rc = set_limits(curl, options, seconds);

	return rc ? rc : set_trust(curl, options);
}

CURLcode
curl_options_set_callbacks(
	CURL *curl, const struct curl_callbacks *callbacks, void *context)
{
	CURLcode rc = curl_easy_setopt(
		curl, CURLOPT_HEADERFUNCTION, callbacks->on_header);

	if (!rc)
		rc = curl_easy_setopt(curl, CURLOPT_HEADERDATA, context);
	/* only the site's own headers */
	if (!rc)
		rc = curl_easy_setopt(
			curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	if (!rc)
		rc = curl_easy_setopt(
			curl, CURLOPT_WRITEFUNCTION, callbacks->on_body);
	if (!rc)
		rc = curl_easy_setopt(curl, CURLOPT_WRITEDATA, context);
	if (!rc)
		rc = curl_easy_setopt(
			curl, CURLOPT_ERRORBUFFER, callbacks->message);
	return rc;
}

/*
 * Use a fresh connection, and HTTP/1.1, which has no refused streams. Otherwise
 * libcurl might silently send a request twice.
 */
static CURLcode
set_connection(CURL *c, const struct http_request *request)
{
	CURLcode rc = curl_easy_setopt(
		c, CURLOPT_FRESH_CONNECT, request->repeatable ? 0L : 1L);

	if (!rc)
		rc = curl_easy_setopt(
			c, CURLOPT_FORBID_REUSE, request->repeatable ? 0L : 1L);
	if (!rc)
		rc = curl_easy_setopt(
			c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	/* this limits announced lengths; on_body limits the others */
	if (!rc && !is_head(request))
		rc = curl_easy_setopt(c, CURLOPT_MAXFILESIZE_LARGE,
			(curl_off_t)curl_options_response_max(request));
	return rc;
}

static CURLcode
set_request(CURL *c, const struct http_request *request)
{
	CURLcode rc = curl_easy_setopt(c, CURLOPT_URL, request->url);
	bool get = strcmp(request->method, "GET") == 0;

	if (!rc && request->direct)
		rc = curl_easy_setopt(c, CURLOPT_PROXY, "");
	if (!rc && is_head(request))
		return curl_easy_setopt(c, CURLOPT_NOBODY, 1L);
	if (!rc && get)
		rc = curl_easy_setopt(c, CURLOPT_HTTPGET, 1L);
	if (!rc && !get)
		rc = curl_easy_setopt(c, CURLOPT_POST, 1L);
	if (!rc && !get)
		rc = curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE,
			(curl_off_t)request->body_len);
	if (!rc && !get)
		rc = curl_easy_setopt(c, CURLOPT_POSTFIELDS,
			request->body ? request->body : "");
	if (!rc && !get)
		rc = curl_easy_setopt(
			c, CURLOPT_CUSTOMREQUEST, request->method);
	return rc;
}

CURLcode
curl_options_set(CURL *curl, const struct http_options *options,
	const struct http_request *request)
{
	CURLcode rc = curl_options_set_common(curl, options,
		request->time_max ? request->time_max : (long)HTTP_SECONDS_MAX);

	if (!rc)
		rc = set_connection(curl, request);
	if (!rc)
		rc = set_request(curl, request);
	return rc;
}

struct curl_slist *
curl_options_headers(const struct http_request *request)
{
	static const char *const dropped[] = {
		"Expect:", "Accept:", "Content-Type:"};
	struct curl_slist *list = NULL, *longer;
	bool typed = false;
	size_t i;

	for (i = 0; i < request->header_count; i++) {
		const char *header = request->headers[i];

		if (curl_strnequal(header, "Content-Type:", 13))
			typed = true;
		longer = curl_slist_append(list, header);
		if (!longer)
			goto fail;
		list = longer;
	}
	for (i = 0; i < (typed ? 2 : 3); i++) {
		longer = curl_slist_append(list, dropped[i]);
		if (!longer)
			goto fail;
		list = longer;
	}
	return list;
fail:
	curl_slist_free_all(list);
	return NULL;
}
