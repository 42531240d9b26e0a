/* The exactly-once protocol between the baseline's store and CloudFront. */
#include "deploy/deploy.h"

#include <assert.h>
#include <string.h>

#include "base/clock.h"
#include "base/escape.h"
#include "base/plural.h"
#include "deploy/lineage.h"
#include "deploy/submit.h"

/* What the edge agrees with; NULL if nothing is known about it. */
static const struct manifest *
known_manifest(const struct deploy *deploy)
{
	const struct baseline *baseline = &deploy->baseline;

	/* in a rehearsal a pending batch counts as accepted */
	if (deploy->rehearse && baseline->has_pending)
		return &baseline->pending.manifest;
	return baseline->serial > 0 ? &baseline->manifest : NULL;
}

/* What else caches can hold, relative to that manifest, or an empty one. */
static const struct value_sets *
known_values(const struct deploy *deploy)
{
	const struct baseline *baseline = &deploy->baseline;

	return deploy->rehearse && baseline->has_pending
		       ? &baseline->pending.values
		       : &baseline->values;
}

static uint64_t
next_serial(const struct deploy *deploy)
{
	const struct baseline *baseline = &deploy->baseline;

	return baseline->serial + 1 +
	       (deploy->rehearse && baseline->has_pending);
}

static bool
is_interrupted(const struct deploy *deploy)
{
	return deploy->callbacks->is_interrupted(deploy->callbacks->context);
}

static void
hold_signals(const struct deploy *deploy)
{
	deploy->callbacks->hold_signals(deploy->callbacks->context);
}

static void
release_signals(const struct deploy *deploy)
{
	deploy->callbacks->release_signals(deploy->callbacks->context);
}

/* Load the baseline, or start an empty one. */
static int
load_baseline(struct deploy *deploy, struct err *err)
{
	struct baseline *baseline = &deploy->baseline;
	long long began = clock_elapsed();
	struct escaped_name shown;

	if (store_load(deploy->store, baseline, &deploy->found, err) != 0)
		return -1;
	callbacks_log_elapsed(deploy->callbacks, began, "read the baseline %s",
		escape_show_str(&shown, deploy->store->where));
	if (!deploy->found) {
		if (baseline_begin(baseline, deploy->distribution,
			    deploy->options.rules.prefix, err) != 0)
			return -1;
		return lineage_renew(baseline, deploy->callbacks, err);
	}
	if (strcmp(baseline->distribution, deploy->distribution) == 0)
		return 0;
	return err_set(err, ERR_INPUT,
		"%s: this is the baseline of distribution %s, not of %s: give "
		"each distribution a --baseline of its own",
		escape_show_str(&shown, deploy->store->where),
		baseline->distribution, deploy->distribution);
}

/* Steps 4 and 5; the result is about the batch that was accepted. */
static enum deploy_outcome
submit_and_record(struct deploy *deploy, bool fresh, long long began,
	struct deploy_result *result, struct err *err)
{
	struct baseline *baseline = &deploy->baseline;
	enum deploy_outcome outcome;
	struct submission submission = {
		.cloudfront = deploy->cloudfront,
		.store = deploy->store,
		.callbacks = deploy->callbacks,
		.baseline = baseline,
		.fresh = fresh,
		.began = began,
		.wait_max = deploy->wait_max,
	};
	uint64_t serial = baseline->serial + 1;
	long long since = clock_elapsed();
	char hash[SHA256_HEX_SIZE];

	memcpy(hash, baseline->pending.manifest.hash, sizeof(hash));
	outcome = submit_pending(&submission, &result->invalidation, err);
	if (outcome != DEPLOY_DONE)
		return outcome;
	callbacks_log_elapsed(deploy->callbacks, since,
		"sent the batch and recorded that it was accepted");
	deploy_result_accept(result, hash, serial, !fresh);
	return DEPLOY_DONE;
}

static int
review(const struct deploy *deploy, const struct transition *transition,
	bool earlier, struct err *err)
{
	return deploy->callbacks->review(
		deploy->callbacks->context, &transition->delta, earlier, err);
}

