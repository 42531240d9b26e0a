/* A service's URL, split: http or https, scheme://host[:port][/path]. */
#ifndef AWS_URL_H
#define AWS_URL_H

#include <stddef.h>

#include "base/err.h"

struct aws_url {
	char *origin; /* scheme://host:port as given */
	char *host; /* for Host: lower case, a default port removed */
	const char *path; /* "" or "/x", part of the text that was parsed */
	size_t path_len; /* without slashes at the end */
};

/*
 * Split `text` into a URL that is all zeros; release it after a failure too.
 * The URL points into the text. ERR_USAGE if it has another form, or a user,
 * a query or a fragment.
 */
int aws_url_parse(struct aws_url *url, const char *text, struct err *err);
void aws_url_release(struct aws_url *url);

#endif
