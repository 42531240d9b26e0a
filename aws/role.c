/* Assumes roles: those of profiles, one on top of another, and web identity. */
#include <stdio.h>
#include <string.h>

#include "aws/providers.h"
#include "aws/sts.h"
#include "base/escape.h"
#include "base/file.h"

enum {
	ROLE_CHAIN_MAX = 32, /* roles, each with a call of its own to AWS */
	TOKEN_MAX = 20000, /* bytes; STS takes no longer one */
};

/* The profiles on the way to the one whose role is to be assumed. */
struct visit {
	const char *profile;
	const struct visit *before;
	int depth;
};

static bool
was_visited(const struct visit *visit, const char *profile)
{
	for (; visit; visit = visit->before)
		if (strcmp(visit->profile, profile) == 0)
			return true;
	return false;
}

static bool
has_role(const struct aws_config *config, const char *profile)
{
	return aws_config_of(config, profile, "role_arn") &&
	       !aws_config_of(config, profile, "web_identity_token_file");
}

static bool
has_keys(const struct aws_config *config, const char *profile)
{
	return aws_config_of(config, profile, "aws_access_key_id") ||
	       aws_config_of(config, profile, "aws_secret_access_key");
}

/* Keys from what credential_source names, as it is spelt there. */
static int
from_source(struct credentials *out, const struct providers *from,
	const char *profile, const char *source, struct err *err)
{
	struct escaped_name what, where;
	int rc;

	escape_show_str(&what, source);
	escape_show_str(&where, profile);
	if (strcmp(source, "Environment") == 0)
		rc = provide_env(out, from, profile, err);
	else if (strcmp(source, "EcsContainer") == 0)
		rc = provide_container(out, from, profile, err);
	else if (strcmp(source, "Ec2InstanceMetadata") == 0)
		rc = provide_instance(out, from, profile, err);
	else
		return err_set(err, ERR_INPUT,
			"The credential source \"%s\" referenced in profile "
			"\"%s\" is not valid.",
			what.text, where.text);
	if (rc != 1)
		return rc;
	err_set(err, ERR_INPUT,
		"No credentials found in credential_source referenced in "
		"profile %s",
		where.text);
	return provider_failed(source, err);
}

static int
check_source_profile(const struct aws_config *config, const struct visit *visit,
	const char *source, struct err *err)
{
	struct escaped_name what, where;

	escape_show_str(&what, source);
	escape_show_str(&where, visit->profile);
	if (!aws_config_has_profile(config, source))
		return err_set(err, ERR_INPUT,
			"The source_profile \"%s\" referenced in the profile "
			"\"%s\" does not exist.",
			what.text, where.text);
	/* a profile may name itself: for the keys that stand beside the role */
	if (was_visited(visit, source) &&
		!(strcmp(visit->profile, source) == 0 &&
			has_keys(config, source)))
		return err_set(err, ERR_INPUT,
			"Infinite loop in credential configuration detected. "
			"Attempting to load from profile %s which has already "
			"been visited.",
			what.text);
	if (visit->depth < ROLE_CHAIN_MAX)
		return 0;
	return err_set(err, ERR_INPUT,
		"more than %d profiles, each with the next one as its "
		"source_profile",
		ROLE_CHAIN_MAX);
}

static int assume(struct credentials *out, const struct providers *from,
	const struct visit *visit, struct err *err);

static int
from_source_profile(struct credentials *out, const struct providers *from,
	const struct visit *visit, const char *source, struct err *err)
{
	const struct visit next = {source, visit, visit->depth + 1};
	struct escaped_name shown;
	int rc;

	if (!has_keys(from->config, source) && has_role(from->config, source))
		return assume(out, from, &next, err);
	rc = provide_profile(out, from, source, false, err);
	return rc != 1 ? rc
		       : err_set(err, ERR_INPUT,
				 "The source profile \"%s\" must have "
				 "credentials.",
				 escape_show_str(&shown, source));
}

