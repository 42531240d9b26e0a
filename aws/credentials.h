/*
 * One set of AWS credentials, and the JSON in which programs and services hand
 * them out. Where they are looked for stands in aws/providers.h.
 *
 * Secrets live in this struct only, are wiped on release, and never reach an
 * error, a log or a core file.
 */
#ifndef AWS_CREDENTIALS_H
#define AWS_CREDENTIALS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum {
	/* Bytes of a document with credentials: a token has 1 or 2 KiB. */
	CREDENTIALS_MAX = 64 * 1024,
};

struct credentials {
	char *access_key; /* NULL: none are loaded */
	char *secret_key;
	char *session_token; /* NULL where there is none */
	int64_t expiry; /* seconds since 1970 UTC; 0 where it is not known */
	const char *method; /* how botocore names where they are from */
};

/*
 * Take copies into empty credentials; `token` may be NULL or "". ERR_INPUT for
 * what cannot be sent as a header. Release also on failure.
 */
int credentials_set(struct credentials *credentials, const char *access_key,
	const char *secret_key, const char *token, struct err *err);

/*
 * A time as in ISO 8601 (2026-01-02T03:04:05Z; fractions, offsets): ERR_INPUT
 * where it is none.
 */
int credentials_set_expiry(
	struct credentials *credentials, const char *time, struct err *err);

/* What a document has to hold, beside AccessKeyId and SecretAccessKey. */
enum credentials_form {
	CREDENTIALS_PROCESS, /* Version: 1; SessionToken, Expiration or not */
	CREDENTIALS_SERVICE, /* Token and Expiration */
};

/*
 * Read a document of at most CREDENTIALS_MAX bytes into empty credentials;
 * ERR_INPUT says what is wrong and shows nothing of it. Release also on
 * failure.
 */
int credentials_read_json(struct credentials *credentials, const char *text,
	enum credentials_form form, struct err *err);

bool credentials_are_equal(
	const struct credentials *a, const struct credentials *b);
void credentials_release(struct credentials *credentials);

#endif
