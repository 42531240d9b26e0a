/* The exactly-once protocol between the baseline's store and CloudFront. */
#include "cmd/deploy.h"

#include <inttypes.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/name.h"
#include "cmd/output.h"
#include "cmd/warn.h"
#include "manifest/store.h"

enum {
	/* A reference that was used, twice, under new random lineages: that
	 * is no coincidence any more. */
	LINEAGES_MOST = 3,
};

/* What one run holds open. */
struct run {
	const struct deploy *deploy;
	struct deploy_result *result;
	struct store store;
	struct baseline baseline;
};

static int
new_lineage(struct baseline *baseline, struct err *err)
{
	unsigned char random[LINEAGE_DIGITS / 2];

	if (RAND_bytes(random, sizeof(random)) != 1)
		return err_set(err, ERR_SYSTEM, "no random numbers to be had");
	hex_encode(baseline->lineage, random, sizeof(random));
	return 0;
}

/* Load, or begin a baseline that knows nothing. */
static int
load_baseline(struct run *run, struct err *err)
{
	const struct deploy *deploy = run->deploy;
	struct baseline *baseline = &run->baseline;
	struct shown_name shown;
	bool found;

	if (store_load(deploy->where, baseline, &found, err) != 0)
		return -1;
	if (!found) {
		memcpy(baseline->distribution, deploy->distribution,
			strlen(deploy->distribution) + 1);
		return new_lineage(baseline, err);
	}
	if (strcmp(baseline->distribution, deploy->distribution) == 0)
		return 0;
	return err_set(err, ERR_INPUT,
		"%s: this is the baseline of distribution %s, not of %s: give "
		"each distribution a --baseline of its own",
		name_show_str(&shown, deploy->where), baseline->distribution,
		deploy->distribution);
}

static int
save(struct run *run, struct err *err)
{
	return store_save(&run->store, &run->baseline, err);
}

/* The batch is pending: nothing was lost, and how to go on. */
static enum exit_status
still_pending(struct err *err)
{
	char message[sizeof(err->message)];

	memcpy(message, err->message, sizeof(message));
	err_set(err, err->code,
		"%s; the batch is pending: run the same command again to "
		"finish",
		message);
	return EXIT_PENDING;
}

/* The same items under a new lineage, and so under a new reference. */
static int
renew_pending(struct run *run, struct err *err)
{
	struct baseline *baseline = &run->baseline;
	struct pending *pending = &baseline->pending;
	struct batch_origin origin = {
		.distribution = baseline->distribution,
		.lineage = baseline->lineage,
		.serial = baseline->serial + 1,
		.hash_before = baseline->serial ? baseline->manifest.hash : "",
		.hash_after = pending->manifest.hash,
	};
	struct invalidation batch;
	int rc;

	rc = xml_read_batch(&batch, pending->body.data, pending->body.len, err);
	if (rc == 0)
		rc = new_lineage(baseline, err);
	if (rc == 0)
		rc = batch_reference(pending->reference, &origin, batch.items,
			batch.item_count, err);
	if (rc == 0) {
		buf_clear(&pending->body);
		xml_write_batch(&pending->body, pending->reference, batch.items,
			batch.item_count);
		rc = buf_check(&pending->body, err);
	}
	invalidation_release(&batch);
	return rc;
}

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Equal as sets: CloudFront lists the paths in an order of its own. */
static bool
same_items(const struct invalidation *a, const struct invalidation *b)
{
	size_t count = a->item_count, i;
	const char **left, **right;
	bool same = count == b->item_count;

	left = calloc(count + 1, sizeof(*left));
	right = calloc(count + 1, sizeof(*right));
	if (same && left && right) {
		for (i = 0; i < count; i++) {
			left[i] = a->items[i];
			right[i] = b->items[i];
		}
		qsort(left, count, sizeof(*left), compare_texts);
		qsort(right, count, sizeof(*right), compare_texts);
		for (i = 0; same && i < count; i++)
			same = strcmp(left[i], right[i]) == 0;
	} else {
		same = false;
	}
	free(left);
	free(right);
	return same;
}

/*
 * The pending reference is one that CloudFront knows with, it says, other
 * paths. Look at the newest invalidations for it: *ours where it is there with
 * exactly our paths, and the result holds it.
 */
