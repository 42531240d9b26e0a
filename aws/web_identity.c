/* Exchanges a web identity token for the credentials of a role. */
#include "aws/web_identity.h"

#include <string.h>

#include "aws/sts.h"
#include "base/file.h"

enum {
	TOKEN_MAX = 20000, /* bytes; STS accepts no more */
};

/* The profile's key, unless `environment` is true and the variable is set. */
static const char *
setting(const struct aws_config *config, const char *profile, bool environment,
	const char *variable, const char *key)
{
	const char *value = NULL;

	if (environment)
		value = environment_get(config->environment, variable);
	return value ? value : aws_config_in_profile(config, profile, key);
}

static int
read_token(struct buf *token, const char *path, struct err *err)
{
	buf_reserve(token, TOKEN_MAX); /* growing leaves copies */
	if (file_read(path, token, err) != 0)
		return -1;
	while (token->len > 0 && strchr("\r\n\t ", token->data[token->len - 1]))
		token->data[--token->len] = '\0';
	if (token->len > 0 && strlen(token->data) == token->len)
		return 0;
	return err_set(err, ERR_INPUT, "the web identity token is %s",
		token->len == 0 ? "empty" : "not text");
}

int
web_identity_load(struct credentials *out,
	const struct provider_context *context, const char *profile,
	bool environment, struct err *err)
{
	const struct aws_config *config = context->config;
	const char *path = setting(config, profile, environment,
		"AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file");
	struct sts_role role = {
		.arn = setting(config, profile, environment, "AWS_ROLE_ARN",
			"role_arn"),
		.session_name = setting(config, profile, environment,
			"AWS_ROLE_SESSION_NAME", "role_session_name"),
	};
	struct buf token;
	int rc;

	if (!path || !path[0])
		return 1;
	if (!role.arn || !role.arn[0])
		return err_set(err, ERR_INPUT,
			"The provided profile or the current environment is "
			"configured to assume role with web identity but has "
			"no role ARN configured. Ensure that the profile has "
			"the role_arn configuration set or the AWS_ROLE_ARN "
			"env var is set.");
	buf_init(&token, TOKEN_MAX);
	rc = read_token(&token, path, err);
	if (rc == 0)
		rc = sts_assume_role_with_web_identity(
			out, context, &role, buf_str(&token), err);
	else
		provider_failed("assume-role-with-web-identity", err);
	buf_wipe(&token);
	return rc;
}
