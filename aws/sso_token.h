/*
 * The token that `aws sso login` keeps in ~/.aws/sso/cache. It is read and never
 * written: the AWS CLI refreshes it.
 */
#ifndef AWS_SSO_TOKEN_H
#define AWS_SSO_TOKEN_H

#include <stdint.h>

#include "aws/environment.h"
#include "base/buf.h"

enum {
	SSO_TOKEN_MAX = 16 * 1024, /* bytes; real ones have up to 2 KiB */
};

/*
 * Append the token for a session's name, or for the start URL of a profile
 * without a session. *expiry is in seconds since 1970 UTC; a token without a time is
 * refused. Returns 1 if there is none, and fails with ERR_INPUT if its file is not as
 * it must be, or can't be read; the message names the file and quotes nothing of it.
 */
int sso_token_read(struct buf *token, int64_t *expiry,
	const struct environment *environment, const char *name,
	struct err *err);

#endif
