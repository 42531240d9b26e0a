/*
 * AWS Signature Version 4 ("Create a signed AWS API request", IAM User Guide).
 * libcurl has it too, but it does not sort queries and it mishandles % in
 * paths, so AWS refuses such requests. It also does not take the time as a
 * parameter.
 */
#ifndef AWS_SIGV4_H
#define AWS_SIGV4_H

#include <stdint.h>

#include "aws/canonical_request.h"
#include "aws/credentials.h"

/*
 * Append the headers that turn a request into a signed one, each as "Name:
 * value" followed by a NUL: X-Amz-Date, X-Amz-Security-Token (with a session
 * token), X-Amz-Content-SHA256 (for S3), Authorization. `now` is in seconds
 * since 1970 UTC. Fails with ERR_INPUT if a value cannot be part of a header.
 * The caller overwrites `out` after use.
 */
int sigv4_sign(struct buf *out, const struct sigv4_request *request,
	const struct credentials *credentials, int64_t now, struct err *err);

#endif