static int
find_by_reference(struct run *run, bool *ours, struct err *err)
{
	struct cloudfront *cf = run->deploy->cloudfront;
	const struct pending *pending = &run->baseline.pending;
	struct invalidation *found = &run->result->invalidation;
	struct invalidation_list list = {0};
	struct invalidation batch = {0};
	size_t i;
	int rc;

	*ours = false;
	rc = xml_read_batch(&batch, pending->body.data, pending->body.len, err);
	if (rc == 0)
		rc = cloudfront_list_invalidations(
			cf, run->deploy->distribution, NULL, 0, &list, err);
	for (i = 0; rc == 0 && i < list.count; i++) {
		invalidation_release(found);
		rc = cloudfront_get_invalidation(cf, run->deploy->distribution,
			list.list[i].id, found, err);
		if (rc == 0 && strcmp(found->caller_reference,
				       pending->reference) == 0) {
			*ours = same_items(found, &batch);
			break;
		}
	}
	invalidation_list_release(&list);
	invalidation_release(&batch);
	return rc;
}

/*
 * ISO 8601 in UTC, with or without a fraction: negative, 0 or positive as `a`
 * is before, equal to or after `b`.
 */
static int
compare_times(const char *a, const char *b)
{
	enum { SECONDS = sizeof("2026-11-23T09:40:00") - 1 };
	int order = strncmp(a, b, SECONDS);
	size_t left, right;

	if (order != 0 || strlen(a) < SECONDS)
		return order;
	a += SECONDS + (a[SECONDS] == '.');
	b += SECONDS + (b[SECONDS] == '.');
	left = strspn(a, "0123456789");
	right = strspn(b, "0123456789");
	order = strncmp(a, b, left < right ? left : right);
	/* a longer fraction is later: .5 before .51 */
	return order != 0 ? order : (left > right) - (left < right);
}

/*
 * Is the answer that of an older deployment, from before the baseline's? Both
 * times are CloudFront's own.
 */
static bool
is_replay(const struct run *run)
{
	const struct baseline *baseline = &run->baseline;
	const char *now = run->result->invalidation.create_time;

	return baseline->serial > 0 && baseline->create_time[0] != '-' &&
	       compare_times(now, baseline->create_time) < 0;
}

/* Is this answer about the pending batch: its reference, its paths? */
static int
check_answer(struct run *run, struct err *err)
{
	const struct pending *pending = &run->baseline.pending;
	const struct invalidation *answer = &run->result->invalidation;
	struct invalidation batch;
	int rc;

	rc = xml_read_batch(&batch, pending->body.data, pending->body.len, err);
	if (rc == 0 && (!answer->caller_reference ||
			       strcmp(answer->caller_reference,
				       pending->reference) != 0 ||
			       !same_items(answer, &batch)))
		rc = err_set(err, ERR_AMBIGUOUS,
			"CloudFront's answer is about another batch than the "
			"one that was sent");
	invalidation_release(&batch);
	return rc;
}

/* Send once; *again where it must be sent under a new lineage. */
static int
send_pending(struct run *run, bool *again, struct err *err)
{
	struct cloudfront *cf = run->deploy->cloudfront;
	const struct pending *pending = &run->baseline.pending;
	bool ours;

	*again = false;
	invalidation_release(&run->result->invalidation);
	if (cloudfront_create_invalidation(cf, run->deploy->distribution,
		    pending->body.data, pending->body.len,
		    &run->result->invalidation, err) == 0) {
		*again = is_replay(run);
		return check_answer(run, err);
	}
	if (err->code != ERR_SERVICE ||
		!cloudfront_reference_was_used(&cf->client.error))
		return -1;
	if (find_by_reference(run, &ours, err) != 0) {
		err->code = ERR_AMBIGUOUS;
		return -1;
	}
	*again = !ours;
	return 0;
}

/* Step 5. */
static enum exit_status
record_acceptance(struct run *run, struct err *err)
{
	const struct invalidation *accepted = &run->result->invalidation;
	struct baseline *baseline = &run->baseline;
	struct deploy_result *result = run->result;

	/* xml_read_invalidation has seen that both are short, plain words */
	snprintf(baseline->invalidation, sizeof(baseline->invalidation), "%s",
		accepted->id);
	snprintf(baseline->create_time, sizeof(baseline->create_time), "%s",
		accepted->create_time);
	memcpy(result->reference, baseline->pending.reference,
		sizeof(result->reference));
	baseline_advance(baseline);
	if (save(run, err) != 0) {
		err_context(err, "accepted as %s but not recorded",
			baseline->invalidation);
		return still_pending(err);
	}
	result->accepted = true;
	result->recorded = true;
	result->serial = baseline->serial;
	memcpy(result->hash, baseline->manifest.hash, sizeof(result->hash));
	return EXIT_DONE;
}

