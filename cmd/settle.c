/* Sends a pending batch until its fate is known, and records it. */
#include "cmd/settle.h"

#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/name.h"
#include "cmd/host.h"
#include "cmd/interrupt.h"
#include "cmd/output.h"
#include "diff/batch.h"

enum {
	/* A reference that was used, twice, under new random lineages: that
	 * is no coincidence any more. */
	LINEAGES_MOST = 3,

	/* Seconds by which two of CloudFront's own clocks may differ. */
	CLOCKS_APART = 60,

	/* Milliseconds between two tries where there is no room. */
	ROOM_PAUSE_FIRST = 10 * 1000,
	ROOM_PAUSE_LONGEST = 60 * 1000,
};

/* What came of sending the batch. */
enum fate {
	FATE_ACCEPTED,
	FATE_REPLAYED, /* it was answered with an older invalidation */
	FATE_TAKEN, /* another batch has its reference */
	FATE_NO_ROOM, /* refused, until others are completed */
	FATE_REFUSED, /* for good: nothing was accepted */
	FATE_UNKNOWN, /* it may have been accepted */
};

int
lineage_make(struct baseline *baseline, struct err *err)
{
	unsigned char random[LINEAGE_DIGITS / 2];

	if (RAND_bytes(random, sizeof(random)) != 1)
		return err_set(err, ERR_SYSTEM, "no random numbers to be had");
	hex_encode(baseline->lineage, random, sizeof(random));
	return 0;
}

enum exit_status
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

static int
read_pending(
	const struct settling *s, struct invalidation *batch, struct err *err)
{
	const struct buf *body = &s->baseline->pending.body;

	return xml_read_batch(batch, body->data, body->len, err);
}

