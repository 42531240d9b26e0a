/* What the metadata services of containers and instances have in common. */
#ifndef AWS_METADATA_H
#define AWS_METADATA_H

#include <stdbool.h>
#include <stddef.h>

#include "aws/http_response.h"

enum {
	METADATA_URL_MAX = 4096,
	METADATA_HEADER_MAX = 64 * 1024, /* for a token; 16 KiB is long */
};

/*
 * Copy the host of a URL, as spelled there, without the port. Returns false if
 * there is none, if it does not fit, or if the URL has a user.
 */
bool metadata_host(char *out, size_t size, const char *url);

/* Can this be sent in a header? Not if it has control characters. */
bool metadata_is_header_value(const char *text);

/* Initialise a response that will hold credentials: it never grows. */
void metadata_response_init(struct http_response *response);

#endif