/* The keys that the profile of this visit assumes its role with. */
static int
source_keys(struct credentials *out, const struct providers *from,
	const struct visit *visit, struct err *err)
{
	const struct aws_config *config = from->config;
	const char *profile = visit->profile;
	const char *where = aws_config_of(config, profile, "source_profile");
	const char *what = aws_config_of(config, profile, "credential_source");
	struct escaped_name shown;

	escape_show_str(&shown, profile);
	if (where && what)
		return err_set(err, ERR_INPUT,
			"The profile \"%s\" contains both source_profile and "
			"credential_source.",
			shown.text);
	if (!where && !what)
		return err_set(err, ERR_INPUT,
			"Partial credentials found in assume-role, missing: "
			"source_profile or credential_source");
	if (aws_config_of(config, profile, "mfa_serial"))
		return err_set(err, ERR_INPUT,
			"the profile (%s) has mfa_serial, and nobody can be "
			"asked for its code here: use credential_process = "
			"aws configure export-credentials --profile %s in "
			"another profile",
			shown.text, shown.text);
	if (what)
		return from_source(out, from, profile, what, err);
	if (check_source_profile(config, visit, where, err) != 0)
		return -1;
	return from_source_profile(out, from, visit, where, err);
}

/* A whole number, as botocore's int() takes it; NULL for what is none. */
static const char *
duration_of(const struct aws_config *config, const char *profile)
{
	const char *text = aws_config_of(config, profile, "duration_seconds");

	return text && text[0] && !text[strspn(text, "0123456789")] ? text
								    : NULL;
}

/* Depth is limited to ROLE_CHAIN_MAX. */
static int
assume(struct credentials *out, const struct providers *from,
	const struct visit *visit, struct err *err)
{
	const struct aws_config *config = from->config;
	const char *profile = visit->profile;
	struct sts_role role = {
		.arn = aws_config_of(config, profile, "role_arn"),
		.session_name =
			aws_config_of(config, profile, "role_session_name"),
		.external_id = aws_config_of(config, profile, "external_id"),
		.duration = duration_of(config, profile),
	};
	struct credentials source = {.access_key = NULL};
	int rc = source_keys(&source, from, visit, err);

	if (rc == 0)
		rc = sts_assume_role(out, from, &role, &source, err);
	credentials_release(&source);
	return rc;
}

int
provide_role(struct credentials *out, const struct providers *from,
	const char *profile, struct err *err)
{
	const struct visit visit = {profile, NULL, 1};

	if (!has_role(from->config, profile))
		return 1;
	return assume(out, from, &visit, err);
}

/* A variable where the environment counts, else the profile's key. */
static const char *
setting(const struct providers *from, const char *profile, bool environment,
	const char *variable, const char *key)
{
	const char *value = NULL;

	if (environment)
		value = environment_get(from->config->environment, variable);
	return value ? value : aws_config_of(from->config, profile, key);
}

static int
read_token(struct buf *token, const char *path, struct err *err)
{
	buf_reserve(token, TOKEN_MAX); /* growing would leave copies */
	if (file_read(path, token, err) != 0)
		return -1;
	while (token->len > 0 && strchr("\r\n\t ", token->data[token->len - 1]))
		token->data[--token->len] = '\0';
	if (token->len > 0 && strlen(token->data) == token->len)
		return 0;
	return err_set(err, ERR_INPUT, "the web identity token is %s",
		token->len == 0 ? "empty" : "no text");
}

int
provide_web_identity(struct credentials *out, const struct providers *from,
	const char *profile, bool environment, struct err *err)
{
	const char *path = setting(from, profile, environment,
		"AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file");
	struct sts_role role = {
		.arn = setting(
			from, profile, environment, "AWS_ROLE_ARN", "role_arn"),
		.session_name = setting(from, profile, environment,
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
			out, from, &role, buf_str(&token), err);
	else
		provider_failed("assume-role-with-web-identity", err);
	buf_wipe(&token);
	return rc;
}
