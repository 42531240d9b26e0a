/*
 * The canonical request of AWS Signature Version 4: a request's method, path,
 * query, headers and body's hash, in the one form that is signed.
 */
#ifndef AWS_CANONICAL_REQUEST_H
#define AWS_CANONICAL_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/sha256.h"

/* A request to sign. */
struct sigv4_request {
	const char *method;
	const char *host; /* as sent in Host, with a port that isn't default */
	const char *path; /* as sent, percent-encoded */
	const char *query; /* as sent, without the ?; "" for none */
	const char *const *headers; /* more "Name: value" lines to sign */
	size_t header_count;
	const void *body;
	size_t body_len;
	const char *region;
	const char *service;

	/*
	 * S3 signs the path as sent, and wants x-amz-content-sha256. Other
	 * services sign the path normalised and encoded once more.
	 */
	bool s3;
};

/*
 * Borrows the request, the stamp and the token. The headers, which include the
 * session token, point into them.
 */
struct canonical_request {
	const struct sigv4_request *request;
	char body_hash[SHA256_HEX_SIZE];
	struct canonical_header *headers; /* sorted by name */
	size_t header_count;
};

/*
 * Prepare a canonical request with the time stamp (20150830T123600Z) and the
 * session token (NULL for none) as headers. Release it after a failure too.
 */
int canonical_request_init(struct canonical_request *canonical,
	const struct sigv4_request *request, const char *stamp,
	const char *token, struct err *err);
void canonical_request_release(struct canonical_request *canonical);

/* Write its SHA-256 to `hex`, as the string to sign contains it. */
int canonical_request_hash(const struct canonical_request *canonical,
	char hex[SHA256_HEX_SIZE], struct err *err);

/* Append the names of the signed headers: "host;x-amz-date". */
void canonical_request_add_names(
	struct buf *out, const struct canonical_request *canonical);

#endif
