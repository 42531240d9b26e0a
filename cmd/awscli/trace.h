/*
 * --debug: each request and its response on standard error, with signatures,
 * tokens and cookies redacted.
 */
#ifndef CMD_AWSCLI_TRACE_H
#define CMD_AWSCLI_TRACE_H

#include "aws/http_request.h"
#include "aws/http_response.h"

/* A trace for aws/system.h; `context` is unused. */
void trace_attempt(void *context, const struct http_request *request,
	const struct http_response *answer);

#endif
