/* What came of a deployment, for its caller to print. */
#ifndef DEPLOY_DEPLOY_RESULT_H
#define DEPLOY_DEPLOY_RESULT_H

#include "aws/cloudfront.h"
#include "deploy/transition.h"

struct deploy_result {
	bool accepted; /* a batch was; otherwise there was nothing to do */
	bool recorded; /* the baseline was advanced, with or without a batch */
	bool settled; /* it was the pending batch of an earlier run */
	uint64_t serial;
	char hash[SHA256_HEX_SIZE];
	char reference[REFERENCE_MAX + 1];
	struct invalidation invalidation; /* if accepted */

	/* if not accepted: the id of the last run's invalidation, or "" */
	char last[INVALIDATION_ID_MAX + 1];

	/* its delta is detached once a batch is pending or the build recorded */
	struct transition transition;
};

/*
 * CloudFront accepted the batch that leads to the manifest with this hash and to
 * this serial, and the baseline records it; result->invalidation is its answer.
 * `settled`: it is the pending batch of an earlier run.
 */
void deploy_result_accept(struct deploy_result *result, const char *hash,
	uint64_t serial, bool settled);

/*
 * From here on the result is about this transition, which becomes empty, and no
 * longer about an earlier run's batch. `serial` is the baseline's.
 */
void deploy_result_take(struct deploy_result *result,
	struct transition *transition, uint64_t serial);

/*
 * If no batch was accepted, keep the id of the baseline's invalidation: the
 * caller may want to wait for that.
 */
void deploy_result_note_last(
	struct deploy_result *result, const struct baseline *baseline);

void deploy_result_release(struct deploy_result *result);

#endif