/* Refused for good, and no try can have been accepted: forget the batch. */
static enum exit_status
drop_pending(struct run *run, struct err *err)
{
	struct err saving = ERR_INIT;

	buf_release(&run->baseline.pending.body);
	manifest_release(&run->baseline.pending.manifest);
	run->baseline.has_pending = false;
	if (save(run, &saving) != 0) {
		talk("%s", saving.message);
		return still_pending(err);
	}
	return EXIT_FAILED;
}

/*
 * A batch of an earlier run, of which a try may have been accepted, is refused
 * now: what its pages look like on the edge is not known.
 */
static enum exit_status
refused_later(const struct run *run, struct err *err)
{
	struct shown_name shown;
	char message[sizeof(err->message)];

	memcpy(message, err->message, sizeof(message));
	err_set(err, err->code,
		"%s; the batch of the earlier run is still pending: when this "
		"is mended run the same command again, or remove %s to begin "
		"again with a first deployment",
		message, name_show_str(&shown, run->deploy->where));
	return EXIT_PENDING;
}

/*
 * Steps 4 and 5 for the pending batch, which is saved. Under a lineage that
 * was made here, an accepted batch is new, whatever its CreateTime says: a
 * baseline's own time can be wrong.
 */
static enum exit_status
settle(struct run *run, bool fresh, struct err *err)
{
	bool again;
	int i;

	for (i = 0; i < LINEAGES_MOST; i++) {
		if (send_pending(run, &again, err) != 0) {
			if (err->code == ERR_AMBIGUOUS)
				return still_pending(err);
			return fresh ? drop_pending(run, err)
				     : refused_later(run, err);
		}
		if (!again || (i > 0 && is_replay(run)))
			return record_acceptance(run, err);
		talk("CloudFront knows this CallerReference from an older "
		     "deployment: sending the batch under a new one");
		if (renew_pending(run, err) != 0 || save(run, err) != 0)
			return still_pending(err);
	}
	err_set(err, ERR_SERVICE,
		"CloudFront says of %d random CallerReferences that it knows "
		"them",
		LINEAGES_MOST);
	return still_pending(err);
}

static enum exit_status
settle_earlier(struct run *run, struct err *err)
{
	struct baseline *baseline = &run->baseline;
	struct deploy_result *result = run->result;
	enum exit_status status;

	talk("settling the pending batch %s of an earlier run",
		baseline->pending.reference);
	if (transition_recall(&result->transition, &run->deploy->options,
		    baseline->serial > 0 ? &baseline->manifest : NULL,
		    &baseline->pending, err) != 0)
		return still_pending(err);
	status = settle(run, false, err);
	if (status == EXIT_DONE) {
		result->settled = true;
		talk("accepted as %s", result->invalidation.id);
	}
	return status;
}

/*
 * The baseline must not be an object of the build that it describes: it would
 * change with every deployment.
 */
static int
check_not_in_build(const struct deploy *deploy, struct err *err)
{
	const struct transition_options *options = &deploy->options;
	struct shown_name shown;
	char *key = store_key_inside(
		deploy->where, options->build, options->reading.root);
	bool inside = key && !build_excludes(&options->reading, key);

	free(key);
	if (!inside)
		return 0;
	return err_set(err, ERR_USAGE,
		"the baseline %s is inside the build, and would be part of it: "
		"put it elsewhere with --baseline, or --exclude its folder",
		name_show_str(&shown, deploy->where));
}

/* Make the transition from what the run's baseline says; say what it is. */
static int
prepare(struct run *run, struct transition *t, const struct manifest *known,
	uint64_t serial, struct err *err)
{
	const struct deploy *deploy = run->deploy;
	struct shown_name shown;

	if (!known && deploy->first_run == FIRST_RUN_FAIL)
		return err_set(err, ERR_INPUT,
			"no baseline at %s: --first-run all drops everything "
			"and starts one",
			name_show_str(&shown, deploy->where));
	if (transition_make(t, &deploy->options, known, deploy->distribution,
		    run->baseline.lineage, serial, err) != 0)
		return -1;
	if (check_not_in_build(deploy, err) != 0)
		return -1;
	if (!known)
		talk("no baseline at %s: a first deployment of %zu objects",
			name_show_str(&shown, deploy->where), t->after.count);
	else
		talk("%zu objects: %zu added, %zu changed, %zu removed",
			t->after.count, t->changes.added, t->changes.changed,
			t->changes.removed);
	if (known) {
		warn_of_changes(known, &t->changes, &t->urls);
		warn_of_width(
			&t->plan, &(struct hint_input){.before = known,
					  .after = &t->after,
					  .changes = &t->changes,
					  .rules = &deploy->options.rules,
					  .urls = &t->urls,
					  .limits = &deploy->options.limits});
	}
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

static enum exit_status
adopt(struct run *run, struct transition *t, struct err *err)
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
	if (save(run, err) != 0)
		return EXIT_FAILED;
	run->result->recorded = true;
	return EXIT_DONE;
}

