/* Provider: a role that is assumed with an OpenID Connect token from a file. */
#ifndef AWS_WEB_IDENTITY_H
#define AWS_WEB_IDENTITY_H

#include "aws/provider.h"

/*
 * If `environment` is true, AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_ARN and
 * AWS_ROLE_SESSION_NAME take precedence over the profile's keys.
 */
int web_identity_load(struct credentials *out,
	const struct provider_context *context, const char *profile,
	bool environment, struct err *err);

#endif