/* Submit the pending batch of an earlier run. */
static enum deploy_outcome
settle(struct deploy *deploy, struct deploy_result *result, struct err *err)
{
	struct baseline *baseline = &deploy->baseline;
	struct transition *transition = &result->transition;
	enum deploy_outcome outcome;

	callbacks_log(deploy->callbacks, DEPLOY_INFO,
		"submitting the pending batch %s of an earlier run",
		baseline->pending.reference);
	transition_release(transition);
	if (transition_recall(transition, &deploy->options,
		    known_manifest(deploy), known_values(deploy),
		    &baseline->pending, err) != 0 ||
		review(deploy, transition, true, err) != 0 ||
		store_ready(deploy->store, err) != 0)
		return submit_keep_pending(err);
	hold_signals(deploy);
	outcome = submit_and_record(deploy, false, 0, result, err);
	if (outcome != DEPLOY_DONE)
		return outcome;
	deploy->settled = true;
	callbacks_log(deploy->callbacks, DEPLOY_INFO, "accepted as %s",
		result->invalidation.id);
	release_signals(deploy);
	return DEPLOY_DONE;
}

enum deploy_outcome
deploy_begin(
	struct deploy *deploy, struct deploy_result *result, struct err *err)
{
	struct baseline *baseline = &deploy->baseline;
	enum deploy_outcome outcome = DEPLOY_DONE;
	struct escaped_name shown;

	assert(deploy->rehearse || deploy->cloudfront);
	baseline_init(baseline);
	if (load_baseline(deploy, err) != 0)
		return DEPLOY_FAILED;
	if (deploy->rehearse && baseline->has_pending)
		callbacks_log(deploy->callbacks, DEPLOY_INFO,
			"the pending batch %s of an earlier run would be sent "
			"first",
			baseline->pending.reference);
	/* another run may have made a batch pending since */
	while (!deploy->rehearse && outcome == DEPLOY_DONE &&
		baseline->has_pending)
		outcome = settle(deploy, result, err);
	if (outcome != DEPLOY_DONE || known_manifest(deploy) ||
		deploy->first_run != FIRST_RUN_FAIL)
		return outcome;
	err_set(err, ERR_INPUT,
		"no baseline at %s, and --first-run fail forbids creating one; "
		"use --first-run all to invalidate everything and create it",
		escape_show_str(&shown, deploy->store->where));
	return deploy_failed(deploy);
}

size_t
deploy_expected_objects(const struct deploy *deploy)
{
	const struct manifest *known = known_manifest(deploy);

	return known ? known->count : 0;
}

enum deploy_outcome
deploy_failed(const struct deploy *deploy)
{
	return deploy->settled ? DEPLOY_SETTLED_ONLY : DEPLOY_FAILED;
}

/* Say what the build changes. */
static void
log_changes(const struct deploy *deploy, const struct delta *delta)
{
	const struct changes *changes = &delta->changes;
	size_t count = delta->after->count;
	struct escaped_name shown;

	if (!delta->before)
		callbacks_log(deploy->callbacks, DEPLOY_INFO,
			"no baseline at %s: a first deployment of %zu object%s",
			escape_show_str(&shown, deploy->store->where), count,
			plural_s(count));
	else
		callbacks_log(deploy->callbacks, DEPLOY_INFO,
			"%zu object%s: %zu added, %zu changed, %zu removed",
			count, plural_s(count), changes->added,
			changes->changed, changes->removed);
}

/* Step 2. */
static int
make_transition(const struct deploy *deploy, const struct manifest *build,
	struct transition *transition, struct err *err)
{
	const struct plan *plan = &transition->delta.plan;
	long long began = clock_elapsed();

	if (transition_find(transition, known_manifest(deploy),
		    known_values(deploy), build, err) != 0 ||
		transition_plan(transition, &deploy->options, &deploy->baseline,
			next_serial(deploy), err) != 0)
		return -1;
	callbacks_log_elapsed(deploy->callbacks, began,
		"planned %zu item%s for %zu stale of %zu URL%s", plan->count,
		plural_s(plan->count), plan->stale, plan->urls,
		plural_s(plan->urls));
	log_changes(deploy, &transition->delta);
	return 0;
}

/* What a transition requires. */
enum step {
	STEP_NOTHING, /* the build is the baseline's */
	STEP_ADOPT, /* no URL is stale: only record the build */
	STEP_SUBMIT,
};

static enum step
next_step(const struct transition *transition)
{
	const struct delta *delta = &transition->delta;

	if (delta->before && delta->changes.count == 0)
		return STEP_NOTHING;
	return delta->plan.count == 0 ? STEP_ADOPT : STEP_SUBMIT;
}

