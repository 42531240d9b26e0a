/* Provider: the credentials service of a container (ECS, EKS). */
#ifndef AWS_CONTAINER_H
#define AWS_CONTAINER_H

#include "aws/provider.h"

/*
 * The service is configured by AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or
 * _FULL_URI, and the token for it by AWS_CONTAINER_AUTHORIZATION_TOKEN or
 * _TOKEN_FILE.
 */
int container_load(struct credentials *out,
	const struct provider_context *context, struct err *err);

/*
 * Append the URL of the service. Returns 0, or 1 if neither variable is set, or
 * -1 with ERR_INPUT if the value is not a URL, or if its host must not see the
 * token.
 */
int container_url(struct buf *url, const struct environment *environment,
	struct err *err);

#endif
