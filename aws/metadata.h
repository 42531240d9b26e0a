/* What is common to the metadata services of containers and instances. */
#ifndef AWS_METADATA_H
#define AWS_METADATA_H

#include <stdbool.h>
#include <stddef.h>

#include "aws/http_response.h"

enum {
	METADATA_URL_MAX = 4096,
	METADATA_HEADER_MAX = 64 * 1024, /* for a token; even 16 KiB is long */
};

/*
 * Copy the host of a URL, as spelled there, without the port. Returns false if
 * the URL has no host or has a user, or if the host does not fit.
 */
bool metadata_host(char *out, size_t size, const char *url);

/* Can this be sent in a header? It must not have control characters. */
bool metadata_is_header_value(const char *text);

/*
 * Initialise a response that will hold credentials. Its body never grows, since
 * growing leaves copies.
 */
void metadata_response_init(struct http_response *response);

#endif
