/*
 * A transition: from what the edge is known to agree with to a build, with the
 * plan that brings it there and the batch that carries the plan.
 *
 * Made from its inputs alone (the build is read, nothing is written or sent),
 * so a dry run makes the very batch that the real run then sends.
 */
#ifndef DEPLOY_TRANSITION_H
#define DEPLOY_TRANSITION_H

#include "diff/batch.h"
#include "diff/changes.h"
#include "diff/planned.h"
#include "diff/url_rules.h"
#include "diff/url_set.h"
#include "manifest/baseline.h"
#include "manifest/build.h"

struct transition_options {
	const char *build; /* path */
	struct build_options reading;
	struct url_rules rules;
	struct plan_limits limits;
	bool allow_empty;
	bool take_for_fresh; /* with nothing known, drop nothing */
};

struct transition {
	struct manifest after; /* empty once it is handed to a baseline */
	struct changes changes;
	struct url_set urls;
	struct plan plan;
	char hash[SHA256_HEX_SIZE]; /* of after */
	char reference[CALLER_REFERENCE_SIZE];
	struct buf body; /* of the request */
};

/*
 * `known` is the manifest that the edge agrees with, NULL where nothing is
 * known of it: then the plan is everything under the mount. `serial` is the
 * one that this transition leads to. Release on success and on failure.
 */
int transition_make(struct transition *transition,
	const struct transition_options *options, const struct manifest *known,
	const char *distribution, const char *lineage, uint64_t serial,
	struct err *err);

/*
 * The plan and what it was made from, with the same options and `known`.
 * `after` is the transition's, or the pending batch's where it has none.
 */
struct planned transition_planned(const struct transition *transition,
	const struct transition_options *options, const struct manifest *known,
	const struct manifest *after);
void transition_release(struct transition *transition);

/*
 * The transition that a pending batch stands for: `known` (or NULL) to the
 * pending manifest, with the batch's own items as the plan. `after` stays
 * empty. Release on success and on failure.
 */
int transition_recall(struct transition *transition,
	const struct transition_options *options, const struct manifest *known,
	const struct pending *pending, struct err *err);

/* The texts of a plan's items, to be freed; NULL where there is no memory. */
const char **plan_texts(const struct plan *plan);

#endif
