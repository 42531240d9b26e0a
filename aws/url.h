/* Splits a service's http or https URL, scheme://host[:port][/path]. */
#ifndef AWS_URL_H
#define AWS_URL_H

#include <stddef.h>

#include "base/err.h"

struct aws_url {
	char *origin; /* scheme://host:port as given */
	char *host; /* for Host: in lower case, without a default port */
	const char *path; /* "" or "/x", part of the text that was parsed */
	size_t path_len; /* without slashes at the end */
};

/*
 * Split `text` into `url`, which must be all zeros and will point into the
 * text. Release it even after a failure. Fails with ERR_USAGE if the text has
 * any other form, or has a user, a query or a fragment.
 */
int aws_url_parse(struct aws_url *url, const char *text, struct err *err);
void aws_url_release(struct aws_url *url);

#endif
