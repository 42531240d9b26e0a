/* The calls of AWS STS, API version 2011-06-15, that return credentials. */
#ifndef AWS_STS_H
#define AWS_STS_H

#include "aws/provider.h"

struct sts_role {
	const char *arn;
	const char *session_name; /* NULL to make one from the time */
	const char *external_id; /* NULL for none */
	const char *duration; /* decimal seconds; NULL for STS's default */
};

/*
 * Both functions fill empty credentials. Release these even after a failure.
 * They fail with ERR_SERVICE if STS refuses, and with ERR_NETWORK if it does
 * not respond.
 *
 * AssumeRole is signed with `source`; AssumeRoleWithWebIdentity is unsigned
 * and sends the token.
 */
int sts_assume_role(struct credentials *out,
	const struct provider_context *context, const struct sts_role *role,
	const struct credentials *source, struct err *err);
int sts_assume_role_with_web_identity(struct credentials *out,
	const struct provider_context *context, const struct sts_role *role,
	const char *token, struct err *err);

#endif
