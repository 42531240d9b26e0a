/* Submits a pending batch: sends it, then records or drops it. */
#include "deploy/submit.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/escape.h"
#include "deploy/lineage.h"
#include "deploy/pending.h"
#include "deploy/verdict.h"
#include "diff/batch.h"

enum {
	/* After two new random lineages, a used reference is no accident. */
	LINEAGES_MAX = 3,

	/* Milliseconds between two attempts if CloudFront has no room. */
	ROOM_PAUSE_FIRST = 10 * 1000,
	PAUSE_MS_MAX = 60 * 1000,
};

enum deploy_outcome
submit_keep_pending(struct err *err)
{
	char message[sizeof(err->message)];

	memcpy(message, err->message, sizeof(message));
	err_set(err, err->code,
		"%s; the batch is pending: run the same command again to "
		"finish",
		message);
	return DEPLOY_PENDING;
}

/* Give the same items a new lineage, and so a new reference. */
static int
renew_pending(struct submission *s, struct err *err)
{
	struct baseline *baseline = s->baseline;
	struct pending *pending = &baseline->pending;
	struct batch_origin origin = {
		.distribution = baseline->distribution,
		.lineage = baseline->lineage,
		.tag = baseline->tag,
		.serial = baseline->serial + 1,
		.hash_before = baseline->serial ? baseline->manifest.hash : "",
		.hash_after = pending->manifest.hash,
	};
	struct invalidation batch;
	int rc;

	rc = pending_read(&batch, pending, err);
	if (rc == 0)
		rc = lineage_renew(baseline, s->callbacks, err);
	if (rc == 0)
		rc = batch_reference(pending->reference, &origin, batch.items,
			batch.item_count, err);
	if (rc == 0) {
		buf_clear(&pending->body);
		invalidation_batch_write(&pending->body, pending->reference,
			batch.items, batch.item_count);
		rc = buf_check(&pending->body, err);
	}
	if (rc == 0)
		rc = store_save(s->store, baseline, err);
	invalidation_release(&batch);
	return rc;
}

/*
 * Another run has saved since we loaded. If it has recorded this batch for us,
 * continue with its baseline, which is the newest.
 */
static bool
take_newer(struct submission *s)
{
	struct baseline *ours = s->baseline;
	struct err ignored = ERR_INIT;
	struct baseline now;
	bool found, recorded;

	baseline_init(&now);
	recorded = store_load(s->store, &now, &found, &ignored) == 0 && found &&
		   ((now.serial > ours->serial &&
			    strcmp(now.lineage, ours->lineage) == 0) ||
			   (now.serial == ours->serial &&
				   strcmp(now.manifest.hash,
					   ours->manifest.hash) == 0));
	if (recorded) {
		baseline_release(ours);
		*ours = now;
		baseline_init(&now);
	}
	baseline_release(&now);
	return recorded;
}

/* Step 5. */
static enum deploy_outcome
record(struct submission *s, const struct invalidation *accepted,
	struct err *err)
{
	struct baseline *baseline = s->baseline;

	/* both fit: invalidation_read has checked their lengths */
	snprintf(baseline->invalidation, sizeof(baseline->invalidation), "%s",
		accepted->id);
	snprintf(baseline->create_time, sizeof(baseline->create_time), "%s",
		accepted->create_time);
	baseline_advance(baseline);
	if (store_save(s->store, baseline, err) == 0)
		return DEPLOY_DONE;
	if (err->code != ERR_BUSY) {
		err_context(
			err, "accepted as %s but not recorded", accepted->id);
		return submit_keep_pending(err);
	}
	if (take_newer(s)) {
		callbacks_log(s->callbacks, DEPLOY_INFO,
			"accepted as %s; another run has already recorded it",
			accepted->id);
		return DEPLOY_DONE;
	}
	err_set(err, ERR_BUSY,
		"accepted as %s but not recorded: another run has changed the "
		"baseline, or it was removed; run the same command again",
		accepted->id);
	return DEPLOY_PENDING;
}

/*
 * The batch is refused for good, and no attempt can have been accepted: forget
 * it, but remember that its build may have been served.
 */
static enum deploy_outcome
drop_pending(struct submission *s, struct err *err)
{
	struct err saving = ERR_INIT;

	if (baseline_drop(s->baseline, &saving) == 0 &&
		store_save(s->store, s->baseline, &saving) == 0)
		return DEPLOY_FAILED;
	callbacks_log(s->callbacks, DEPLOY_ERROR, "%s", saving.message);
	return submit_keep_pending(err);
}

