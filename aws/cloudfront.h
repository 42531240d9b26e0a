/*
 * The CloudFront calls: signed, sent, retried with the same bytes, read.
 *
 * Clock, randomness and waiting come from the host, so no test sleeps.
 */
#ifndef AWS_CLOUDFRONT_H
#define AWS_CLOUDFRONT_H

#include <stdint.h>

#include "aws/credentials.h"
#include "aws/http.h"
#include "aws/xml.h"

/* What the calls need from the program around them. */
struct aws_host {
	int64_t (*now)(void *context); /* seconds since 1970 UTC */
	double (*random)(void *context); /* uniform in [0,1) */
	int (*wait)(void *context, long milliseconds); /* -1: interrupted */
	void (*talk)(void *context, const char *line); /* to the user */
	void *context;
};

struct cloudfront {
	struct http *http;
	const struct aws_host *host;
	const struct credentials *credentials;
	const char
		*endpoint; /* https://cloudfront.amazonaws.com, no / at end */
	const char *region; /* to sign for: us-east-1 */
	int tries_most; /* 3 */
	int64_t clock_offset; /* seconds to add to now; set from a Date header */

	/*
	 * Of the last call: the tries made, the last answer's status (0 for
	 * none) and, where that was an error, its code, message, request id.
	 */
	int tries;
	long status;
	struct service_error error;
	char location[512]; /* of the last 201 */
};

/*
 * Of all three: `out` need not be initialised; it is empty after a failure, so
 * that a release does no harm. A try that was interrupted is the last one.
 */

/*
 * Send a batch (body by xml_write_batch). Returns 0 where CloudFront accepted
 * it and `out` holds the answer. Otherwise -1 and
 *   ERR_SERVICE    refused: nothing was accepted (cf->error has the code)
 *   ERR_NETWORK    no try reached the server: nothing was accepted
 *   ERR_AMBIGUOUS  an answer was lost, cut or unreadable, or the last try got
 *                  a 5xx: it may have been accepted; send the same bytes again
 *                  later. Once one try was ambiguous, a later refusal keeps
 *                  this code (but "caller reference already used" stays
 *                  ERR_SERVICE: it is information).
 */
int cloudfront_create_invalidation(struct cloudfront *cf,
	const char *distribution, const void *body, size_t len,
	struct invalidation *out, struct err *err);

/* Both: ERR_NETWORK where no whole answer came, else ERR_SERVICE. */
int cloudfront_get_invalidation(struct cloudfront *cf, const char *distribution,
	const char *id, struct invalidation *out, struct err *err);

/* One page; marker NULL for the first, items_most 0 for the service's own. */
int cloudfront_list_invalidations(struct cloudfront *cf,
	const char *distribution, const char *marker, long items_most,
	struct invalidation_list *out, struct err *err);

/*
 * Is this the error of a CallerReference that was used before with other
 * paths? Two forms are known: the code InvalidationBatchAlreadyExists, and
 * InvalidArgument whose message names the caller reference.
 */
bool cloudfront_reference_was_used(const struct service_error *error);

#endif
