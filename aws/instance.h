/*
 * Provider: the role of an EC2 instance, from its metadata service, version 2
 * (IMDSv2).
 */
#ifndef AWS_INSTANCE_H
#define AWS_INSTANCE_H

#include "aws/provider.h"

enum {
	INSTANCE_SAID_MAX = 1024, /* bytes; it becomes part of an error */
};

/*
 * Returns 1 too if no service responds, or if the instance has no role. Then
 * `said` has sentences about what was asked, what happened and what to do,
 * unless the service is switched off or messages are the SDK's.
 */
int instance_load(struct credentials *out,
	const struct provider_context *context, struct buf *said,
	struct err *err);

#endif
