/* Loads the credentials of a profile that needs no other profile. */
#include "aws/profile.h"

#include "aws/credential_process.h"
#include "aws/static_keys.h"
#include "aws/web_identity.h"
#include "base/escape.h"

/* Returns 1 if the profile does not sign in through IAM Identity Center. */
static int
refuse_sso(
	const struct aws_config *config, const char *profile, struct err *err)
{
	struct escaped_name shown;

	if (!aws_config_in_profile(config, profile, "sso_account_id") &&
		!aws_config_in_profile(config, profile, "sso_role_name"))
		return 1;
	escape_show_str(&shown, profile);
	return err_set(err, ERR_INPUT,
		"the profile (%s) signs in through SSO, which edgediff leaves "
		"to the AWS CLI: make another profile that has "
		"credential_process = aws configure export-credentials "
		"--profile %s",
		shown.text, shown.text);
}

int
profile_load(struct credentials *out, const struct provider_context *context,
	const char *profile, bool environment, struct err *err)
{
	int rc = web_identity_load(out, context, profile, environment, err);

	if (rc == 1)
		rc = refuse_sso(context->config, profile, err);
	if (rc == 1)
		rc = static_keys_credentials_file(out, context, profile, err);
	if (rc == 1)
		rc = credential_process_load(out, context, profile, err);
	if (rc == 1)
		rc = static_keys_config_file(out, context, profile, err);
	return rc;
}
