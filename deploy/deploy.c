/* The exactly-once protocol between the baseline's store and CloudFront. */
#include "deploy/deploy.h"

#include <assert.h>
#include <string.h>

#include "base/escape.h"
#include "deploy/carry_out.h"
#include "deploy/lineage.h"
#include "deploy/plan_step.h"
#include "deploy/settle.h"
#include "deploy/submit.h"
#include "manifest/manifest_copy.h"

enum {
	/* Each time everything is invalidated under a new random lineage. */
	FORKS_MAX = 3,
};

static void
hold_signals(const struct deploy *deploy)
{
	deploy->callbacks->hold_signals(deploy->callbacks->context);
}

/*
 * Before the first acceptance another copy may have used the reference of this
 * baseline's first batch, and nothing but a new lineage keeps them apart.
 */
static int
renew_first_lineage(struct deploy *deploy, struct err *err)
{
	struct baseline *baseline = &deploy->baseline;

	if (!deploy->found) {
		deploy->renewed = true; /* it was just made */
		return 0;
	}
	if (deploy->rehearse || baseline->serial > 0 || baseline->has_pending)
		return 0;
	deploy->renewed = true;
	return lineage_renew(baseline, deploy->callbacks, err);
}

int
deploy_begin(struct deploy *deploy, struct err *err)
{
	struct baseline *baseline = &deploy->baseline;
	struct escaped_name shown;

	assert(deploy->rehearse || deploy->cloudfront);
	deploy->mount.prefix = deploy->options.rules.prefix;
	baseline_init(baseline);
	if (mount_load(&deploy->mount, deploy->store, deploy->callbacks,
		    baseline, &deploy->found, err) != 0 ||
		renew_first_lineage(deploy, err) != 0)
		return -1;
	deploy->options.assume_current =
		!deploy->found && deploy->first_run == FIRST_RUN_NONE;
	if (deploy_state_is_ahead(deploy))
		callbacks_log(deploy->callbacks, DEPLOY_INFO,
			"the pending batch %s of an earlier run would be sent "
			"first",
			baseline->pending.reference);
	if (deploy->found || deploy->first_run != FIRST_RUN_FAIL)
		return 0;
	return err_set(err, ERR_INPUT,
		"no baseline at %s, and --first-run fail forbids creating one; "
		"use --first-run all to invalidate everything and create it",
		escape_show_str(&shown, deploy->store->where));
}

size_t
deploy_expected_objects(const struct deploy *deploy)
{
	const struct manifest *last = baseline_last(&deploy->baseline);

	return last ? last->count : 0;
}

/* Record the build before: settling can fail, and caches are filling. */
static enum deploy_outcome
record_and_settle(struct deploy *deploy, const struct manifest *build,
	struct deploy_result *result, struct err *err)
{
	if (deploy_state_record(deploy, build, false) != 0) {
		err_set(err, ERR_BUSY,
			"a batch of an earlier run is pending, "
			"and was not sent");
		submit_keep_pending(err);
		return DEPLOY_PENDING;
	}
	return settle_pending(deploy, result, err);
}

enum deploy_outcome
deploy_without_build(struct deploy *deploy, struct deploy_result *result)
{
	enum deploy_outcome outcome;
	struct err err = ERR_INIT;

	if (deploy->rehearse || !deploy->baseline.has_pending)
		return DEPLOY_FAILED;
	hold_signals(deploy);
	outcome = settle_pending(deploy, result, &err);
	if (outcome == DEPLOY_DONE)
		return DEPLOY_FAILED;
	callbacks_log(deploy->callbacks, DEPLOY_ERROR, "%s", err.message);
	return outcome;
}

/* Steps 4 to 6, once. */
static enum deploy_outcome
deploy_once(struct deploy *deploy, struct manifest *build,
	struct deploy_result *result, bool *again, struct err *err)
{
	enum step step;

	*again = false;
	if (plan_step(deploy, build, result, &step, err) != 0)
		return deploy->guarded ? deploy_state_fail(deploy, build, false)
				       : DEPLOY_FAILED;
	if (deploy->rehearse) {
		if (step != STEP_SUBMIT)
			callbacks_log(deploy->callbacks, DEPLOY_INFO,
				"nothing would be sent for this build");
		memcpy(result->reference, result->transition.reference,
			CALLER_REFERENCE_SIZE);
		return DEPLOY_DONE;
	}
	if (step == STEP_NOTHING)
		return carry_out_nothing(deploy, build, again, err);
	return step == STEP_ADOPT
		       ? carry_out_adopt(deploy, build, result, again, err)
		       : carry_out_submit(deploy, build, result, again, err);
}

