/* Assumes the roles of profiles, which may form a chain. */
#include "aws/role.h"

#include <string.h>

#include "aws/container.h"
#include "aws/instance.h"
#include "aws/profile.h"
#include "aws/static_keys.h"
#include "aws/sts.h"
#include "base/escape.h"

enum {
	ROLE_CHAIN_MAX = 32, /* roles, each of which takes a call to AWS */
};

/* A profile in a chain of source_profile keys, and those before it. */
struct role_visit {
	const char *profile;
	const struct role_visit *before;
	int depth;
};

static bool
was_visited(const struct role_visit *visit, const char *profile)
{
	for (; visit; visit = visit->before)
		if (strcmp(visit->profile, profile) == 0)
			return true;
	return false;
}

static bool
has_role(const struct aws_config *config, const char *profile)
{
	return aws_config_in_profile(config, profile, "role_arn") &&
	       !aws_config_in_profile(
		       config, profile, "web_identity_token_file");
}

static bool
has_keys(const struct aws_config *config, const char *profile)
{
	return aws_config_in_profile(config, profile, "aws_access_key_id") ||
	       aws_config_in_profile(config, profile, "aws_secret_access_key");
}

/* Load keys from what credential_source names. */
static int
load_credential_source(struct credentials *out,
	const struct provider_context *context, const char *profile,
	const char *source, struct err *err)
{
	struct escaped_name shown_source, shown_profile;
	struct buf said;
	int rc;

	buf_init(&said, INSTANCE_SAID_MAX);
	escape_show_str(&shown_source, source);
	escape_show_str(&shown_profile, profile);
	if (strcmp(source, "Environment") == 0)
		rc = static_keys_environment(out, context, err);
	else if (strcmp(source, "EcsContainer") == 0)
		rc = container_load(out, context, err);
	else if (strcmp(source, "Ec2InstanceMetadata") == 0)
		rc = instance_load(out, context, &said, err);
	else
		rc = err_set(err, ERR_INPUT,
			"The credential source \"%s\" referenced in profile "
			"\"%s\" is not valid.",
			shown_source.text, shown_profile.text);
	if (rc == 1) {
		err_set(err, ERR_INPUT,
			"No credentials found in credential_source referenced "
			"in profile %s%s%s",
			shown_profile.text, said.len > 0 ? ". " : "",
			buf_shown(&said));
		rc = provider_failed(source, err);
	}
	buf_release(&said);
	return rc;
}

static int
check_source_profile(const struct aws_config *config,
	const struct role_visit *visit, const char *source, struct err *err)
{
	struct escaped_name shown_source, shown_profile;

	escape_show_str(&shown_source, source);
	escape_show_str(&shown_profile, visit->profile);
	if (!aws_config_has_profile(config, source)) {
		err_set(err, ERR_INPUT,
			"The source_profile \"%s\" referenced in the profile "
			"\"%s\" does not exist.",
			shown_source.text, shown_profile.text);
		return aws_config_searched(config, source, err);
	}
	/* a profile may name itself, for the keys it has beside the role */
	if (was_visited(visit, source) &&
		!(strcmp(visit->profile, source) == 0 &&
			has_keys(config, source)))
		return err_set(err, ERR_INPUT,
			"Infinite loop in credential configuration detected. "
			"Attempting to load from profile %s which has already "
			"been visited.",
			shown_source.text);
	if (visit->depth < ROLE_CHAIN_MAX)
		return 0;
	return err_set(err, ERR_INPUT,
		"more than %d profiles, each with the next one as its "
		"source_profile",
		ROLE_CHAIN_MAX);
}

static int assume(struct credentials *out,
	const struct provider_context *context, const struct role_visit *visit,
	struct err *err);

static int
load_source_profile(struct credentials *out,
	const struct provider_context *context, const struct role_visit *visit,
	const char *source, struct err *err)
{
	const struct role_visit next = {source, visit, visit->depth + 1};
	struct escaped_name shown;
	int rc;

	if (!has_keys(context->config, source) &&
		has_role(context->config, source))
		return assume(out, context, &next, err);
	rc = profile_load(out, context, source, false, err);
	if (rc == 1)
		rc = profile_refuse_sso_session(context->config, source, err);
	return rc != 1 ? rc
		       : err_set(err, ERR_INPUT,
				 "The source profile \"%s\" must have "
				 "credentials.",
				 escape_show_str(&shown, source));
}

/* Load the keys with which the profile of this visit assumes its role. */
static int
load_source_keys(struct credentials *out,
	const struct provider_context *context, const struct role_visit *visit,
	struct err *err)
{
	const struct aws_config *config = context->config;
	const char *profile = visit->profile;
	const char *next =
		aws_config_in_profile(config, profile, "source_profile");
	const char *source =
		aws_config_in_profile(config, profile, "credential_source");
	struct escaped_name shown;

	escape_show_str(&shown, profile);
	if (next && source)
		return err_set(err, ERR_INPUT,
			"The profile \"%s\" contains both source_profile and "
			"credential_source.",
			shown.text);
	if (!next && !source)
		return err_set(err, ERR_INPUT,
			"Partial credentials found in assume-role, missing: "
			"source_profile or credential_source");
	if (aws_config_in_profile(config, profile, "mfa_serial"))
		return err_set(err, ERR_INPUT,
			"the profile (%s) has mfa_serial, and edgediff cannot "
			"ask for its code: use credential_process = "
			"aws configure export-credentials --profile %s in "
			"another profile",
			shown.text, shown.text);
	if (source)
		return load_credential_source(
			out, context, profile, source, err);
	if (check_source_profile(config, visit, next, err) != 0)
		return -1;
	return load_source_profile(out, context, visit, next, err);
}

/*
 * The duration if it is a whole number, as in botocore; NULL for anything else.
 */
static const char *
duration_of(const struct aws_config *config, const char *profile)
{
	const char *text =
		aws_config_in_profile(config, profile, "duration_seconds");

	return text && text[0] && !text[strspn(text, "0123456789")] ? text
								    : NULL;
}

/*
 * Assume a role. This recurses along source_profile, to a depth of
 * ROLE_CHAIN_MAX.
 */
static int
assume(struct credentials *out, const struct provider_context *context,
	const struct role_visit *visit, struct err *err)
{
	const struct aws_config *config = context->config;
	const char *profile = visit->profile;
	struct sts_role role = {
		.arn = aws_config_in_profile(config, profile, "role_arn"),
		.session_name = aws_config_in_profile(
			config, profile, "role_session_name"),
		.external_id =
			aws_config_in_profile(config, profile, "external_id"),
		.duration = duration_of(config, profile),
	};
	struct credentials source = {.access_key = NULL};
	int rc = load_source_keys(&source, context, visit, err);

	if (rc == 0)
		rc = sts_assume_role(out, context, &role, &source, err);
	credentials_release(&source);
	return rc;
}

int
role_load(struct credentials *out, const struct provider_context *context,
	const char *profile, struct err *err)
{
	const struct role_visit visit = {profile, NULL, 1};

	if (!has_role(context->config, profile))
		return 1;
	return assume(out, context, &visit, err);
}
