/* Submits a pending batch: sends it, then records or drops it. */
#include "deploy/submit.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/escape.h"
#include "deploy/history.h"
#include "deploy/lineage.h"
#include "deploy/verdict.h"

enum {
	/* Milliseconds between two attempts if CloudFront has no room. */
	ROOM_PAUSE_FIRST = 10 * 1000,
	PAUSE_MS_MAX = 60 * 1000,
};

void
submit_keep_pending(struct err *err)
{
	char message[sizeof(err->message)];

	memcpy(message, err->message, sizeof(message));
	err_set(err, err->code,
		"%s; the batch is pending: run the same command again to "
		"finish",
		message);
}

/* ---------------------------------------------------------------- saving */

/* How a change of the baseline is made; it may be made again on a newer one. */
struct amendment {
	int (*make)(struct baseline *baseline,
		const struct amendment *amendment, struct err *err);
	const struct submission *submission;
	const struct invalidation *accepted;
	const struct history *history;
	struct manifest *dropped; /* receives the batch's manifest, or NULL */
	bool maybe_accepted; /* of a batch to drop */
};

enum amended {
	AMENDED,
	AMENDED_BY_OTHERS, /* the batch is not pending in their baseline */
	AMENDED_NOT, /* err says why */
};

/* An amendment that is being saved. */
struct saving {
	const struct amendment *amendment;
	char reference[REFERENCE_MAX + 1]; /* of the batch */
	bool by_others;
};

static int
make_and_save(
	void *context, struct baseline *baseline, bool found, struct err *err)
{
	struct saving *saving = context;
	const struct amendment *amendment = saving->amendment;

	if (!found || !baseline->has_pending ||
		strcmp(baseline->pending.reference, saving->reference) != 0) {
		saving->by_others = true;
		return 0;
	}
	if (amendment->make(baseline, amendment, err) != 0)
		return -1;
	return store_save(amendment->submission->store, baseline, err);
}

/*
 * Make the change, and save it. If another run has saved in between, and the
 * batch is still pending, change what that run has saved.
 */
static enum amended
save_amended(struct submission *s, const struct amendment *amendment,
	struct err *err)
{
	struct saving saving = {.amendment = amendment};
	const struct mount_amendment change = {
		.make = make_and_save, .context = &saving};
	struct err why = ERR_INIT;

	memcpy(saving.reference, s->baseline->pending.reference,
		sizeof(saving.reference));
	if (mount_amend(s->mount, s->store, s->callbacks, s->baseline, false,
		    &change, &why) != 0) {
		*err = why;
		return AMENDED_NOT;
	}
	return saving.by_others ? AMENDED_BY_OTHERS : AMENDED;
}

/* Step 6: the edge agrees with the batch's manifest. */
static int
make_accepted(struct baseline *baseline, const struct amendment *amendment,
	struct err *err)
{
	const struct invalidation *accepted = amendment->accepted;

	if (amendment->history->verdict == HISTORY_UNSEEN)
		history_keep_horizon(baseline);
	else
		history_set_horizon(baseline, amendment->history);
	/* both fit: invalidation_read has checked their lengths */
	snprintf(baseline->invalidation, sizeof(baseline->invalidation), "%s",
		accepted->id);
	snprintf(baseline->create_time, sizeof(baseline->create_time), "%s",
		accepted->create_time);
	baseline_advance(baseline);
	baseline->dropped[0] = '\0';
	return amendment->history->verdict == HISTORY_FORKED
		       ? history_forget(baseline,
				 amendment->submission->callbacks, err)
		       : 0;
}

/*
 * The batch is no more, but its build may have been served. The lineage is
 * renewed: a copy that was made before may have the same batch accepted, and
 * answers to ours would tell of that one.
 */
static int
make_dropped(struct baseline *baseline, const struct amendment *amendment,
	struct err *err)
{
	struct manifest *dropped = amendment->dropped;
	char before[sizeof(baseline->dropped)];

	if (dropped)
		manifest_release(dropped);
	memcpy(before, baseline->dropped, sizeof(before));
	if (baseline_drop(baseline, dropped, err) != 0)
		return -1;
	if (!amendment->maybe_accepted) /* CloudFront does not know it */
		memcpy(baseline->dropped, before, sizeof(before));
	return lineage_renew(baseline, amendment->submission->callbacks, err);
}

/* The reference was used before. */
static int
make_forked(struct baseline *baseline, const struct amendment *amendment,
	struct err *err)
{
	if (make_dropped(baseline, amendment, err) != 0)
		return -1;
	baseline->dropped[0] = '\0';
	if (amendment->history->newest[0])
		history_set_horizon(baseline, amendment->history);
	return history_forget(baseline, amendment->submission->callbacks, err);
}

/* --------------------------------------------------------------- history */

/* There is nothing to see before our own, or it cannot be seen. */
static void
look_at_own(struct history *history, const struct invalidation *own)
{
	*history = (struct history){.verdict = HISTORY_CLEAR};
	snprintf(history->newest, sizeof(history->newest), "%s", own->id);
	snprintf(history->newest_time, sizeof(history->newest_time), "%s",
		own->create_time);
}

/*
 * Look at the history before the acceptance is recorded, so that a run that is
 * killed in between looks again. If a batch of an earlier run was accepted and
 * CloudFront cannot be asked now, returns -1: it may be asked again. Otherwise
 * a look that fails is only worth a note, and the next run makes up for it, unless
 * there is too much to look at: then no later one would say more.
 */
static int
look_at_history(struct submission *s, const struct invalidation *accepted,
	struct history *history, struct err *err)
{
	struct err looking = ERR_INIT;
	long status;

