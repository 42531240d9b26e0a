/*
 * Asks the providers in the order of the AWS SDKs. The first that is configured
 * counts; if it fails, the search is over. The names are botocore's:
 *
 *   env                            AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
 *                                  AWS_SESSION_TOKEN; skipped if an option
 *                                  names the profile
 *   assume-role                    the profile's role_arn, with keys from its
 *                                  source_profile or credential_source
 *   assume-role-with-web-identity  AWS_WEB_IDENTITY_TOKEN_FILE and
 *                                  AWS_ROLE_ARN, or the profile's keys
 *   sso                            refused, with what to do instead
 *   shared-credentials-file        keys in the credentials file
 *   custom-process                 the profile's credential_process
 *   config-file                    keys in the config file
 *   login                          refused, with what to do instead
 *   container-role                 AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or
 *                                  _FULL_URI
 *   iam-role                       the instance metadata service, version 2
 *
 * No message contains a secret.
 */
#ifndef AWS_PROVIDER_CHAIN_H
#define AWS_PROVIDER_CHAIN_H

#include "aws/provider.h"

/*
 * Fill `out`, which need not be initialised. Release it even after a failure.
 * Fails with ERR_UNCONFIGURED if no provider is configured, and with ERR_INPUT,
 * ERR_NETWORK or ERR_SERVICE if the configured one failed.
 */
int provider_chain_load(struct credentials *out,
	const struct provider_context *context, struct err *err);

#endif