/* Steps 3 to 5 for the transition that was made. */
static enum exit_status
submit(struct run *run, struct transition *t, struct err *err)
{
	struct pending *pending = &run->baseline.pending;

	memcpy(pending->reference, t->reference, sizeof(t->reference));
	buf_release(&pending->body);
	pending->body = t->body;
	buf_init(&t->body, BODY_LARGEST);
	manifest_release(&pending->manifest);
	pending->manifest = t->after;
	manifest_init(&t->after);
	run->baseline.has_pending = true;
	if (save(run, err) != 0)
		return EXIT_FAILED;
	return settle(run, true, err);
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
deploy_build(struct run *run, struct err *err)
{
	struct baseline *baseline = &run->baseline;
	struct deploy_result *result = run->result;
	const struct manifest *known =
		baseline->serial > 0 ? &baseline->manifest : NULL;
	enum exit_status status = EXIT_FAILED;
	struct transition t = {0};
	enum step step;

	if (prepare(run, &t, known, baseline->serial + 1, err) != 0)
		goto out;
	step = next_step(&t, known != NULL);
	if (!result->settled || step != STEP_NOTHING)
		take_transition(result, &t);
	status = EXIT_DONE;
	if (step == STEP_ADOPT)
		status = adopt(run, &result->transition, err);
	else if (step == STEP_SUBMIT)
		status = submit(run, &result->transition, err);
	result->serial = baseline->serial;
out:
	transition_release(&t);
	return status;
}

static void
begin(struct run *run, const struct deploy *deploy,
	struct deploy_result *result)
{
	*result = (struct deploy_result){0};
	*run = (struct run){.deploy = deploy, .result = result};
	run->store.lock.fd = -1;
	baseline_init(&run->baseline);
}

enum exit_status
deploy_run(const struct deploy *deploy, struct deploy_result *result,
	struct err *err)
{
	enum exit_status status = EXIT_FAILED;
	bool settled = false;
	struct run run;

	begin(&run, deploy, result);
	if (store_open(&run.store, deploy->where, err) != 0)
		goto out;
	if (load_baseline(&run, err) != 0)
		goto out;
	status = EXIT_DONE;
	if (run.baseline.has_pending) {
		status = settle_earlier(&run, err);
		settled = status == EXIT_DONE;
	}
	if (status == EXIT_DONE) {
		status = deploy_build(&run, err);
		/* the settled batch was sent, whatever came of the build */
		if (status == EXIT_FAILED && settled)
			status = EXIT_AFTER;
	}
out:
	store_close(&run.store);
	baseline_release(&run.baseline);
	return status;
}

enum exit_status
deploy_rehearse(const struct deploy *deploy, struct deploy_result *result,
	struct err *err)
{
	const struct manifest *known = NULL;
	enum exit_status status = EXIT_FAILED;
	uint64_t serial;
	struct run run;

	begin(&run, deploy, result);
	if (load_baseline(&run, err) != 0)
		goto out;
	serial = run.baseline.serial + 1;
	if (run.baseline.serial > 0)
		known = &run.baseline.manifest;
	if (run.baseline.has_pending) {
		talk("the pending batch %s of an earlier run would be sent "
		     "first",
			run.baseline.pending.reference);
		known = &run.baseline.pending.manifest;
		serial++;
	}
	if (prepare(&run, &result->transition, known, serial, err) != 0)
		goto out;
	if (next_step(&result->transition, known != NULL) != STEP_SUBMIT)
		talk("nothing would be sent for this build");
	memcpy(result->reference, result->transition.reference,
		sizeof(result->transition.reference));
	status = EXIT_DONE;
out:
	baseline_release(&run.baseline);
	return status;
}

bool
deploy_is_pending(const struct deploy *deploy)
{
	struct err ignored = ERR_INIT;
	struct baseline baseline;
	bool found, pending;

	baseline_init(&baseline);
	pending = store_load(deploy->where, &baseline, &found, &ignored) == 0 &&
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
