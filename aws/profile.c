/* Loads the credentials of a profile that needs no other profile. */
#include "aws/profile.h"

#include "aws/credential_process.h"
#include "aws/sso.h"
#include "aws/static_keys.h"
#include "aws/web_identity.h"
#include "base/escape.h"

/* Refuse a profile that has one of these keys; 1 if it has neither. */
static int
refuse(const struct aws_config *config, const char *profile, const char *key,
	const char *other_key, const char *how, struct err *err)
{
	struct escaped_name shown;

	if (!aws_config_in_profile(config, profile, key) &&
		!aws_config_in_profile(config, profile, other_key))
		return 1;
	escape_show_str(&shown, profile);
	return err_set(err, ERR_INPUT,
		"the profile (%s) signs in through %s, which edgediff leaves "
		"to "
		"the AWS CLI: make another profile that has "
		"credential_process = aws configure export-credentials "
		"--profile %s",
		shown.text, how, shown.text);
}

int
profile_refuse_sso_session(
	const struct aws_config *config, const char *profile, struct err *err)
{
	return config->like_sdk ? 1
				: refuse(config, profile, "sso_session",
					  "sso_start_url", "SSO", err);
}

int
profile_load(struct credentials *out, const struct provider_context *context,
	const char *profile, bool environment, struct err *err)
{
	int rc = web_identity_load(out, context, profile, environment, err);

	if (rc == 1)
		rc = sso_load(out, context, profile, err);
	if (rc == 1)
		rc = static_keys_credentials_file(out, context, profile, err);
	if (rc == 1)
		rc = credential_process_load(out, context, profile, err);
	if (rc == 1)
		rc = static_keys_config_file(out, context, profile, err);
	if (rc == 1)
		rc = refuse(context->config, profile, "login_session",
			"login_session", "aws login (login_session)", err);
	return rc;
}
