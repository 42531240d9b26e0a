/* Takes keys from the environment and from AWS's two files. */
#include "aws/static_keys.h"

/* Report an incomplete set of keys, in botocore's words. */
static int
partial(const char *method, const char *missing, struct err *err)
{
	return err_set(err, ERR_INPUT,
		"Partial credentials found in %s, missing: %s", method,
		missing);
}

int
static_keys_environment(struct credentials *out,
	const struct provider_context *context, struct err *err)
{
	const struct environment *e = context->config->environment;
	const char *access = environment_get(e, "AWS_ACCESS_KEY_ID");
	const char *secret = environment_get(e, "AWS_SECRET_ACCESS_KEY");
	const char *token = environment_get(e, "AWS_SECURITY_TOKEN");
	const char *expiry = environment_get(e, "AWS_CREDENTIAL_EXPIRATION");

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

static int
load_keys(struct credentials *out, const struct aws_config *config,
	const char *profile, const char *method, lookup_function *lookup,
	struct err *err)
{
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
static_keys_credentials_file(struct credentials *out,
	const struct provider_context *context, const char *profile,
	struct err *err)
{
	return load_keys(out, context->config, profile,
		"shared-credentials-file", aws_config_in_credentials_file, err);
}

int
static_keys_config_file(struct credentials *out,
	const struct provider_context *context, const char *profile,
	struct err *err)
{
	return load_keys(out, context->config, profile, "config-file",
		aws_config_in_config_file, err);
}