/* The same items under a new lineage, and so under a new reference. */
static int
renew_pending(struct settling *s, struct err *err)
{
	struct baseline *baseline = s->baseline;
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

	rc = read_pending(s, &batch, err);
	if (rc == 0)
		rc = lineage_make(baseline, err);
	if (rc == 0)
		rc = batch_reference(pending->reference, &origin, batch.items,
			batch.item_count, err);
	if (rc == 0) {
		buf_clear(&pending->body);
		xml_write_batch(&pending->body, pending->reference, batch.items,
			batch.item_count);
		rc = buf_check(&pending->body, err);
	}
	if (rc == 0)
		rc = store_save(s->store, baseline, err);
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

/* Was it made before the baseline's? Both times are CloudFront's own. */
static bool
is_before_baseline(const struct settling *s, const char *create_time)
{
	const struct baseline *baseline = s->baseline;

	return baseline->serial > 0 && baseline->create_time[0] != '-' &&
	       compare_times(create_time, baseline->create_time) < 0;
}

/*
 * Was it made before this run first wrote the batch down? Then a baseline that
 * was put back from an older copy has led to a reference that is used up. By
 * CloudFront's clock, which its answer tells.
 */
static bool
is_before_batch(const struct settling *s, const char *create_time)
{
	long long elapsed = (host_elapsed() - s->began) / 1000;
	int64_t date = s->cloudfront->client.date;
	char earliest[sizeof("2026-11-23T09:40:00")];
	struct tm tm;
	time_t began;

	if (date == 0)
		return false;
	began = (time_t)(date - elapsed - CLOCKS_APART);
	if (!gmtime_r(&began, &tm) || strftime(earliest, sizeof(earliest),
					      "%Y-%m-%dT%H:%M:%S", &tm) == 0)
		return false;
	return compare_times(create_time, earliest) < 0;
}

/* Is this invalidation one of edgediff's? */
static int
is_of_edgediff(
	const struct settling *s, const char *id, bool *so, struct err *err)
{
	struct invalidation one;
	int rc;

	rc = cloudfront_get_invalidation(
		s->cloudfront, s->baseline->distribution, id, &one, err);
	*so = rc == 0 && strncmp(one.caller_reference, REFERENCE_PREFIX,
				 strlen(REFERENCE_PREFIX)) == 0;
	invalidation_release(&one);
	return rc;
}

/*
 * Has edgediff made an invalidation since the one that answers a batch of an
 * earlier run? Then the baseline with that batch was put back from an older
 * copy: what has been deployed since is not in it.
 */
static int
find_later(const struct settling *s, const struct invalidation *answer,
	bool *later, struct err *err)
{
	struct invalidation_list list = {0};
	size_t i;
	int rc;

	*later = false;
	rc = cloudfront_list_invalidations(
		s->cloudfront, s->baseline->distribution, NULL, 0, &list, err);
	for (i = 0; rc == 0 && !*later && i < list.count; i++) {
		if (strcmp(list.list[i].id, answer->id) == 0)
			break;
		rc = is_of_edgediff(s, list.list[i].id, later, err);
	}
	invalidation_list_release(&list);
	return rc;
}

/* CloudFront has an invalidation for the batch: made for it, or used up? */
static enum fate
fate_of(const struct settling *s, const struct invalidation *answer,
	struct err *err)
{
	bool later;

	if (is_before_baseline(s, answer->create_time))
		return FATE_REPLAYED;
	if (s->fresh)
		return is_before_batch(s, answer->create_time) ? FATE_REPLAYED
							       : FATE_ACCEPTED;
	if (find_later(s, answer, &later, err) != 0) {
		err_context(err,
			"accepted as %s, but it is not known whether anything "
			"was deployed since",
			answer->id);
		return FATE_UNKNOWN;
	}
	return later ? FATE_REPLAYED : FATE_ACCEPTED;
}

/*
 * Look among the newest invalidations for the one with our reference: *ours
 * where it is there with exactly our paths, and then `found` is it. Those older
 * than the baseline's cannot be.
 */
static int
find_by_reference(const struct settling *s, struct invalidation *found,
	bool *ours, struct err *err)
{
	const struct baseline *baseline = s->baseline;
	struct invalidation_list list = {0};
	struct invalidation batch = {0};
	size_t i;
	int rc;

	*ours = false;
	rc = read_pending(s, &batch, err);
	if (rc == 0)
		rc = cloudfront_list_invalidations(s->cloudfront,
			baseline->distribution, NULL, 0, &list, err);
	for (i = 0; rc == 0 && i < list.count; i++) {
		if (is_before_baseline(s, list.list[i].create_time))
			break;
		invalidation_release(found);
		rc = cloudfront_get_invalidation(s->cloudfront,
			baseline->distribution, list.list[i].id, found, err);
		if (rc == 0 && strcmp(found->caller_reference,
				       baseline->pending.reference) == 0) {
			*ours = same_items(found, &batch);
			break;
		}
	}
	invalidation_list_release(&list);
	invalidation_release(&batch);
	return rc;
}

/* CloudFront knows the reference, with other paths it says: is that so? */
static enum fate
examine_reference(
	struct settling *s, struct invalidation *answer, struct err *err)
{
	bool ours;

	if (find_by_reference(s, answer, &ours, err) != 0)
		return FATE_UNKNOWN;
	return ours ? fate_of(s, answer, err) : FATE_TAKEN;
}

/* Is this answer about the pending batch: its reference, its paths? */
static int
check_answer(const struct settling *s, const struct invalidation *answer,
	struct err *err)
{
	struct invalidation batch;
	int rc;

	rc = read_pending(s, &batch, err);
	if (rc == 0 && (!answer->caller_reference ||
			       strcmp(answer->caller_reference,
				       s->baseline->pending.reference) != 0 ||
			       !same_items(answer, &batch)))
		rc = err_set(err, ERR_AMBIGUOUS,
			"CloudFront's answer is about another batch than the "
			"one that was sent");
	invalidation_release(&batch);
	return rc;
}

/* Send once, with the retries that the call makes by itself. */
static enum fate
send_pending(struct settling *s, struct invalidation *answer, struct err *err)
{
	const struct aws_client *client = &s->cloudfront->client;
	const struct pending *pending = &s->baseline->pending;

	invalidation_release(answer);
	if (cloudfront_create_invalidation(s->cloudfront,
		    s->baseline->distribution, pending->body.data,
		    pending->body.len, answer, err) == 0)
		return check_answer(s, answer, err) == 0
			       ? fate_of(s, answer, err)
			       : FATE_UNKNOWN;
	if (err->code == ERR_SERVICE &&
		cloudfront_reference_was_used(&client->error))
		return examine_reference(s, answer, err);
	if (strcmp(client->error.code, "TooManyInvalidationsInProgress") == 0)
		return FATE_NO_ROOM;
	return err->code == ERR_AMBIGUOUS ? FATE_UNKNOWN : FATE_REFUSED;
}

/*
 * Another run has saved since we loaded: has it recorded this batch for us?
 * Then its baseline, the newest, is ours from here on.
 */
static bool
take_newer(struct settling *s)
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
static enum exit_status
record(struct settling *s, const struct invalidation *accepted, struct err *err)
{
	struct baseline *baseline = s->baseline;

	/* xml_read_invalidation has seen that both are short, plain words */
	snprintf(baseline->invalidation, sizeof(baseline->invalidation), "%s",
		accepted->id);
	snprintf(baseline->create_time, sizeof(baseline->create_time), "%s",
		accepted->create_time);
	baseline_advance(baseline);
	if (store_save(s->store, baseline, err) == 0)
		return EXIT_DONE;
	if (err->code != ERR_BUSY) {
		err_context(
			err, "accepted as %s but not recorded", accepted->id);
		return still_pending(err);
	}
	if (take_newer(s)) {
		talk("accepted as %s; another run has recorded it already",
			accepted->id);
		return EXIT_DONE;
	}
	err_set(err, ERR_BUSY,
		"accepted as %s but not recorded: another run has changed the "
		"baseline, or it was removed; run the same command again",
		accepted->id);
	return EXIT_PENDING;
}

/*
 * Refused for good, and no try can have been accepted: forget the batch, but
 * not that its build may have been served.
 */
static enum exit_status
drop_pending(struct settling *s, struct err *err)
{
	struct err saving = ERR_INIT;

	if (baseline_drop(s->baseline, &saving) == 0 &&
		store_save(s->store, s->baseline, &saving) == 0)
		return EXIT_FAILED;
	talk("%s", saving.message);
	return still_pending(err);
}

/*
 * A batch of an earlier run, of which a try may have been accepted, is refused
 * now: what its pages look like on the edge is not known.
 */
static enum exit_status
refused_later(const struct settling *s, struct err *err)
{
	struct shown_name shown;
	char message[sizeof(err->message)];

	memcpy(message, err->message, sizeof(message));
	err_set(err, err->code,
		"%s; the batch of the earlier run is still pending: when this "
		"is mended run the same command again, or remove %s to begin "
		"again with a first deployment",
		message, name_show_str(&shown, s->store->where));
	return EXIT_PENDING;
}

/*
 * Wait for others to be completed: 1 where it is time to try again, 0 where
 * the time is up, -1 where the user stopped it.
 */
static int
wait_for_room(const struct settling *s, long long since, int tries)
{
	long long left = s->wait_most - (host_elapsed() - since);
	long long pause = ROOM_PAUSE_FIRST;

	if (left <= 0)
		return 0;
	while (tries-- > 0 && pause < ROOM_PAUSE_LONGEST)
		pause = pause * 3 / 2;
	if (pause > ROOM_PAUSE_LONGEST)
		pause = ROOM_PAUSE_LONGEST;
	if (pause > left)
		pause = left;
	talk("CloudFront has too many invalidations in progress: trying again "
	     "in %lld s, for another %lld s at most (--wait-timeout)",
		(pause + 999) / 1000, (left + 999) / 1000);
	return host.wait(host.context, (long)pause) == 0 ? 1 : -1;
}

/*
 * Send until there is room. *doubtful where a try may have been accepted: a
 * later refusal then tells nothing.
 */
static enum fate
send_with_patience(struct settling *s, struct invalidation *answer,
	bool *doubtful, struct err *err)
{
	long long since = host_elapsed();
	enum fate fate;
	int tries = 0, more = 1;

	do {
		fate = send_pending(s, answer, err);
		*doubtful |= s->cloudfront->client.doubtful;
		if (fate == FATE_NO_ROOM)
			more = wait_for_room(s, since, tries++);
	} while (fate == FATE_NO_ROOM && more > 0);
	if (fate == FATE_NO_ROOM && more == 0)
		err_context(err, "no room until --wait-timeout");
	return fate;
}

static enum exit_status
give_up(struct settling *s, enum fate fate, bool doubtful, struct err *err)
{
	if (interrupted(NULL)) {
		err_context(err, "interrupted");
		return still_pending(err);
	}
	if (fate == FATE_UNKNOWN || doubtful)
		return still_pending(err);
	return s->fresh ? drop_pending(s, err) : refused_later(s, err);
}

enum exit_status
settle_pending(
	struct settling *s, struct invalidation *accepted, struct err *err)
{
	bool doubtful = false;
	enum fate fate;
	int i;

	for (i = 0; i < LINEAGES_MOST; i++) {
		fate = send_with_patience(s, accepted, &doubtful, err);
		/*
		 * Under a lineage that was made here, an accepted batch is
		 * new, whatever its CreateTime says: a baseline's own time,
		 * or a Date, can be wrong.
		 */
		if (fate == FATE_ACCEPTED || (fate == FATE_REPLAYED && i > 0))
			return record(s, accepted, err);
		if (fate != FATE_REPLAYED && fate != FATE_TAKEN)
			return give_up(s, fate, doubtful, err);
		talk("CloudFront knows this CallerReference from an older "
		     "deployment: sending the batch under a new one");
		if (renew_pending(s, err) != 0)
			return err->code == ERR_BUSY ? EXIT_PENDING
						     : still_pending(err);
	}
	err_set(err, ERR_SERVICE,
		"CloudFront says of %d random CallerReferences that it knows "
		"them",
		LINEAGES_MOST);
	return still_pending(err);
}
