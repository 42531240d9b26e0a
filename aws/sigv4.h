/*
 * AWS Signature Version 4 ("Create a signed AWS API request", IAM User Guide),
 * our own because libcurl's signs what AWS then refuses (unsorted queries, %
 * in paths) and cannot take the time as a parameter.
 */
#ifndef AWS_SIGV4_H
#define AWS_SIGV4_H

#include <stdbool.h>
#include <stdint.h>

#include "aws/credentials.h"
#include "base/buf.h"

struct sigv4_request {
	const char *method;
	const char *host; /* as sent in Host: with :port where not default */
	const char *path; /* as sent on the wire, percent-encoded */
	const char *query; /* as sent, without ?; "" for none */
	const char *const *headers; /* further "Name: value" to sign */
	size_t header_count;
	const void *body;
	size_t body_len;
	const char *region;
	const char *service;

	/*
	 * S3 signs the path as sent and wants x-amz-content-sha256; every
	 * other service signs the path normalised and encoded once more.
	 */
	bool s3;
};

/*
 * Append the headers that make the request a correctly signed one, each as
 * "Name: value" and a NUL: X-Amz-Date, X-Amz-Security-Token (where there is a
 * session token), X-Amz-Content-SHA256 (s3), Authorization. `now` is seconds
 * since 1970 UTC. `out` is wiped by the caller.
 */
int sigv4_sign(struct buf *out, const struct sigv4_request *request,
	const struct credentials *credentials, int64_t now, struct err *err);

#endif
