/* Asks one provider of credentials after the other. */
#include "aws/providers.h"

#include <string.h>

#include "aws/process.h"
#include "base/escape.h"

int
provider_failed(const char *method, struct err *err)
{
	return err_context(
		err, "Error when retrieving credentials from %s", method);
}

/* botocore's sentence. */
static int
partial(const char *method, const char *missing, struct err *err)
{
	return err_set(err, ERR_INPUT,
		"Partial credentials found in %s, missing: %s", method,
		missing);
}

int
provide_env(struct credentials *out, const struct providers *from,
	const char *profile, struct err *err)
{
	const struct environment *e = from->config->environment;
	const char *access = environment_get(e, "AWS_ACCESS_KEY_ID");
	const char *secret = environment_get(e, "AWS_SECRET_ACCESS_KEY");
	const char *token = environment_get(e, "AWS_SECURITY_TOKEN");
	const char *expiry = environment_get(e, "AWS_CREDENTIAL_EXPIRATION");

	(void)profile;
	if (!access)
		return 1;
	if (!secret)
		return partial("env", "AWS_SECRET_ACCESS_KEY", err);
	if (!token)
		token = environment_get(e, "AWS_SESSION_TOKEN");
	out->method = "env";
	if (expiry && credentials_set_expiry(out, expiry, err) != 0)
		return err_context(err, "AWS_CREDENTIAL_EXPIRATION");
	if (credentials_set(out, access, secret, token, err) != 0)
		return provider_failed("env", err);
	return 0;
}

typedef const char *lookup_function(
	const struct aws_config *config, const char *profile, const char *key);

/* Keys as they stand in one of the two files. */
static int
provide_keys(struct credentials *out, const struct providers *from,
	const char *profile, const char *method, lookup_function *lookup,
	struct err *err)
{
	const struct aws_config *config = from->config;
	const char *access = lookup(config, profile, "aws_access_key_id");
	const char *secret = lookup(config, profile, "aws_secret_access_key");
	const char *token = lookup(config, profile, "aws_security_token");

	if (!access)
		return 1;
	if (!access[0] || ini_is_nested(access))
		return partial(method, "aws_access_key_id", err);
	if (!secret || !secret[0] || ini_is_nested(secret))
		return partial(method, "aws_secret_access_key", err);
	if (!token)
		token = lookup(config, profile, "aws_session_token");
	out->method = method;
	if (credentials_set(out, access, secret, token, err) != 0)
		return provider_failed(method, err);
	return 0;
}

int
provide_credentials_file(struct credentials *out, const struct providers *from,
	const char *profile, struct err *err)
{
	return provide_keys(out, from, profile, "shared-credentials-file",
		aws_config_of_credentials_file, err);
}

int
provide_config_file(struct credentials *out, const struct providers *from,
	const char *profile, struct err *err)
{
	return provide_keys(out, from, profile, "config-file",
		aws_config_of_config_file, err);
}

int
provide_process(struct credentials *out, const struct providers *from,
	const char *profile, struct err *err)
{
	const char *command =
		aws_config_of(from->config, profile, "credential_process");
	struct buf printed;
	int rc;

	if (!command)
		return 1;
	buf_init(&printed, CREDENTIALS_MAX);
	/* growing would leave copies */
	buf_reserve(&printed, CREDENTIALS_MAX);
	rc = process_run(&printed, ini_is_nested(command) ? "" : command,
		from->system, PROCESS_MS_MAX, err);
	if (rc == 0 && strlen(buf_str(&printed)) != printed.len)
		rc = err_set(err, ERR_INPUT, "not JSON");
	if (rc == 0)
		rc = credentials_read_json(
			out, buf_str(&printed), CREDENTIALS_PROCESS, err);
	buf_wipe(&printed);
	out->method = "custom-process";
	return rc == 0 ? 0 : provider_failed("custom-process", err);
}

/* What to do with a profile of IAM Identity Center. */
static int
refuse_sso(const struct providers *from, const char *profile, struct err *err)
{
	struct escaped_name shown;

	if (!aws_config_of(from->config, profile, "sso_account_id") &&
		!aws_config_of(from->config, profile, "sso_role_name"))
		return 1;
	escape_show_str(&shown, profile);
	return err_set(err, ERR_INPUT,
		"the profile (%s) signs in by SSO, which edgediff leaves to "
		"the AWS CLI: make another profile that has "
		"credential_process = aws configure export-credentials "
		"--profile %s",
		shown.text, shown.text);
}

int
provide_profile(struct credentials *out, const struct providers *from,
	const char *profile, bool environment, struct err *err)
{
	int rc = provide_web_identity(out, from, profile, environment, err);

	if (rc == 1)
		rc = refuse_sso(from, profile, err);
	if (rc == 1)
		rc = provide_credentials_file(out, from, profile, err);
	if (rc == 1)
		rc = provide_process(out, from, profile, err);
	if (rc == 1)
		rc = provide_config_file(out, from, profile, err);
	return rc;
}

int
credentials_load(
	struct credentials *out, const struct providers *from, struct err *err)
{
	const struct aws_config *config = from->config;
	const char *profile = config->profile;
	bool environment = !config->profile_by_option;
	int rc = 1;

	*out = (struct credentials){.access_key = NULL};
	if (environment)
		rc = provide_env(out, from, profile, err);
	if (rc == 1)
		rc = provide_role(out, from, profile, err);
	if (rc == 1)
		rc = provide_profile(out, from, profile, environment, err);
	if (rc == 1)
		rc = provide_container(out, from, profile, err);
	if (rc == 1)
		rc = provide_instance(out, from, profile, err);
	if (rc == 1)
		rc = err_set(err, ERR_UNCONFIGURED,
			"Unable to locate credentials. You can configure "
			"credentials by running \"aws configure\".");
	return rc;
}
