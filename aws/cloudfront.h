/* CloudFront's calls about invalidations, API version 2020-05-31. */
#ifndef AWS_CLOUDFRONT_H
#define AWS_CLOUDFRONT_H

#include "aws/client.h"
#include "aws/invalidation.h"

struct cloudfront {
	struct aws_client client;
	char location[512]; /* the Location of the last 201; "" for none */
};

/*
 * All three functions overwrite `out`, which need not be initialised. After a
 * failure it is empty and may be released, but need not be.
 */

/*
 * Create an invalidation from a body that invalidation_batch_write() made.
 * Returns 0 if CloudFront accepted it; otherwise -1 and a code as for
 * aws_send(). If the caller reference was used before, the code is ERR_SERVICE
 * even if an earlier attempt may have been applied, because this settles what
 * became of that attempt.
 */
int cloudfront_create_invalidation(struct cloudfront *cf,
	const char *distribution, const void *body, size_t len,
	struct invalidation *out, struct err *err);

/*
 * Get one invalidation. Fails with ERR_NETWORK if no complete response came,
 * otherwise with ERR_SERVICE.
 */
int cloudfront_get_invalidation(struct cloudfront *cf, const char *distribution,
	const char *id, struct invalidation *out, struct err *err);

/*
 * Get one page of the list, with the same errors. `marker` is NULL for the
 * first page; `items_max` is 0 for CloudFront's own limit.
 */
int cloudfront_list_invalidations(struct cloudfront *cf,
	const char *distribution, const char *marker, long items_max,
	struct invalidation_list *out, struct err *err);

/*
 * Does this error say that the CallerReference was used before with other
 * paths? There are two forms: the code InvalidationBatchAlreadyExists, and
 * InvalidArgument with a message that names the caller reference.
 */
bool cloudfront_reference_was_used(const struct service_error *error);

#endif
