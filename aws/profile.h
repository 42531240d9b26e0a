/*
 * Provider: the credentials that a profile has without the help of another
 * profile: from a web identity, keys in either file, or a credential_process.
 */
#ifndef AWS_PROFILE_H
#define AWS_PROFILE_H

#include "aws/provider.h"

/*
 * A profile that uses IAM Identity Center (SSO) is refused; the message says
 * what to do instead. For `environment`, see web_identity_load().
 */
int profile_load(struct credentials *out,
	const struct provider_context *context, const char *profile,
	bool environment, struct err *err);

#endif
