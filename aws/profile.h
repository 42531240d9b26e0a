/*
 * Provider: the credentials that a profile has without the help of another
 * profile: from a web identity, IAM Identity Center (SSO), keys in either file,
 * or a credential_process.
 */
#ifndef AWS_PROFILE_H
#define AWS_PROFILE_H

#include "aws/provider.h"

/*
 * A profile for `aws login` without other credentials is refused with a message
 * that says what to do instead.
 * `environment`: see web_identity_load().
 */
int profile_load(struct credentials *out,
	const struct provider_context *context, const char *profile,
	bool environment, struct err *err);

/*
 * No credentials were found: -1 if that is because the profile signs in through SSO
 * without naming an account, which the SDKs overlook; otherwise 1.
 */
int profile_refuse_sso_session(
	const struct aws_config *config, const char *profile, struct err *err);

#endif
