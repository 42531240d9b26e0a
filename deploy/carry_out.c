/* Records a build, or submits its batch. */
#include "deploy/carry_out.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "deploy/history.h"
#include "deploy/submit.h"
#include "diff/left_out.h"
#include "diff/site_text.h"

static bool
is_interrupted(const struct deploy *deploy)
{
	return deploy->callbacks->is_interrupted(deploy->callbacks->context);
}

/*
 * Keep what is known of the site, unless it is too long to be kept; or what was,
 * while parts of the edge may still go by that.
 */
static int
keep_site(struct deploy *deploy, const struct delta *delta, struct err *err)
{
	const struct site *site = deploy->options.rules.site;
	struct pending *pending = &deploy->baseline.pending;
	const char *last =
		transition_last_site(&deploy->baseline, delta->before);
	struct err ignored = ERR_INIT;
	char *text = NULL;

	if (site && site->settling && last) {
		text = strdup(last);
		if (!text)
			return err_memory(err);
	} else if (site) {
		text = site_text(site, &ignored);
	}
	free(pending->site);
	pending->site = text;
	return ignored.code == ERR_MEMORY ? err_memory(err) : 0;
}

/* Keep with the batch what the next deployment has to know of the options. */
static int
keep_options(struct deploy *deploy, const struct delta *delta, struct err *err)
{
	struct pending *pending = &deploy->baseline.pending;
	const struct url_rules *rules = &deploy->options.rules;

	if (keep_site(deploy, delta, err) != 0)
		return -1;
	free(pending->url_forms);
	free(pending->left_out);
	pending->left_out = NULL;
	pending->url_forms = url_forms_text(&rules->forms, err);
	if (pending->url_forms)
		pending->left_out = left_out_text(rules, delta, err);
	return pending->left_out ? 0 : -1;
}

/* Move the manifest of the build into the pending batch. */
static void
move_to_pending(struct deploy *deploy, struct manifest *build)
{
	struct pending *pending = &deploy->baseline.pending;

	manifest_release(&pending->manifest);
	pending->manifest = *build;
	manifest_init(build);
}

/* The other way. */
static void
take_back(struct deploy *deploy, struct manifest *build)
{
	struct baseline *baseline = &deploy->baseline;

	manifest_release(build);
	*build = baseline->pending.manifest;
	manifest_init(&baseline->pending.manifest);
	baseline_clear_pending(baseline);
}

/* Save the batch as pending. */
static int
save_pending(struct deploy *deploy, struct manifest *build,
	struct transition *transition, struct err *err)
{
	struct baseline *baseline = &deploy->baseline;
	struct pending *pending = &baseline->pending;
	long long began = clock_elapsed();

	if (keep_options(deploy, &transition->delta, err) != 0)
		return -1;
	memcpy(pending->reference, transition->reference,
		sizeof(transition->reference));
	buf_release(&pending->body);
	pending->body = transition->body;
	buf_init(&transition->body, BODY_MAX);
	delta_detach(&transition->delta);
	move_to_pending(deploy, build);
	baseline->has_pending = true;
	if (store_save(deploy->store, baseline, err) != 0) {
		take_back(deploy, build);
		return -1;
	}
	callbacks_log_elapsed(
		deploy->callbacks, began, "recorded the batch as pending");
	return 0;
}

enum deploy_outcome
carry_out_submit(struct deploy *deploy, struct manifest *build,
	struct deploy_result *result, bool *again, struct err *err)
{
	struct submission submission = deploy_state_submission(deploy);
	struct baseline *baseline = &deploy->baseline;
	uint64_t serial = baseline->serial + 1;

	submission.fresh = true;
	submission.renewed = deploy->renewed;
	submission.began = clock_elapsed();
	if (is_interrupted(deploy)) {
		err_set(err, ERR_BUSY, "interrupted: nothing was sent");
		return deploy_state_fail(deploy, build, false);
	}
	/* without credentials, the batch should not become pending */
	if (aws_client_prepare(&deploy->cloudfront->client, err) != 0)
		return deploy_state_fail(deploy, build, false);
	if (save_pending(deploy, build, &result->transition, err) != 0)
		return deploy_state_fail(deploy, build, true);
	switch (submit_pending(
		&submission, &result->invalidation, build, err)) {
	case SUBMIT_ACCEPTED:
		callbacks_log_elapsed(deploy->callbacks, submission.began,
			"sent the batch and recorded that it was accepted");
		deploy_result_accept(
			result, result->transition.hash, serial, false);
		*again = deploy->renewed = baseline->values.nothing_known;
		return DEPLOY_DONE;
	case SUBMIT_FORKED:
		*again = deploy->renewed = true;
		return DEPLOY_DONE;
	case SUBMIT_REFUSED:
		return DEPLOY_FAILED;
	default:
		return DEPLOY_PENDING;
	}
}

/* Look at the history. *again: the baseline is an older or a second copy. */
static int
look_at_history(struct deploy *deploy, bool *again, struct err *err)
{
	struct baseline *baseline = &deploy->baseline;
	struct cloudfront hurried = *deploy->cloudfront;
	bool has_past = history_has_past(baseline);
	struct err looking = ERR_INIT;
	struct history history;

	if (!deploy->history || deploy->looked ||
		!history_has_begun(baseline) ||
		!aws_client_hurry(
			&hurried.client, HISTORY_PATIENCE_SHORT / 1000))
		return 0;
	history_look(&history, &hurried, baseline, NULL, HISTORY_PATIENCE_SHORT,
		&looking);
	if (history.verdict == HISTORY_UNSEEN)
		history_note(deploy->callbacks, &looking);
	if (history.verdict == HISTORY_UNSEEN ||
		(history.verdict == HISTORY_CLEAR && has_past))
		return 0;
	history_begin_horizon(baseline, &history);
	if (history.verdict == HISTORY_CLEAR)
		return store_save(deploy->store, baseline, err);
	if (history_forget(baseline, deploy->callbacks, err) != 0 ||
		store_save(deploy->store, baseline, err) != 0)
		return -1;
	history_warn(deploy->callbacks, deploy->mount.prefix, history.found);
	*again = deploy->renewed = true;
	return 0;
}

enum deploy_outcome
carry_out_nothing(struct deploy *deploy, const struct manifest *build,
	bool *again, struct err *err)
{
	if (look_at_history(deploy, again, err) != 0 ||
		(!*again && store_compare(deploy->store, err) != 0))
		return deploy_state_fail(deploy, build, true);
	return DEPLOY_DONE;
}

enum deploy_outcome
carry_out_adopt(struct deploy *deploy, struct manifest *build,
	struct deploy_result *result, bool *again, struct err *err)
{
	struct baseline *baseline = &deploy->baseline;

	if (look_at_history(deploy, again, err) != 0)
		return deploy_state_fail(deploy, build, true);
	if (*again)
		return DEPLOY_DONE;
	if (keep_options(deploy, &result->transition.delta, err) != 0)
		return deploy_state_fail(deploy, build, false);
	delta_detach(&result->transition.delta);
	if (baseline->serial == 0) {
		memcpy(baseline->create_time, "-", 2);
		memcpy(baseline->invalidation, "-", 2);
	}
	move_to_pending(deploy, build);
	baseline_advance(baseline);
	if (store_save(deploy->store, baseline, err) != 0) {
		*build = baseline->manifest;
		manifest_init(&baseline->manifest);
		return deploy_state_fail(deploy, build, true);
	}
	result->recorded = true;
	result->serial = baseline->serial;
	return DEPLOY_DONE;
}
