/* The credentials that STS returns, in the XML of version 2011-06-15. */
#ifndef AWS_STS_CREDENTIALS_H
#define AWS_STS_CREDENTIALS_H

#include <stddef.h>

#include "aws/credentials.h"

/*
 * Read the <Credentials> in the response to `operation` (AssumeRole) into empty
 * credentials. Fails with ERR_SERVICE if they are missing or incomplete.
 * Release the credentials even after a failure. The parsed copy of the secrets
 * is overwritten, but `body` is not.
 */
int sts_credentials_read(struct credentials *out, const char *operation,
	const char *body, size_t len, struct err *err);

#endif
