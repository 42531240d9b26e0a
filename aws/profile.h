/*
 * Provider: what a profile holds by itself, without another profile: a web
 * identity, keys in either file, or a credential_process.
 */
#ifndef AWS_PROFILE_H
#define AWS_PROFILE_H

#include "aws/provider.h"

/*
 * A profile of IAM Identity Center (SSO) is refused with what to do instead.
 * `environment`: see web_identity_load().
 */
int profile_load(struct credentials *out,
	const struct provider_context *context, const char *profile,
	bool environment, struct err *err);

#endif
