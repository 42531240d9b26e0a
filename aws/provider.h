/*
 * A provider is one place that credentials can come from. Each has its own file
 * with a function NAME_load(), which fills empty credentials for a profile and
 * returns
 *
 *    0  with credentials,
 *    1  if this provider is not configured there, or
 *   -1  if it is configured but failed.
 *
 * aws/provider_chain.h asks them in order.
 */
#ifndef AWS_PROVIDER_H
#define AWS_PROVIDER_H

#include "aws/config.h"
#include "aws/credentials.h"
#include "aws/http.h"
#include "aws/system.h"

/* What providers work with. All of it is borrowed. */
struct provider_context {
	const struct aws_config *config;
	const struct aws_system *system;
	struct http *http;

	/* Take only what is at hand: start no process, and send no request. */
	bool at_hand_only;
};

/*
 * Every provider calls this before it starts a process or sends a request.
 * Fails with ERR_UNCONFIGURED if the context allows neither.
 */
int provider_may_ask(const struct provider_context *context, struct err *err);

/*
 * Prefix the error with "Error when retrieving credentials from METHOD: ",
 * which is botocore's wording. Returns -1.
 */
int provider_failed(const char *method, struct err *err);

#endif
