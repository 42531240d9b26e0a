/* The response to an HTTP request, or what is known if none came. */
#ifndef AWS_HTTP_RESPONSE_H
#define AWS_HTTP_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* How far a request got. */
enum http_outcome {
	HTTP_ANSWERED, /* a complete final response: status and body are set */
	HTTP_NOT_SENT, /* no connection: the server has seen nothing */
	HTTP_LOST, /* sent at least in part: the server may have acted on it */
};

/* Why no complete response came, as far as that is known. */
enum http_failure {
	HTTP_FAILURE_OTHER,
	HTTP_FAILURE_UNREACHABLE, /* unknown host, or connection refused */
	HTTP_FAILURE_CONNECT_TIMEOUT,
	HTTP_FAILURE_TIMEOUT,
	HTTP_FAILURE_CLOSED, /* by the other side */
	HTTP_FAILURE_TLS, /* the handshake or the certificate */
};

struct http_response {
	enum http_outcome outcome;
	long status; /* 0 if there was none */
	long milliseconds; /* from the start of the name lookup */
	struct buf head; /* header lines of the final response, as received */
	struct buf body;

	/* Unless HTTP_ANSWERED: */
	enum http_failure failure;
	char problem[512]; /* what went wrong, one line for the user */
	bool interrupted; /* the user stopped the request */
};

void http_response_init(struct http_response *response);
void http_response_release(struct http_response *response);

/* Overwrite the body, which may hold secrets, and release the response. */
void http_response_wipe(struct http_response *response);

/*
 * Copy a header's value, trimmed, to `out`. Returns false if the header is
 * missing or does not fit in `size` bytes.
 */
bool http_response_header(const struct http_response *response,
	const char *name, char *out, size_t size);

/*
 * Get the server's time from the Date header, in seconds since 1970 UTC.
 * Returns false if the header is missing or malformed.
 */
bool http_response_date(const struct http_response *response, int64_t *out);

#endif
