/*
 * --debug: each request and its answer on standard error, without what is
 * secret in them.
 */
#ifndef CMD_AWSCLI_TRACE_H
#define CMD_AWSCLI_TRACE_H

#include "aws/call.h"

/* A trace of aws/call.h; `context` is unused. */
void trace_try(void *context, const struct http_request *request,
	const struct http_answer *answer);

#endif