	*history = (struct history){.verdict = HISTORY_UNSEEN};
	if (s->renewed && !history_has_begun(s->baseline))
		look_at_own(history, accepted);
	if (!s->look || history->verdict != HISTORY_UNSEEN)
		return 0;
	history_look(history, s->cloudfront, s->baseline, accepted->id,
		HISTORY_PATIENCE, &looking);
	if (history->verdict != HISTORY_UNSEEN)
		return 0;
	status = s->cloudfront->client.status;
	if (!s->fresh && (looking.code != ERR_SERVICE || status >= 500)) {
		*err = looking;
		return err_context(err,
			"accepted as %s, but it is unknown whether anything "
			"was deployed since",
			accepted->id);
	}
	history_note(s->callbacks, &looking);
	if (looking.code == ERR_SERVICE && status < 400)
		look_at_own(history, accepted);
	return 0;
}

/* ------------------------------------------------------------ what it was */

/* Has the run that was faster recorded this batch for us? */
static bool
is_recorded(const struct baseline *now, uint64_t serial, const char *lineage,
	const char *hash)
{
	return (now->serial > serial && strcmp(now->lineage, lineage) == 0) ||
	       (now->serial == serial && strcmp(now->manifest.hash, hash) == 0);
}

static enum submit_outcome
record(struct submission *s, const struct invalidation *accepted,
	struct err *err)
{
	const struct baseline *baseline = s->baseline;
	uint64_t serial = baseline->serial + 1;
	struct history history;
	const struct amendment amendment = {
		.make = make_accepted,
		.submission = s,
		.accepted = accepted,
		.history = &history,
	};
	char lineage[LINEAGE_DIGITS + 1], hash[SHA256_HEX_SIZE];
	enum amended amended;

	memcpy(lineage, baseline->lineage, sizeof(lineage));
	memcpy(hash, baseline->pending.manifest.hash, sizeof(hash));
	if (look_at_history(s, accepted, &history, err) != 0) {
		submit_keep_pending(err);
		return SUBMIT_PENDING;
	}
	amended = save_amended(s, &amendment, err);
	if (amended == AMENDED_NOT) {
		err_context(
			err, "accepted as %s but not recorded", accepted->id);
		submit_keep_pending(err);
		return SUBMIT_PENDING;
	}
	if (amended == AMENDED) {
		if (history.verdict == HISTORY_FORKED)
			history_warn(
				s->callbacks, s->mount->prefix, history.found);
		return SUBMIT_ACCEPTED;
	}
	if (is_recorded(baseline, serial, lineage, hash)) {
		callbacks_log(s->callbacks, DEPLOY_INFO,
			"accepted as %s; another run has already recorded it",
			accepted->id);
		return SUBMIT_ACCEPTED;
	}
	err_set(err, ERR_BUSY,
		"accepted as %s but not recorded: another run has changed the "
		"baseline, or it was removed; run the same command again",
		accepted->id);
	return SUBMIT_PENDING;
}

/*
 * CloudFront refuses the batch for good. An earlier run may have got it
 * accepted all the same, so both are remembered: what it would have replaced,
 * and what it would have brought.
 */
static enum submit_outcome
drop_refused(struct submission *s, struct manifest *dropped, struct err *err)
{
	const struct amendment amendment = {
		.make = make_dropped,
		.submission = s,
		.dropped = dropped,
		.maybe_accepted = !s->fresh,
	};
	struct err saving = ERR_INIT;

	if (save_amended(s, &amendment, &saving) != AMENDED_NOT)
		return SUBMIT_REFUSED;
	callbacks_log(s->callbacks, DEPLOY_ERROR, "%s", saving.message);
	submit_keep_pending(err);
	return SUBMIT_PENDING;
}

static enum submit_outcome
drop_forked(struct submission *s, struct manifest *dropped, struct err *err)
{
	struct err looking = ERR_INIT;
	struct history history;
	const struct amendment amendment = {
		.make = make_forked,
		.submission = s,
		.history = &history,
		.dropped = dropped,
	};
	enum amended amended;

	history_look(&history, s->cloudfront, s->baseline, NULL,
		HISTORY_PATIENCE, &looking);
	amended = save_amended(s, &amendment, err);
	if (amended == AMENDED_NOT) {
		submit_keep_pending(err);
		return SUBMIT_PENDING;
	}
	if (amended == AMENDED)
		history_warn(s->callbacks, s->mount->prefix, "");
	return SUBMIT_FORKED;
}

/* --------------------------------------------------------------- sending */

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

static enum submit_outcome
give_up(struct submission *s, enum verdict verdict, bool maybe_applied,
	struct manifest *dropped, struct err *err)
{
	bool interrupted = s->callbacks->is_interrupted(s->callbacks->context);
	bool refused = verdict == VERDICT_REFUSED && err->code == ERR_SERVICE;

	if (interrupted)
		err_context(err, "interrupted");
	if (!interrupted && verdict != VERDICT_UNKNOWN && !maybe_applied &&
		(s->fresh || refused))
		return drop_refused(s, dropped, err);
	submit_keep_pending(err);
	return SUBMIT_PENDING;
}

enum submit_outcome
submit_pending(struct submission *s, struct invalidation *accepted,
	struct manifest *dropped, struct err *err)
{
	bool maybe_applied = false;
	enum verdict verdict;

	assert(s->baseline->has_pending);
	verdict = send_with_patience(s, accepted, &maybe_applied, err);
	switch (verdict) {
	case VERDICT_ACCEPTED:
		return record(s, accepted, err);
	case VERDICT_REPLAYED:
	case VERDICT_TAKEN:
		return drop_forked(s, dropped, err);
	default:
		return give_up(s, verdict, maybe_applied, dropped, err);
	}
}
