/*
 * A transition: the step from the build that the edge agrees with to a new one,
 * and the batch that brings the edge there.
 *
 * A pure function of two manifests, the options and the baseline's identity:
 * nothing is read, written, sent or logged. So a dry run makes exactly the
 * batch that the real run sends.
 */
#ifndef DEPLOY_TRANSITION_H
#define DEPLOY_TRANSITION_H

#include "diff/batch.h"
#include "diff/delta.h"
#include "manifest/baseline.h"

struct transition_options {
	struct url_rules rules;
	struct plan_limits limits;

	/* If nothing is known, assume that the edge is current. */
	bool assume_current;
};

struct transition {
	struct delta delta;
	char hash[SHA256_HEX_SIZE]; /* of the new manifest */
	char reference[CALLER_REFERENCE_SIZE];
	struct buf body; /* of the request */
};

/*
 * `before` is the manifest that the edge agrees with; NULL if nothing is known
 * about it: then the plan is everything under the mount. The distribution and
 * the lineage are the baseline's; `serial` is the one that this transition
 * leads to. Both manifests outlive the transition's delta. Errors are those of
 * delta_plan and ERR_MEMORY. Release on success and on failure.
 */
int transition_make(struct transition *transition,
	const struct transition_options *options, const struct manifest *before,
	const struct manifest *after, const struct baseline *baseline,
	uint64_t serial, struct err *err);

/*
 * The transition of a pending batch: from `before` (or NULL) to the pending
 * manifest, with the batch's own items as the plan. It has no body.
 */
int transition_recall(struct transition *transition,
	const struct transition_options *options, const struct manifest *before,
	const struct pending *pending, struct err *err);

void transition_release(struct transition *transition);

#endif
