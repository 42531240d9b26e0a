/*
 * Finds out what the protocol (deploy/deploy.h) has to do next for a build: the
 * guards of step 2, and step 4.
 */
#ifndef DEPLOY_PLAN_STEP_H
#define DEPLOY_PLAN_STEP_H

#include "deploy/deploy_result.h"
#include "deploy/deploy_state.h"

/* What a transition requires. */
enum step {
	STEP_NOTHING, /* caches can hold nothing else than the build */
	STEP_ADOPT, /* no URL is stale: only record the build */
	STEP_SUBMIT,
};

/*
 * Ask the guards about the build. The deploy remembers that it passed, so that
 * they are asked only once.
 */
int plan_step_guard(
	struct deploy *deploy, const struct manifest *build, struct err *err);

/*
 * Make the transition from what is known to the build; have it checked by the
 * guards, reviewed, and compared with a reviewed batch. It becomes the result's,
 * unless the result is about a batch of this very build and nothing is left to
 * do. If the guards refuse it, deploy->guarded is false.
 */
int plan_step(struct deploy *deploy, const struct manifest *build,
	struct deploy_result *result, enum step *step, struct err *err);

#endif
