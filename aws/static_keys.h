/* Providers: keys in the environment and in AWS's two files. */
#ifndef AWS_STATIC_KEYS_H
#define AWS_STATIC_KEYS_H

#include "aws/provider.h"

/* Take AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN. */
int static_keys_environment(struct credentials *out,
	const struct provider_context *context, struct err *err);

/* Take aws_access_key_id and so on from a profile in one of the files. */
int static_keys_credentials_file(struct credentials *out,
	const struct provider_context *context, const char *profile,
	struct err *err);
int static_keys_config_file(struct credentials *out,
	const struct provider_context *context, const char *profile,
	struct err *err);

#endif
