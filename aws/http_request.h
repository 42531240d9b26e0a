/* An HTTP request, and the settings that apply to all requests. */
#ifndef AWS_HTTP_REQUEST_H
#define AWS_HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

enum {
	/*
	 * Default limits: how many seconds a request and its response may take,
	 * however slowly they trickle, and how many bytes a response's body may
	 * have, which is enough for 3,000 escaped paths of 4,000 characters.
	 */
	HTTP_SECONDS_MAX = 300,
	HTTP_RESPONSE_MAX = 64 * 1024 * 1024,
};

struct http_options {
	const char *ca_bundle; /* a PEM file; NULL for the system's */
	bool unverified; /* accept any certificate */
	long connect_timeout; /* seconds */
	long read_timeout; /* seconds without a byte before giving up */
	const char *user_agent;

	/* Should the request stop? Asked before and during it. NULL: never. */
	bool (*interrupted)(void *context);
	void *context;
};

struct http_request {
	const char *operation; /* the API operation, for a trace; or NULL */
	const char *method; /* GET, HEAD, POST, PUT */
	const char *url;
	const char *const *headers; /* "Name: value", sent unchanged */
	size_t header_count;
	const void *body;
	size_t body_len; /* sent as Content-Length */
	size_t response_max; /* bytes of body; 0 for HTTP_RESPONSE_MAX */
	long time_max; /* seconds; 0 for HTTP_SECONDS_MAX */
	bool direct; /* ignore proxies set in the environment */

	/*
	 * It only reads, so it may go over a connection that was used before:
	 * if that turns out to be dead, libcurl sends the request again.
	 */
	bool repeatable;
};

#endif
