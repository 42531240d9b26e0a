/* Finds where a service is, and which region to sign for. */
#ifndef AWS_ENDPOINT_H
#define AWS_ENDPOINT_H

#include "aws/config.h"

enum aws_service { AWS_CLOUDFRONT, AWS_S3, AWS_STS, AWS_SSO };

enum {
	ENDPOINT_MAX = 4096, /* bytes; real ones have fewer than 100 */
};

struct aws_endpoint {
	/* "" for S3's own, and SSO's: see s3_endpoint() and the function below */
	char url[ENDPOINT_MAX + 1];
	char region[REGION_MAX + 1]; /* to sign for */
	const char *configured_by; /* for messages; NULL if it is AWS's own */
};

/*
 * Find the endpoint of a service: the first of
 *
 *   `option` (NULL for none)
 *   AWS_ENDPOINT_URL_SERVICE
 *   AWS_ENDPOINT_URL
 *   endpoint_url of the service in the profile's [services]
 *   the profile's endpoint_url
 *
 * or else AWS's own. With AWS_IGNORE_CONFIGURED_ENDPOINT_URLS, only `option`
 * counts. Requests to a configured endpoint are signed for the configured
 * region, by default us-east-1.
 *
 * An endpoint that is not an http or https URL is ERR_USAGE for `option`, and
 * ERR_INPUT for the others, as is a profile that names a [services] section that
 * does not exist, if the profile is asked.
 */
int aws_endpoint_resolve(struct aws_endpoint *out,
	const struct aws_config *config, enum aws_service service,
	const char *option, struct err *err);

/*
 * The same for the portal of IAM Identity Center in a region, which is that of
 * the sign-in and not the configured one. It takes a token, so that a configured
 * endpoint must be https, or on this machine.
 */
int aws_endpoint_resolve_sso(struct aws_endpoint *out,
	const struct aws_config *config, const char *region, struct err *err);

/* How the names of AWS's endpoints in a region end: amazonaws.com. */
const char *aws_endpoint_suffix(const char *region);

/* How the names of S3's own endpoints begin: s3, s3-fips, s3.dualstack. */
const char *aws_endpoint_s3_label(const struct aws_config *config);

#endif
