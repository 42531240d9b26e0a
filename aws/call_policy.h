/* The kinds of calls, and how each is treated. */
#ifndef AWS_CALL_POLICY_H
#define AWS_CALL_POLICY_H

#include <stdbool.h>

struct call_policy {
	/* Sign the request with the client's credentials. */
	bool is_signed;

	/*
	 * The call changes something, so a lost response leaves open whether
	 * it did.
	 */
	bool is_write;

	/* The response holds secrets: overwrite it after use. */
	bool is_secret;

	/*
	 * Behave as the AWS SDKs do: log no retries, treat every status below
	 * 301 as a success, don't retry because a success cannot be read, and
	 * report only the last failure.
	 */
	bool like_sdk;
};

/* For calls that only read: GetInvalidation, GetObject. */
extern const struct call_policy call_policy_read;

/*
 * For calls that read a configuration, in which origins' custom headers are
 * secrets: GetDistribution.
 */
extern const struct call_policy call_policy_configuration;

/* For calls that change something: CreateInvalidation, PutObject. */
extern const struct call_policy call_policy_write;

/* For calls that exchange credentials for others: AssumeRole. */
extern const struct call_policy call_policy_credentials;

/* For calls that exchange a token in the request's body for credentials. */
extern const struct call_policy call_policy_web_identity;

/*
 * For the commands that replace the AWS CLI; unsigned with --no-sign-request.
 */
extern const struct call_policy call_policy_sdk;
extern const struct call_policy call_policy_sdk_unsigned;

#endif
