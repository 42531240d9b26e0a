/*
 * The canonical request of AWS Signature Version 4: the method, path, query,
 * headers and hash of the body of a request, in the form that is signed.
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
	const char *host; /* as sent in Host, with any non-default port */
	const char *path; /* as sent, percent-encoded */
	const char *query; /* as sent, without the ?; "" for none */
	const char *const *headers; /* additional "Name: value" lines to sign */
	size_t header_count;
	const void *body;
	size_t body_len;
	const char *region;
	const char *service;

	/*
	 * For S3, the path is signed as sent, and the header
	 * x-amz-content-sha256 is required. For other services, the path is
	 * normalised and encoded once more before it is signed.
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
 * session token (NULL for none) as headers. Release it even after a failure.
 */
int canonical_request_init(struct canonical_request *canonical,
	const struct sigv4_request *request, const char *stamp,
	const char *token, struct err *err);
void canonical_request_release(struct canonical_request *canonical);

/* Write its SHA-256 to `hex`, in the form that the string to sign contains. */
int canonical_request_hash(const struct canonical_request *canonical,
	char hex[SHA256_HEX_SIZE], struct err *err);

/* Append the names of the signed headers: "host;x-amz-date". */
void canonical_request_add_names(
	struct buf *out, const struct canonical_request *canonical);

#endif
