/* The calls of AWS STS, API version 2011-06-15, that hand out credentials. */
#ifndef AWS_STS_H
#define AWS_STS_H

#include "aws/providers.h"

struct sts_role {
	const char *arn;
	const char *session_name; /* NULL: one of the time */
	const char *external_id; /* NULL: none */
	const char *duration; /* decimal seconds; NULL: STS's own, an hour */
};

/*
 * Both fill empty credentials; release also on failure. ERR_SERVICE where STS
 * refuses, ERR_NETWORK where no answer came.
 */
int sts_assume_role(struct credentials *out, const struct providers *from,
	const struct sts_role *role, const struct credentials *source,
	struct err *err);
int sts_assume_role_with_web_identity(struct credentials *out,
	const struct providers *from, const struct sts_role *role,
	const char *token, struct err *err);

#endif
