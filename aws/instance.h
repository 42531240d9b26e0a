/*
 * Provider: the role of an EC2 instance, from its metadata service, version 2
 * (IMDSv2).
 */
#ifndef AWS_INSTANCE_H
#define AWS_INSTANCE_H

#include "aws/provider.h"

/* Also returns 1 if no service responds, or if the instance has no role. */
int instance_load(struct credentials *out,
	const struct provider_context *context, struct err *err);

#endif
