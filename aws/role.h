/* Provider: a role that a profile assumes (role_arn). */
#ifndef AWS_ROLE_H
#define AWS_ROLE_H

#include "aws/provider.h"

/*
 * The credentials to assume it with come from source_profile, which may
 * itself assume a role, or from credential_source.
 */
int role_load(struct credentials *out, const struct provider_context *context,
	const char *profile, struct err *err);

#endif
