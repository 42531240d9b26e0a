/* Makes the transition to a build, and has it reviewed. */
#include "deploy/plan_step.h"

#include <string.h>

#include "base/clock.h"
#include "base/escape.h"
#include "base/plural.h"

/* Ask the guards. What they refuse is not taken for what was uploaded. */
static int
guard(struct deploy *deploy, const struct delta *delta, struct err *err)
{
	if (deploy->guarded)
		return 0;
	if (deploy->callbacks->guard(deploy->callbacks->context, delta, err) !=
		0)
		return -1;
	deploy->guarded = true;
	return 0;
}

int
plan_step_guard(
	struct deploy *deploy, const struct manifest *build, struct err *err)
{
	struct delta delta;
	int rc;

	rc = delta_find(
		&delta, baseline_last(&deploy->baseline), NULL, build, err);
	if (rc == 0)
		rc = guard(deploy, &delta, err);
	delta_release(&delta);
	return rc;
}

/* Let the rules know what is known of the site. */
static int
inspect(struct deploy *deploy, const struct delta *delta, struct err *err)
{
	const struct deploy_callbacks *callbacks = deploy->callbacks;
	const struct baseline *baseline = &deploy->baseline;
	const struct site *site = NULL;

	if (deploy->inspected || !callbacks->inspect)
		return 0;
	if (callbacks->inspect(callbacks->context, delta,
		    transition_last_site(baseline, delta->before), &site,
		    err) != 0)
		return -1;
	url_rules_take_site(&deploy->options.rules, site);
	deploy->inspected = true;
	return 0;
}

static int
review(const struct deploy *deploy, const struct transition *transition,
	struct err *err)
{
	const struct delta *delta = &transition->delta;

	return deploy->callbacks->review(deploy->callbacks->context, delta,
		delta->plan.count > 0 ? transition->reference : NULL, false,
		err);
}

/* Look at the bucket, unless nothing has changed. */
static int
check_upload(struct deploy *deploy, const struct delta *delta, struct err *err)
{
	const struct deploy_callbacks *callbacks = deploy->callbacks;

	if (deploy->rehearse || deploy->upload_checked ||
		!callbacks->check_upload || delta->changes.count == 0)
		return 0;
	deploy->upload_checked = true;
	return callbacks->check_upload(callbacks->context, delta, err);
}

/* The reports also tell of an upload that was found wanting. */
static int
check_and_review(struct deploy *deploy, const struct transition *transition,
	struct err *err)
{
	struct err reviewing = ERR_INIT;
	int rc = check_upload(deploy, &transition->delta, err);

	if (rc == 0)
		return review(deploy, transition, err);
	if (review(deploy, transition, &reviewing) != 0)
		callbacks_log(deploy->callbacks, DEPLOY_ERROR, "%s",
			reviewing.message);
	return -1;
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
			deploy->found ? "the baseline %s knows of no accepted "
					"deployment: %zu object%s"
				      : "no baseline at %s: a first "
					"deployment of %zu object%s",
			escape_show_str(&shown, deploy->store->where), count,
			plural_s(count));
	else
		callbacks_log(deploy->callbacks, DEPLOY_INFO,
			"%zu object%s: %zu added, %zu changed, %zu removed",
			count, plural_s(count), changes->added,
			changes->changed, changes->removed);
	if (delta->before && !delta->everything && changes->count == 0 &&
		delta->plan.stale > 0)
		callbacks_log(deploy->callbacks, DEPLOY_INFO,
			delta->rules->wildcard_count > 0
				? "an earlier deployment had no wildcard for "
				  "%zu URL%s "
				  "that only wildcards cover: stale until now"
				: "%zu URL%s of unchanged objects: stale this "
				  "once, as the options or the distribution "
				  "were changed",
			delta->plan.stale, plural_s(delta->plan.stale));
}

static int
make_plan(const struct deploy *deploy, struct transition *transition,
	struct err *err)
{
	const struct plan *plan = &transition->delta.plan;
	const struct baseline *baseline = &deploy->baseline;
	long long began = clock_elapsed();

	if (transition_plan(transition, &deploy->options, baseline,
		    baseline->serial + 1 + deploy_state_is_ahead(deploy),
		    err) != 0)
		return -1;
	callbacks_log_elapsed(deploy->callbacks, began,
		"planned %zu item%s for %zu stale of %zu URL%s", plan->count,
		plural_s(plan->count), plan->stale, plan->urls,
		plural_s(plan->urls));
	log_changes(deploy, &transition->delta);
	if (deploy->options.assume_current)
		callbacks_log(deploy->callbacks, DEPLOY_WARNING,
			"--first-run none: no cache is asked to drop anything; "
			"what was served before this build may stay stale");
	return 0;
}

static enum step
next_step(const struct transition *transition)
{
	const struct delta *delta = &transition->delta;

	if (delta->plan.count > 0)
		return STEP_SUBMIT;
	return delta->before && !delta->everything && delta->changes.count == 0
		       ? STEP_NOTHING
		       : STEP_ADOPT;
}

/* For the reports: say why nothing is known, unless something is, or at first. */
static void
say_why_unknown(const struct deploy *deploy, struct delta *delta)
{
	if (!deploy->found || !deploy_state_values(deploy)->nothing_known)
		return;
	if (deploy->baseline.serial == 0) {
		delta->unknown_because = "no deployment was accepted yet";
		delta->unknown_expected =
			"This is expected until CloudFront has accepted a "
			"first batch.";
		return;
	}
	delta->unknown_because = "the baseline is an older or a second copy, "
				 "or was made for another prefix";
	delta->unknown_expected =
		"This is expected once, after --prefix was changed. If it was "
		"not changed, it is not expected: let every run use the one "
		"baseline, in its newest state.";
}

/*
 * Make the transition, and have it reviewed. The batch that was just submitted
 * stays the result if it was this build's.
 */
int
plan_step(struct deploy *deploy, const struct manifest *build,
	struct deploy_result *result, enum step *step, struct err *err)
{
	struct transition transition;
	bool is_news;
	int rc;

	rc = transition_find(&transition, baseline_last(&deploy->baseline),
		deploy_state_values(deploy), build, err);
	say_why_unknown(deploy, &transition.delta);
	if (rc == 0)
		rc = guard(deploy, &transition.delta, err);
	if (rc == 0)
		rc = inspect(deploy, &transition.delta, err);
	if (rc == 0)
		rc = make_plan(deploy, &transition, err);
	if (rc == 0) {
		*step = next_step(&transition);
		is_news = !result->accepted || *step != STEP_NOTHING ||
			  strcmp(result->hash, transition.hash) != 0;
		if (is_news)
			rc = check_and_review(deploy, &transition, err);
		if (rc == 0 && deploy->reviewed)
			rc = reviewed_check(deploy->reviewed, &transition,
				*step == STEP_NOTHING, deploy->callbacks, err);
		if (rc == 0 && is_news)
			deploy_result_take(
				result, &transition, deploy->baseline.serial);
	}
	transition_release(&transition);
	return rc;
}
