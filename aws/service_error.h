/* The error that an AWS service returns in its XML. */
#ifndef AWS_SERVICE_ERROR_H
#define AWS_SERVICE_ERROR_H

#include <stddef.h>

#include "base/err.h"

struct service_error {
	char code[128];
	char message[1024]; /* one line, escaped like a name */
	char request_id[128]; /* "" if there is none */
	char region[64]; /* the right region if the service names it, else "" */
};

/*
 * Read the body of an error response: CloudFront's and STS's <ErrorResponse>,
 * or S3's bare <Error>. If it is neither, the code is the status and the
 * message its reason phrase. ERR_MEMORY: what it says is not known.
 */
int service_error_read(struct service_error *out, long status, const char *body,
	size_t len, struct err *err);

#endif
