/*
 * Carries out what a build requires: steps 5 and 6 of the protocol in
 * deploy/deploy.h. The result has the transition, which deploy/plan_step.h made.
 * If a function fails, err says why, and the build is recorded as one that
 * caches can hold.
 */
#ifndef DEPLOY_CARRY_OUT_H
#define DEPLOY_CARRY_OUT_H

#include "deploy/deploy_result.h"
#include "deploy/deploy_state.h"

/*
 * Save the batch as pending and submit it. The build's manifest moves to the
 * baseline, or back if the batch is dropped. *again says that the baseline was
 * found to be an older or a forked copy, of which nothing is known any more: the
 * build needs another transition.
 */
enum deploy_outcome carry_out_submit(struct deploy *deploy,
	struct manifest *build, struct deploy_result *result, bool *again,
	struct err *err);

/* There is nothing to do, unless the baseline is an older copy: then *again. */
enum deploy_outcome carry_out_nothing(struct deploy *deploy,
	const struct manifest *build, bool *again, struct err *err);

/*
 * Record a build that makes no URL stale, unless the baseline is an older copy:
 * then *again. Its manifest moves to the baseline.
 */
enum deploy_outcome carry_out_adopt(struct deploy *deploy,
	struct manifest *build, struct deploy_result *result, bool *again,
	struct err *err);

#endif