/* Called before anything is written. */
static int
check_reviewed(const struct deploy *deploy, const struct transition *transition,
	enum step step, struct err *err)
{
	if (!deploy->reviewed)
		return 0;
	return reviewed_check(deploy->reviewed, transition,
		step == STEP_NOTHING, deploy->callbacks, err);
}

/* Move the manifest of the build into the pending batch. */
static void
move_to_pending(struct deploy *deploy, struct manifest *build)
{
	struct pending *pending = &deploy->baseline.pending;

	manifest_release(&pending->manifest);
	value_sets_release(&pending->values);
	pending->manifest = *build;
	manifest_init(build);
}

/* Record a build that makes no URL stale. */
static enum deploy_outcome
adopt(struct deploy *deploy, struct manifest *build,
	struct deploy_result *result, struct err *err)
{
	struct baseline *baseline = &deploy->baseline;

	if (baseline->serial == 0) {
		memcpy(baseline->create_time, "-", 2);
		memcpy(baseline->invalidation, "-", 2);
	}
	move_to_pending(deploy, build);
	baseline_advance(baseline);
	if (store_save(deploy->store, baseline, err) != 0)
		return deploy_failed(deploy);
	result->recorded = true;
	result->serial = baseline->serial;
	return DEPLOY_DONE;
}

/* Steps 3 to 5. */
static enum deploy_outcome
submit(struct deploy *deploy, struct manifest *build,
	struct deploy_result *result, struct err *err)
{
	struct pending *pending = &deploy->baseline.pending;
	struct transition *transition = &result->transition;
	enum deploy_outcome outcome;
	long long began = clock_elapsed();

	if (is_interrupted(deploy)) {
		err_set(err, ERR_BUSY, "interrupted: nothing was sent");
		return deploy_failed(deploy);
	}
	/* without credentials, the batch should not become pending */
	if (aws_client_prepare(&deploy->cloudfront->client, err) != 0)
		return deploy_failed(deploy);
	memcpy(pending->reference, transition->reference,
		sizeof(transition->reference));
	buf_release(&pending->body);
	pending->body = transition->body;
	buf_init(&transition->body, BODY_MAX);
	move_to_pending(deploy, build);
	deploy->baseline.has_pending = true;
	hold_signals(deploy);
	if (store_save(deploy->store, &deploy->baseline, err) != 0) {
		release_signals(deploy); /* nothing was sent */
		return deploy_failed(deploy);
	}
	callbacks_log_elapsed(
		deploy->callbacks, began, "recorded the batch as pending");
	outcome = submit_and_record(deploy, true, began, result, err);
	return outcome == DEPLOY_FAILED ? deploy_failed(deploy) : outcome;
}

static enum deploy_outcome
carry_out(struct deploy *deploy, struct manifest *build, enum step step,
	struct deploy_result *result, struct err *err)
{
	enum deploy_outcome outcome = DEPLOY_DONE;

	if (deploy->rehearse) {
		if (step != STEP_SUBMIT)
			callbacks_log(deploy->callbacks, DEPLOY_INFO,
				"nothing would be sent for this build");
		memcpy(result->reference, result->transition.reference,
			CALLER_REFERENCE_SIZE);
		return DEPLOY_DONE;
	}
	if (step == STEP_ADOPT)
		outcome = adopt(deploy, build, result, err);
	else if (step == STEP_SUBMIT)
		outcome = submit(deploy, build, result, err);
	deploy_result_note_last(result, &deploy->baseline);
	return outcome;
}

enum deploy_outcome
deploy_build(struct deploy *deploy, struct manifest *build,
	struct deploy_result *result, struct err *err)
{
	enum deploy_outcome outcome = deploy_failed(deploy);
	struct transition transition = {.reference = ""};
	enum step step;
	bool is_news;

	if (make_transition(deploy, build, &transition, err) != 0)
		goto out;
	step = next_step(&transition);
	/* the batch just submitted, if it was this build's, is the result */
	is_news = !result->settled || step != STEP_NOTHING ||
		  strcmp(result->hash, transition.hash) != 0;
	if (is_news && review(deploy, &transition, false, err) != 0)
		goto out;
	if (check_reviewed(deploy, &transition, step, err) != 0)
		goto out;
	if (is_news)
		deploy_result_take(
			result, &transition, deploy->baseline.serial);
	outcome = carry_out(deploy, build, step, result, err);
out:
	transition_release(&transition);
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