/*
 * The batch of an earlier run is refused now, but an attempt of that run may
 * have been accepted: it is unknown what the edge serves.
 */
static enum deploy_outcome
refused_later(const struct submission *s, struct err *err)
{
	struct escaped_name shown;
	char message[sizeof(err->message)];

	memcpy(message, err->message, sizeof(message));
	err_set(err, err->code,
		"%s; the batch of the earlier run is still pending: fix this "
		"and run the same command again, or remove %s to start over "
		"with a first deployment",
		message, escape_show_str(&shown, s->store->where));
	return DEPLOY_PENDING;
}

/*
 * Wait until other invalidations are completed: 1 to try again, 0 if the time
 * is up, -1 if the user interrupts the wait.
 */
static int
wait_for_room(const struct submission *s, long long since, int tries)
{
	long long left = s->wait_max - (clock_elapsed() - since);
	long long pause = ROOM_PAUSE_FIRST;
	const struct deploy_callbacks *callbacks = s->callbacks;
	void *context = callbacks->context;
	int rc;

	if (left <= 0)
		return 0;
	while (tries-- > 0 && pause < PAUSE_MS_MAX)
		pause = pause * 3 / 2;
	if (pause > PAUSE_MS_MAX)
		pause = PAUSE_MS_MAX;
	if (pause > left)
		pause = left;
	callbacks_log(callbacks, DEPLOY_INFO,
		"CloudFront has too many invalidations in progress: trying "
		"again in %lld s, for another %lld s at most (--wait-timeout)",
		(pause + 999) / 1000, (left + 999) / 1000);
	callbacks->wait_begin(context, pause);
	rc = callbacks->wait_pause(context, "room at CloudFront", pause);
	callbacks->wait_end(context);
	return rc == 0 ? 1 : -1;
}

/*
 * Send until CloudFront has room. If an attempt may have been accepted, set
 * *maybe_applied: a later refusal then proves nothing.
 */
static enum verdict
send_with_patience(struct submission *s, struct invalidation *answer,
	bool *maybe_applied, struct err *err)
{
	long long since = clock_elapsed();
	enum verdict verdict;
	int tries = 0, more = 1;

	do {
		verdict = verdict_by_sending(s, answer, err);
		*maybe_applied |= s->cloudfront->client.maybe_applied;
		if (verdict == VERDICT_NO_ROOM)
			more = wait_for_room(s, since, tries++);
	} while (verdict == VERDICT_NO_ROOM && more > 0);
	if (verdict == VERDICT_NO_ROOM && more == 0)
		err_context(err,
			"still too many invalidations in progress after "
			"--wait-timeout");
	return verdict;
}

static enum deploy_outcome
give_up(struct submission *s, enum verdict verdict, bool maybe_applied,
	struct err *err)
{
	if (s->callbacks->is_interrupted(s->callbacks->context)) {
		err_context(err, "interrupted");
		return submit_keep_pending(err);
	}
	if (verdict == VERDICT_UNKNOWN || maybe_applied)
		return submit_keep_pending(err);
	return s->fresh ? drop_pending(s, err) : refused_later(s, err);
}

enum deploy_outcome
submit_pending(
	struct submission *s, struct invalidation *accepted, struct err *err)
{
	bool maybe_applied = false;
	enum verdict verdict;
	int i;

	assert(s->baseline->has_pending);
	for (i = 0; i < LINEAGES_MAX; i++) {
		verdict = send_with_patience(s, accepted, &maybe_applied, err);
		/*
		 * Under a lineage made here, an accepted batch is new even if
		 * its CreateTime looks old: the baseline's time or a Date can
		 * be wrong.
		 */
		if (verdict == VERDICT_ACCEPTED ||
			(verdict == VERDICT_REPLAYED && i > 0))
			return record(s, accepted, err);
		if (verdict != VERDICT_REPLAYED && verdict != VERDICT_TAKEN)
			return give_up(s, verdict, maybe_applied, err);
		callbacks_log(s->callbacks, DEPLOY_WARNING,
			"CloudFront knows this CallerReference from an older "
			"deployment: sending the batch under a new one");
		if (renew_pending(s, err) != 0)
			return err->code == ERR_BUSY ? DEPLOY_PENDING
						     : submit_keep_pending(err);
	}
	err_set(err, ERR_SERVICE,
		"CloudFront claims to know %d random CallerReferences",
		LINEAGES_MAX);
	return submit_keep_pending(err);
}
