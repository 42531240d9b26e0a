/*
 * What each command gives to the steps behind it in a workflow, where
 * GITHUB_OUTPUT is set: numbers, hashes and ids, never a name.
 */
#ifndef CMD_STEP_OUTPUTS_H
#define CMD_STEP_OUTPUTS_H

#include "deploy/deploy.h"

/* added, changed, removed; manifest-hash, of the new build. */
int step_outputs_of_diff(const struct changes *changes,
	const struct manifest *after, struct err *err);

/* The same, and items. */
int step_outputs_of_plan(const struct plan *plan, const struct changes *changes,
	const struct manifest *after, struct err *err);

/*
 * The same, and result ("accepted", "nothing to do", "dry run"), and where
 * there is a batch caller-reference, where it was accepted invalidation-id.
 */
int step_outputs_of_invalidate(
	const struct deploy_result *result, bool dry_run, struct err *err);

#endif
