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

	/* the delta's; on the heap, so that a transition can be moved */
	struct transition_rules *rules;
};

/*
 * Begin with the changes. `before` is the manifest of the last batch that was
 * accepted, NULL if there was none, and `values` are what caches can hold beside
 * it (NULL: nothing). All three outlive the transition. Fails only if memory
 * runs out. Release on success and on failure.
 */
int transition_find(struct transition *transition,
	const struct manifest *before, const struct value_sets *values,
	const struct manifest *after, struct err *err);

/*
 * Then make the plan and the batch. The distribution, the lineage and the tag
 * are the baseline's; `serial` is the one that this transition leads to. The
 * forms of the URLs at the last deployment are the baseline's, or its pending
 * batch's if the transition starts at its manifest. A baseline of format 1 does
 * not tell: then they are those of the options' defaults, so that what other
 * options add is stale once. If the options of that deployment left out what these
 * do not (diff/left_out.h), the plan is for everything, and also if what was known
 * of the site then cannot be read. Errors are those of
 * delta_plan and url_forms_read, and ERR_MEMORY.
 */
int transition_plan(struct transition *transition,
	const struct transition_options *options,
	const struct baseline *baseline, uint64_t serial, struct err *err);

/*
 * The transition of a pending batch: from `before` (or NULL) and `values` to
 * the pending manifest, with the batch's own items as the plan. It has no body.
 */
int transition_recall(struct transition *transition,
	const struct transition_options *options, const struct manifest *before,
	const struct value_sets *values, const struct pending *pending,
	struct err *err);

/*
 * What was known of the site (diff/site_text.h) when `before` was deployed, which
 * is one of the baseline's manifests or NULL; NULL if nothing was.
 */
const char *transition_last_site(
	const struct baseline *baseline, const struct manifest *before);

void transition_release(struct transition *transition);

#endif
