/* The credentials that STS returns, in the XML of version 2011-06-15. */
#ifndef AWS_STS_CREDENTIALS_H
#define AWS_STS_CREDENTIALS_H

#include <stddef.h>

#include "aws/credentials.h"

/*
 * Read the <Credentials> in the response to `operation` (AssumeRole) into
 * empty credentials. ERR_SERVICE if they are missing or incomplete. Release
 * them after a failure too. The parsed copy is overwritten; `body` is left to
 * the caller.
 */
int sts_credentials_read(struct credentials *out, const char *operation,
	const char *body, size_t len, struct err *err);

#endif
