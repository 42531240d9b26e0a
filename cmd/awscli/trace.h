/*
 * --debug: each request and its response on standard error, with signatures,
 * tokens and cookies redacted.
 */
#ifndef CMD_AWSCLI_TRACE_H
#define CMD_AWSCLI_TRACE_H

#include "aws/call.h"

/* A trace for aws/call.h; `context` is unused. */
void trace_attempt(void *context, const struct http_request *request,
	const struct http_answer *answer);

#endif
