/* CloudFront's calls about invalidations, API version 2020-05-31. */
#ifndef AWS_CLOUDFRONT_H
#define AWS_CLOUDFRONT_H

#include "aws/call.h"

struct cloudfront {
	struct aws_client client;
	char location[512]; /* of the last 201 */
};

/*
 * Of all three: `out` need not be initialised; it is empty after a failure, so
 * that a release does no harm.
 */

/*
 * Send a batch (body by xml_write_batch). Returns 0 where CloudFront accepted
 * it and `out` holds the answer; otherwise -1 and a code as aws_call says.
 * "The caller reference was used before" is ERR_SERVICE even after a doubtful
 * try: it is information.
 */
int cloudfront_create_invalidation(struct cloudfront *cf,
	const char *distribution, const void *body, size_t len,
	struct invalidation *out, struct err *err);

/* Both: ERR_NETWORK where no whole answer came, else ERR_SERVICE. */
int cloudfront_get_invalidation(struct cloudfront *cf, const char *distribution,
	const char *id, struct invalidation *out, struct err *err);

/* One page; marker NULL for the first, items_max 0 for the service's own. */
int cloudfront_list_invalidations(struct cloudfront *cf,
	const char *distribution, const char *marker, long items_max,
	struct invalidation_list *out, struct err *err);

/*
 * Is this the error of a CallerReference that was used before with other
 * paths? Two forms are known: the code InvalidationBatchAlreadyExists, and
 * InvalidArgument whose message names the caller reference.
 */
bool cloudfront_reference_was_used(const struct service_error *error);

#endif
