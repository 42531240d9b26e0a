/* What a deployment knows, and what it records if it fails. */
#include "deploy/deploy_state.h"

#include "deploy/record_build.h"

bool
deploy_state_is_ahead(const struct deploy *deploy)
{
	return deploy->rehearse && deploy->baseline.has_pending;
}

const struct value_sets *
deploy_state_values(const struct deploy *deploy)
{
	return deploy_state_is_ahead(deploy) ? &deploy->baseline.pending.values
					     : &deploy->baseline.values;
}

struct submission
deploy_state_submission(struct deploy *deploy)
{
	return (struct submission){
		.mount = &deploy->mount,
		.cloudfront = deploy->cloudfront,
		.store = deploy->store,
		.callbacks = deploy->callbacks,
		.baseline = &deploy->baseline,
		.look = deploy->history,
		.wait_max = deploy->wait_max,
	};
}

int
deploy_state_record(
	struct deploy *deploy, const struct manifest *build, bool outdated)
{
	struct err err = ERR_INIT;

	if (deploy->rehearse ||
		record_build(&deploy->mount, deploy->store, deploy->callbacks,
			&deploy->baseline, build, outdated, NULL, &err) == 0)
		return 0;
	callbacks_log(deploy->callbacks, DEPLOY_ERROR,
		"caches may hold this build, but that could not be recorded "
		"(%s): run 'edgediff announce' with it before anything else "
		"is uploaded",
		err.message);
	return -1;
}

enum deploy_outcome
deploy_state_fail(
	struct deploy *deploy, const struct manifest *build, bool outdated)
{
	(void)deploy_state_record(deploy, build, outdated);
	return DEPLOY_FAILED;
}
