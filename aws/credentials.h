/*
 * One set of AWS credentials, and the JSON in which programs and services
 * return them. aws/provider_chain.h finds them.
 *
 * Secrets are overwritten on release, and never reach an error, a log or a
 * core file.
 */
#ifndef AWS_CREDENTIALS_H
#define AWS_CREDENTIALS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum {
	/* Bytes of a document with credentials; a token has 1 or 2 KiB. */
	CREDENTIALS_MAX = 64 * 1024,
};

/* All zeros means empty: nothing is loaded. */
struct credentials {
	char *access_key; /* NULL if not loaded */
	char *secret_key;
	char *session_token; /* NULL if there is none */
	int64_t expiry; /* seconds since 1970 UTC; 0 if unknown */
	const char *method; /* botocore's name of the provider */
};

/*
 * Copy keys into empty credentials; `token` may be NULL or "". Fails with
 * ERR_INPUT if one of them can't be sent in a header. Release the credentials
 * even after a failure.
 */
int credentials_set(struct credentials *credentials, const char *access_key,
	const char *secret_key, const char *token, struct err *err);

/*
 * Set the expiry from an ISO 8601 time (2026-01-02T03:04:05Z; fractions and
 * offsets are allowed). Fails with ERR_INPUT if it is malformed.
 */
int credentials_set_expiry(
	struct credentials *credentials, const char *time, struct err *err);

/* What a document must contain besides AccessKeyId and SecretAccessKey. */
enum credentials_form {
	CREDENTIALS_PROCESS, /* Version 1; optional SessionToken, Expiration */
	CREDENTIALS_SERVICE, /* Token and Expiration */
};

/*
 * Read a JSON document of at most CREDENTIALS_MAX bytes into empty credentials.
 * The message of ERR_INPUT says what is wrong but quotes nothing. Release the
 * credentials even after a failure.
 */
int credentials_read_json(struct credentials *credentials, const char *text,
	enum credentials_form form, struct err *err);

/* Do both have the same keys and token? Expiry and method don't count. */
bool credentials_are_equal(
	const struct credentials *a, const struct credentials *b);
void credentials_release(struct credentials *credentials);

#endif
