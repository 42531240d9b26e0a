/* The exactly-once protocol between the baseline's store and CloudFront. */
#include "deploy/deploy.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/escape.h"
#include "base/plural.h"
#include "cmd/console/interrupt.h"
#include "cmd/console/output.h"
#include "cmd/warn.h"
#include "deploy/submit.h"
#include "manifest/manifest_unknown.h"

/* What one run holds open. */
struct deploy_run {
	const struct deploy *deploy;
	struct deploy_result *result;
	struct baseline baseline;
	bool found; /* there was a baseline */
};

/* Load, or begin a baseline that knows nothing. */
static int
load_baseline(struct deploy_run *run, struct err *err)
{
	const struct deploy *deploy = run->deploy;
	struct baseline *baseline = &run->baseline;
	long long began = clock_elapsed();
	struct escaped_name shown;

	if (store_load(deploy->store, baseline, &run->found, err) != 0)
		return -1;
	log_elapsed(began, "read the baseline %s",
		escape_show_str(&shown, deploy->store->where));
	if (!run->found) {
		memcpy(baseline->distribution, deploy->distribution,
			strlen(deploy->distribution) + 1);
		return lineage_make(baseline, err);
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
static enum exit_status
settle(struct deploy_run *run, bool fresh, long long began, struct err *err)
{
	const struct deploy *deploy = run->deploy;
	struct baseline *baseline = &run->baseline;
	struct deploy_result *result = run->result;
	enum exit_status status;
	struct submission submission = {
		.cloudfront = deploy->cloudfront,
		.store = deploy->store,
		.baseline = baseline,
		.fresh = fresh,
		.began = began,
		.wait_max = deploy->wait_max,
	};
	uint64_t serial = baseline->serial + 1;
	long long since = clock_elapsed();
	char hash[SHA256_HEX_SIZE];

	memcpy(hash, baseline->pending.manifest.hash, sizeof(hash));
	status = submit_pending(&submission, &result->invalidation, err);
	if (status != EXIT_DONE)
		return status;
	log_elapsed(since, "sent the batch and recorded that it was accepted");
	snprintf(result->reference, sizeof(result->reference), "%s",
		result->invalidation.caller_reference);
	result->accepted = true;
	result->recorded = true;
	result->settled = !fresh;
	result->serial = serial;
	memcpy(result->hash, hash, sizeof(result->hash));
	return EXIT_DONE;
}

static int
review(const struct deploy_run *run, const struct manifest *known,
	const struct manifest *after, const struct transition *t,
	struct err *err)
{
	const struct deploy *deploy = run->deploy;
	struct planned planned =
		transition_planned(t, &deploy->options, known, after);

	return deploy->review(deploy->review_context, &planned, err);
}

static enum exit_status
settle_earlier(struct deploy_run *run, struct err *err)
{
	struct baseline *baseline = &run->baseline;
	struct deploy_result *result = run->result;
	const struct manifest *known =
		baseline->serial > 0 ? &baseline->manifest : NULL;
	enum exit_status status;

	log_info("settling the pending batch %s of an earlier run",
		baseline->pending.reference);
	if (transition_recall(&result->transition, &run->deploy->options, known,
		    &baseline->pending, err) != 0 ||
		review(run, known, &baseline->pending.manifest,
			&result->transition, err) != 0)
		return still_pending(err);
	if (store_ready(run->deploy->store, err) != 0)
		return still_pending(err);
	interrupts_hold();
	status = settle(run, false, 0, err);
	if (status != EXIT_DONE)
		return status;
	log_info("accepted as %s", result->invalidation.id);
	interrupts_release();
	return EXIT_DONE;
}

/* Make the transition from what the run's baseline says; say what it is. */
static int
prepare(struct deploy_run *run, struct transition *t,
	const struct manifest *known, uint64_t serial, struct err *err)
{
	const struct deploy *deploy = run->deploy;
	struct planned planned;
	struct escaped_name shown;

	if (!known && deploy->first_run == FIRST_RUN_FAIL)
		return err_set(err, ERR_INPUT,
			"no baseline at %s: --first-run all drops everything "
			"and starts one",
			escape_show_str(&shown, deploy->store->where));
	if (transition_make(t, &deploy->options, known, deploy->distribution,
		    run->baseline.lineage, serial, err) != 0)
		return -1;
	if (!known)
		log_info(
			"no baseline at %s: a first deployment of %zu object%s",
			escape_show_str(&shown, deploy->store->where),
			t->after.count, plural_s(t->after.count));
	else
		log_info("%zu object%s: %zu added, %zu changed, %zu removed",
			t->after.count, plural_s(t->after.count),
			t->changes.added, t->changes.changed,
			t->changes.removed);
	planned = transition_planned(t, &deploy->options, known, &t->after);
	warn_of(&planned);
	return 0;
}

/* What a transition asks for. */
enum step {
	STEP_NOTHING, /* the build is the baseline's */
	STEP_ADOPT, /* no URL is stale: only record the build */
	STEP_SUBMIT,
};

static enum step
next_step(const struct transition *t, bool known)
{
	if (known && t->changes.count == 0)
		return STEP_NOTHING;
	return t->plan.count == 0 ? STEP_ADOPT : STEP_SUBMIT;
}

/* Nothing is written before this. */
static int
check_reviewed(const struct deploy_run *run, const struct transition *t,
	enum step step, struct err *err)
{
	const struct reviewed *reviewed = run->deploy->reviewed;
	enum reviewed_edge edge = REVIEWED_UNKNOWN;

	if (run->found && manifest_count_unknown(&run->baseline.manifest) == 0)
		edge = REVIEWED_BEHIND;

	if (step == STEP_NOTHING)
		edge = REVIEWED_AGREES;
	return reviewed ? reviewed_check(reviewed, t, edge, err) : 0;
}

static enum exit_status
adopt(struct deploy_run *run, struct transition *t, struct err *err)
{
	struct baseline *baseline = &run->baseline;

	if (baseline->serial == 0) {
		memcpy(baseline->create_time, "-", 2);
		memcpy(baseline->invalidation, "-", 2);
	}
	manifest_release(&baseline->pending.manifest);
	baseline->pending.manifest = t->after;
	manifest_init(&t->after);
	baseline_advance(baseline);
	if (store_save(run->deploy->store, baseline, err) != 0)
		return EXIT_FAILED;
	run->result->recorded = true;
	run->result->serial = baseline->serial;
	return EXIT_DONE;
}

/* Steps 3 to 5 for the transition that was made. */
static enum exit_status
submit(struct deploy_run *run, struct transition *t, struct err *err)
{
	struct pending *pending = &run->baseline.pending;
	long long began = clock_elapsed();

	if (interrupted(NULL)) {
		err_set(err, ERR_BUSY, "interrupted: nothing was sent");
		return EXIT_FAILED;
	}
	/* without credentials nothing need become pending */
	if (aws_client_prepare(&run->deploy->cloudfront->client, err) != 0)
		return EXIT_FAILED;
	memcpy(pending->reference, t->reference, sizeof(t->reference));
	buf_release(&pending->body);
	pending->body = t->body;
	buf_init(&t->body, BODY_MAX);
	manifest_release(&pending->manifest);
	pending->manifest = t->after;
	manifest_init(&t->after);
	run->baseline.has_pending = true;
	interrupts_hold();
	if (store_save(run->deploy->store, &run->baseline, err) != 0) {
		interrupts_release(); /* nothing was sent: it ends here */
		return EXIT_FAILED;
	}
	log_elapsed(began, "recorded the batch as pending");
	return settle(run, true, began, err);
}

/* The result is about this transition, not about one that was settled. */
static void
take_transition(struct deploy_result *result, struct transition *t)
{
	transition_release(&result->transition);
	result->transition = *t;
	*t = (struct transition){0};
	result->accepted = false;
	result->settled = false;
	memcpy(result->hash, result->transition.hash, sizeof(result->hash));
}

/* Steps 2 to 5. */
static enum exit_status
deploy_build(struct deploy_run *run, struct err *err)
{
	struct baseline *baseline = &run->baseline;
	struct deploy_result *result = run->result;
	const struct manifest *known =
		baseline->serial > 0 ? &baseline->manifest : NULL;
	enum exit_status status = EXIT_FAILED;
	struct transition t = {0};
	enum step step;
	bool is_news;

	if (prepare(run, &t, known, baseline->serial + 1, err) != 0)
		goto out;
	step = next_step(&t, known != NULL);
	/* what was settled is the news, where it is this build's */
	is_news = !result->settled || step != STEP_NOTHING ||
		  strcmp(result->hash, t.hash) != 0;
	if (is_news && review(run, known, &t.after, &t, err) != 0)
		goto out;
	if (check_reviewed(run, &t, step, err) != 0)
		goto out;
	if (is_news) {
		take_transition(result, &t);
		result->serial = baseline->serial;
	}
	status = EXIT_DONE;
	if (step == STEP_ADOPT)
		status = adopt(run, &result->transition, err);
	else if (step == STEP_SUBMIT)
		status = submit(run, &result->transition, err);
out:
	transition_release(&t);
	return status;
}

static void
begin(struct deploy_run *run, const struct deploy *deploy,
	struct deploy_result *result)
{
	*result = (struct deploy_result){0};
	*run = (struct deploy_run){.deploy = deploy, .result = result};
	baseline_init(&run->baseline);
}

enum exit_status
deploy_run(const struct deploy *deploy, struct deploy_result *result,
	struct err *err)
{
	enum exit_status status = EXIT_FAILED;
	bool settled = false;
	struct deploy_run run;

	begin(&run, deploy, result);
	if (load_baseline(&run, err) != 0)
		goto out;
	status = EXIT_DONE;
	/* what another run has made pending since is settled, too */
	while (status == EXIT_DONE && run.baseline.has_pending) {
		transition_release(&result->transition);
		status = settle_earlier(&run, err);
		settled |= status == EXIT_DONE;
	}
	if (status == EXIT_DONE) {
		status = deploy_build(&run, err);
		/* the settled batch was sent, whatever came of the build */
		if (status == EXIT_FAILED && settled)
			status = EXIT_AFTER;
	}
	if (!result->accepted && run.baseline.serial > 0 &&
		strcmp(run.baseline.invalidation, "-") != 0)
		snprintf(result->last, sizeof(result->last), "%s",
			run.baseline.invalidation);
out:
	baseline_release(&run.baseline);
	return status;
}

enum exit_status
deploy_rehearse(const struct deploy *deploy, struct deploy_result *result,
	struct err *err)
{
	const struct manifest *known = NULL;
	enum exit_status status = EXIT_FAILED;
	struct deploy_run run;
	uint64_t serial;
	enum step step;

	begin(&run, deploy, result);
	if (load_baseline(&run, err) != 0)
		goto out;
	serial = run.baseline.serial + 1;
	if (run.baseline.serial > 0)
		known = &run.baseline.manifest;
	if (run.baseline.has_pending) {
		log_info("the pending batch %s of an earlier run would be sent "
			 "first",
			run.baseline.pending.reference);
		known = &run.baseline.pending.manifest;
		serial++;
	}
	if (prepare(&run, &result->transition, known, serial, err) != 0 ||
		review(&run, known, &result->transition.after,
			&result->transition, err) != 0)
		goto out;
	step = next_step(&result->transition, known != NULL);
	if (check_reviewed(&run, &result->transition, step, err) != 0)
		goto out;
	if (step != STEP_SUBMIT)
		log_info("nothing would be sent for this build");
	memcpy(result->reference, result->transition.reference,
		CALLER_REFERENCE_SIZE);
	status = EXIT_DONE;
out:
	baseline_release(&run.baseline);
	return status;
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
deploy_result_release(struct deploy_result *result)
{
	invalidation_release(&result->invalidation);
	transition_release(&result->transition);
}
