/*
 * Where a service is, and the region to sign for: an endpoint that was given,
 * or AWS's own.
 */
#ifndef AWS_ENDPOINT_H
#define AWS_ENDPOINT_H

#include "aws/config.h"

enum aws_service { AWS_CLOUDFRONT, AWS_S3, AWS_STS };

enum {
	ENDPOINT_MAX = 4096, /* bytes; real ones have less than 100 */
};

struct aws_endpoint {
	char url[ENDPOINT_MAX + 1]; /* "" for S3's own: see s3_endpoint */
	char region[REGION_MAX + 1]; /* to sign for */
	const char *given; /* what named it, for messages; NULL: AWS's own */
};

/*
 * The first that is set: `option` (NULL for none), AWS_ENDPOINT_URL_SERVICE,
 * AWS_ENDPOINT_URL, endpoint_url of the service in the profile's [services],
 * the profile's endpoint_url; only `option` counts where
 * AWS_IGNORE_CONFIGURED_ENDPOINT_URLS says so. One that is given is signed for
 * the configured region, else for us-east-1.
 *
 * ERR_USAGE for an option, ERR_INPUT for anything else that is no http or
 * https URL.
 */
int aws_endpoint_of(struct aws_endpoint *out, const struct aws_config *config,
	enum aws_service service, const char *option, struct err *err);

/* The names of S3's own endpoints: s3, s3-fips, s3.dualstack. */
const char *aws_endpoint_s3_label(const struct aws_config *config);

#endif
