/* Submits the pending batch of an earlier run. */
#include "deploy/settle.h"

#include <string.h>

#include "deploy/submit.h"

static int
prepare_to_settle(
	struct deploy *deploy, struct transition *transition, struct err *err)
{
	struct baseline *baseline = &deploy->baseline;

	transition_release(transition);
	if (transition_recall(transition, &deploy->options,
		    baseline->serial > 0 ? &baseline->manifest : NULL,
		    &baseline->values, &baseline->pending, err) != 0)
		return -1;
	if (deploy->callbacks->review(deploy->callbacks->context,
		    &transition->delta, baseline->pending.reference, true,
		    err) != 0)
		return -1;
	return store_ready(deploy->store, err);
}

/* Submit the pending batch of an earlier run. */
static enum deploy_outcome
settle(struct deploy *deploy, struct deploy_result *result, struct err *err)
{
	struct submission submission = deploy_state_submission(deploy);
	struct baseline *baseline = &deploy->baseline;
	uint64_t serial = baseline->serial + 1;
	char hash[SHA256_HEX_SIZE], lineage[LINEAGE_DIGITS + 1];
	enum submit_outcome outcome;
	int rc;

	callbacks_log(deploy->callbacks, DEPLOY_INFO,
		"submitting the pending batch %s of an earlier run",
		baseline->pending.reference);
	rc = prepare_to_settle(deploy, &result->transition, err);
	delta_detach(&result->transition.delta);
	if (rc != 0) {
		submit_keep_pending(err);
		return DEPLOY_PENDING;
	}
	memcpy(hash, baseline->pending.manifest.hash, sizeof(hash));
	memcpy(lineage, baseline->lineage, sizeof(lineage));
	outcome = submit_pending(&submission, &result->invalidation, NULL, err);
	deploy->renewed |= strcmp(lineage, baseline->lineage) != 0;
	switch (outcome) {
	case SUBMIT_ACCEPTED:
		deploy->looked = true;
		deploy_result_accept(result, hash, serial, true);
		callbacks_log(deploy->callbacks, DEPLOY_INFO, "accepted as %s",
			result->invalidation.id);
		return DEPLOY_DONE;
	case SUBMIT_REFUSED:
		callbacks_log(deploy->callbacks, DEPLOY_WARNING,
			"the batch of an earlier run is dropped, and what it "
			"covered is covered anew: %s",
			err->message);
		return DEPLOY_DONE;
	case SUBMIT_FORKED:
		return DEPLOY_DONE;
	default:
		return DEPLOY_PENDING;
	}
}

/* Another run may have made a batch pending in the meantime. */
enum deploy_outcome
settle_pending(
	struct deploy *deploy, struct deploy_result *result, struct err *err)
{
	enum deploy_outcome outcome = DEPLOY_DONE;

	while (outcome == DEPLOY_DONE && deploy->baseline.has_pending)
		outcome = settle(deploy, result, err);
	return outcome;
}
