/*
 * CloudFront's calls that read configurations, API version 2020-05-31. Each
 * needs the IAM action that is called like it.
 *
 * Texts go to the arena. Each fails with ERR_NETWORK if no complete response
 * came, otherwise with ERR_SERVICE, also for what the reader of the response
 * refuses; client.error.code then says why (AccessDenied, NoSuchDistribution).
 */
#ifndef AWS_CLOUDFRONT_CONFIGURATION_H
#define AWS_CLOUDFRONT_CONFIGURATION_H

#include "aws/cloudfront.h"
#include "aws/continuous_deployment.h"
#include "aws/distribution.h"
#include "aws/distribution_list.h"

enum {
	/* Bytes; one with all behaviours and aliases of the limits has these. */
	CONFIGURATION_SIZE_MAX = 8 * 1024 * 1024,
	ETAG_MAX = 128, /* characters; CloudFront's have 14 */
};

int cloudfront_get_distribution(struct cloudfront *cf, const char *id,
	struct distribution *out, struct arena *texts, struct err *err);

int cloudfront_get_cache_policy(struct cloudfront *cf, const char *id,
	struct cache_policy *out, struct arena *texts, struct err *err);

int cloudfront_get_continuous_deployment_policy(struct cloudfront *cf,
	const char *id, struct continuous_deployment *out, struct arena *texts,
	struct err *err);

/* One page; `marker` is NULL for the first. */
int cloudfront_list_distributions(struct cloudfront *cf, const char *marker,
	struct distribution_list *out, struct arena *texts, struct err *err);

#endif
