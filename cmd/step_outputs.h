/*
 * The outputs that each command sets for later steps of a workflow, if
 * GITHUB_OUTPUT is set: numbers, hashes and ids, never the name of a file.
 */
#ifndef CMD_STEP_OUTPUTS_H
#define CMD_STEP_OUTPUTS_H

#include "deploy/deploy.h"

/* added, changed, removed; and manifest-hash, of the new build. */
int step_outputs_set_diff(const struct changes *changes,
	const struct manifest *after, struct err *err);

/* The same, and items: how many the plan has. */
int step_outputs_set_plan(const struct plan *plan,
	const struct changes *changes, const struct manifest *after,
	struct err *err);

/*
 * The same, and result ("accepted", "nothing to do" or "dry run");
 * caller-reference if there is a batch, and invalidation-id if CloudFront
 * accepted it.
 */
int step_outputs_set_invalidate(
	const struct deploy_result *result, bool dry_run, struct err *err);

#endif