/*
 * Get ready to plan again: take the build from the baseline if its batch was
 * accepted. Another run may be ahead, even with a batch that must be sent first.
 */
static int
build_anew(struct deploy *deploy, struct manifest *build, const char *hash,
	struct err *err)
{
	const struct manifest *accepted = &deploy->baseline.manifest;
	bool ahead = deploy->baseline.has_pending;

	if (!ahead && build->hash[0])
		return 0; /* it was not taken, or was given back */
	if (!ahead && strcmp(accepted->hash, hash) == 0)
		return manifest_copy(build, accepted, err);
	if (build->hash[0])
		(void)deploy_state_record(deploy, build, false);
	return err_set(err, ERR_BUSY,
		"another deployment has changed the baseline in the "
		"meantime: run again");
}

/* Was a batch of this build accepted, and recorded? */
static bool
is_sent(const struct deploy_result *result, const char *hash)
{
	return result->accepted && strcmp(result->hash, hash) == 0;
}

/* Until nothing shows any more that the baseline is not the newest copy. */
static enum deploy_outcome
deploy_until_known(struct deploy *deploy, struct manifest *build,
	struct deploy_result *result, struct err *err)
{
	char hash[SHA256_HEX_SIZE];
	enum deploy_outcome outcome;
	bool again, sent;
	int i;

	memcpy(hash, build->hash, sizeof(hash));
	/* an earlier batch of it counts unless another build came after it */
	sent = is_sent(result, hash) &&
	       strcmp(deploy->baseline.manifest.hash, hash) == 0;
	for (i = 0; i < FORKS_MAX; i++) {
		outcome = deploy_once(deploy, build, result, &again, err);
		sent |= is_sent(result, hash);
		if (outcome == DEPLOY_FAILED && sent)
			return DEPLOY_ACCEPTED_ONLY;
		if (outcome != DEPLOY_DONE || !again)
			return outcome;
		if (build_anew(deploy, build, hash, err) != 0)
			return sent ? DEPLOY_ACCEPTED_ONLY : DEPLOY_FAILED;
	}
	err_set(err, ERR_SERVICE,
		"%d times in a row, CloudFront knew more than this baseline: "
		"is another copy of it in use right now? Keep one, and run "
		"again",
		FORKS_MAX);
	return sent ? DEPLOY_ACCEPTED_ONLY : DEPLOY_FAILED;
}

/*
 * The look at the bucket can take long, in which caches are filled, and the run
 * may be killed: record the build before.
 */
static enum deploy_outcome
record_before_check(
	struct deploy *deploy, const struct manifest *build, struct err *err)
{
	if (plan_step_guard(deploy, build, err) != 0)
		return DEPLOY_FAILED;
	if (deploy_state_record(deploy, build, false) != 0)
		err_set(err, ERR_BUSY, "the build could not be recorded");
	else if (deploy->baseline.has_pending)
		err_set(err, ERR_BUSY,
			"another deployment has changed the baseline in the "
			"meantime: run again");
	else
		return DEPLOY_DONE;
	return DEPLOY_FAILED;
}

enum deploy_outcome
deploy_build(struct deploy *deploy, struct manifest *build,
	struct deploy_result *result, struct err *err)
{
	enum deploy_outcome outcome = DEPLOY_DONE;

	if (!deploy->rehearse) {
		hold_signals(deploy);
		if (deploy->baseline.has_pending) {
			if (plan_step_guard(deploy, build, err) != 0)
				return deploy_without_build(deploy, result);
			outcome = record_and_settle(deploy, build, result, err);
		} else if (deploy->callbacks->check_upload) {
			outcome = record_before_check(deploy, build, err);
		}
	}
	if (outcome == DEPLOY_DONE)
		outcome = deploy_until_known(deploy, build, result, err);
	/* what was loaded anew, or moved, must not be pointed at */
	if (outcome != DEPLOY_DONE || result->recorded)
		delta_detach(&result->transition.delta);
	deploy_result_note_last(result, &deploy->baseline);
	/* nothing was sent or saved: a signal may end the process again */
	if (outcome == DEPLOY_DONE && !result->recorded)
		deploy->callbacks->release_signals(deploy->callbacks->context);
	return outcome;
}

bool
deploy_is_pending(struct store *store)
{
	struct err ignored = ERR_INIT;
	struct baseline baseline;
	bool found, pending;

	baseline_init(&baseline);
	pending = store_load(store, &baseline, &found, &ignored) == 0 &&
		  baseline.has_pending;
	baseline_release(&baseline);
	return pending;
}

void
deploy_release(struct deploy *deploy)
{
	baseline_release(&deploy->baseline);
}
