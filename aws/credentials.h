/*
 * AWS credentials, found in the order of the SDKs. Today: the environment
 * (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN), then the
 * shared credentials file (AWS_SHARED_CREDENTIALS_FILE or ~/.aws/credentials).
 * An explicit profile skips the environment, as the AWS CLI does; AWS_PROFILE
 * does not.
 *
 * Secrets live in this struct only, are wiped on release, and never reach an
 * error, a log or a core file.
 */
#ifndef AWS_CREDENTIALS_H
#define AWS_CREDENTIALS_H

#include "base/err.h"

struct credentials {
	char *access_key;
	char *secret_key;
	char *session_token; /* NULL where there is none */
};

/* The process environment, handed in so that tests can make their own. */
struct environment {
	const char *(*get)(void *context, const char *name); /* NULL: unset */
	void *context;
};

/* profile: the --profile option, or NULL. */
int credentials_load(struct credentials *credentials,
	const struct environment *environment, const char *profile,
	struct err *err);
void credentials_release(struct credentials *credentials);

#endif
