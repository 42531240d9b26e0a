/* An endpoint, taken apart: http or https, scheme://host[:port][/path]. */
#ifndef AWS_PLACE_H
#define AWS_PLACE_H

#include <stddef.h>

#include "base/err.h"

struct aws_place {
	char *root; /* scheme://host:port as given */
	char *host; /* for Host: lower case, a default port dropped */
	const char *base; /* its own path, "" or "/x"; in the endpoint */
	size_t base_len; /* without slashes at the end */
};

/*
 * Into a place that is all zeros; release also on failure. The endpoint has to
 * stay. ERR_USAGE where it is no such URL, or has a user, a query or a
 * fragment.
 */
int aws_place_read(
	struct aws_place *place, const char *endpoint, struct err *err);
void aws_place_release(struct aws_place *place);

#endif
