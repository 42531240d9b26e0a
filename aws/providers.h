/*
 * Where credentials are looked for, in the order of the SDKs; the first that
 * is set up counts, and where it then fails, that is the failure.
 *
 *   env                            AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
 *                                  AWS_SESSION_TOKEN; not where the profile
 *                                  was named by an option
 *   assume-role                    role_arn of the profile, with keys of
 *                                  source_profile or credential_source
 *   assume-role-with-web-identity  AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_ARN
 *                                  or the profile's keys of these names
 *   sso                            refused, with what to do instead
 *   shared-credentials-file        keys in the credentials file
 *   custom-process                 credential_process of the profile
 *   config-file                    keys in the config file
 *   container-role                 AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or
 *                                  _FULL_URI
 *   iam-role                       the instance metadata service, version 2
 *
 * The names are botocore's. Messages hold no secret.
 */
#ifndef AWS_PROVIDERS_H
#define AWS_PROVIDERS_H

#include "aws/call.h"
#include "aws/config.h"

/* What they look into, and with. */
struct providers {
	const struct aws_config *config;
	const struct aws_system *system;
	struct http *http;
};

/*
 * Load empty credentials; release also on failure. ERR_UNCONFIGURED where
 * there are none anywhere; ERR_INPUT, ERR_NETWORK, ERR_SERVICE where those
 * that are set up can't be had.
 */
int credentials_load(
	struct credentials *out, const struct providers *from, struct err *err);

/*
 * Each provider, for a profile: 0 with credentials, 1 where they are not set
 * up there, -1.
 */
int provide_env(struct credentials *out, const struct providers *from,
	const char *profile, struct err *err);
int provide_role(struct credentials *out, const struct providers *from,
	const char *profile, struct err *err);
int provide_credentials_file(struct credentials *out,
	const struct providers *from, const char *profile, struct err *err);
int provide_process(struct credentials *out, const struct providers *from,
	const char *profile, struct err *err);
int provide_config_file(struct credentials *out, const struct providers *from,
	const char *profile, struct err *err);
int provide_container(struct credentials *out, const struct providers *from,
	const char *profile, struct err *err);
int provide_instance(struct credentials *out, const struct providers *from,
	const char *profile, struct err *err);

/*
 * What a profile can hold by itself, without a role: web identity (of the
 * environment too, where `environment`), sso, both files and the process.
 */
int provide_web_identity(struct credentials *out, const struct providers *from,
	const char *profile, bool environment, struct err *err);
int provide_profile(struct credentials *out, const struct providers *from,
	const char *profile, bool environment, struct err *err);

/* "Error when retrieving credentials from METHOD: " in front; returns -1. */
int provider_failed(const char *method, struct err *err);

/*
 * The URL of the container's credentials into `url`: 1 where neither variable
 * is set, ERR_INPUT where it is on a host that must not get the token.
 */
int container_url(struct buf *url, const struct environment *environment,
	struct err *err);

#endif
