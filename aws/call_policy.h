/* The kinds of calls, and how each is treated. */
#ifndef AWS_CALL_POLICY_H
#define AWS_CALL_POLICY_H

#include <stdbool.h>

struct call_policy {
	/* Sign the request, with the client's credentials. */
	bool is_signed;

	/*
	 * The call changes something, so a lost response leaves open whether
	 * it did.
	 */
	bool is_write;

	/* The response holds credentials: overwrite it after use. */
	bool is_secret;

	/*
	 * Behave as the AWS SDKs do: log no retries, treat every status below
	 * 301 as a success, don't retry because a success cannot be read, and
	 * report the last failure alone.
	 */
	bool like_sdk;
};

/* Reads only: GetInvalidation, GetObject. */
extern const struct call_policy call_policy_read;

/* Changes something: CreateInvalidation, PutObject. */
extern const struct call_policy call_policy_write;

/* Returns credentials in exchange for others: AssumeRole. */
extern const struct call_policy call_policy_credentials;

/* Returns credentials in exchange for a token in the request's body. */
extern const struct call_policy call_policy_web_identity;

/* Any call of the replacement for the AWS CLI; unsigned: --no-sign-request. */
extern const struct call_policy call_policy_sdk;
extern const struct call_policy call_policy_sdk_unsigned;

#endif
