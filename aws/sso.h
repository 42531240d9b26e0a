/*
 * Provider: the role of a profile that signs in through IAM Identity Center (SSO).
 * The token comes from `aws sso login`; the portal exchanges it for the role's
 * credentials (GetRoleCredentials).
 *
 *   sso_account_id, sso_role_name   in the profile
 *   sso_region, sso_start_url       in the [sso-session NAME] that the profile's
 *                                   sso_session names, or else in the profile
 */
#ifndef AWS_SSO_H
#define AWS_SSO_H

#include "aws/provider.h"

/*
 * Besides what aws/provider.h says: if there is no token, or if it has expired,
 * the message says which `aws sso login` is needed.
 */
int sso_load(struct credentials *out, const struct provider_context *context,
	const char *profile, struct err *err);

#endif
