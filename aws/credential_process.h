/* Provider: a program that prints credentials (credential_process). */
#ifndef AWS_CREDENTIAL_PROCESS_H
#define AWS_CREDENTIAL_PROCESS_H

#include "aws/provider.h"

int credential_process_load(struct credentials *out,
	const struct provider_context *context, const char *profile,
	struct err *err);

#endif
