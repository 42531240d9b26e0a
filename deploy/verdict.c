/* Sends a pending batch and finds out what became of it. */
#include "deploy/verdict.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/strings.h"
#include "deploy/create_time.h"
#include "deploy/pending.h"

enum {
	/* Seconds by which CloudFront's own clocks may differ. */
	CLOCK_SKEW_MAX = 60,
};

/* Are their items equal as sets? CloudFront lists paths in an order of its own. */
static int
match_items(const struct invalidation *a, const struct invalidation *b,
	bool *are_same, struct err *err)
{
	size_t count = a->item_count, i;
	const char **left, **right;
	bool same = count == b->item_count;
	int rc;

	left = calloc(count + 1, sizeof(*left));
	right = calloc(count + 1, sizeof(*right));
	rc = left && right ? 0 : err_memory(err);
	if (same && rc == 0) {
		for (i = 0; i < count; i++) {
			left[i] = a->items[i];
			right[i] = b->items[i];
		}
		strings_sort(left, count);
		strings_sort(right, count);
		for (i = 0; same && i < count; i++)
			same = strcmp(left[i], right[i]) == 0;
	}
	*are_same = same && rc == 0;
	free(left);
	free(right);
	return rc;
}

/* Is it older than the baseline's invalidation? Both times are CloudFront's. */
static bool
is_before_baseline(const struct submission *s, const char *create_time)
{
	const struct baseline *baseline = s->baseline;

	return baseline->serial > 0 && baseline->create_time[0] != '-' &&
	       create_time_compare(create_time, baseline->create_time) < 0;
}

/*
 * Is it older than the batch, by CloudFront's own clock? Then somebody has
 * restored an older copy of the baseline, and its reference is already used.
 */
static bool
is_before_batch(const struct submission *s, const char *create_time)
{
	long long elapsed = (clock_elapsed() - s->began) / 1000;
	int64_t date = s->cloudfront->client.date;
	char earliest[sizeof("2026-11-23T09:40:00")];
	struct tm tm;
	time_t began;

	if (date == 0)
		return false;
	began = (time_t)(date - elapsed - CLOCK_SKEW_MAX);
	if (!gmtime_r(&began, &tm) || strftime(earliest, sizeof(earliest),
					      "%Y-%m-%dT%H:%M:%S", &tm) == 0)
		return false;
	return create_time_compare(create_time, earliest) < 0;
}

/*
 * CloudFront has an invalidation for the batch: is it the batch's, or a replay?
 * Under a lineage made in this run a reference cannot have been used before,
 * even if the time looks old: the baseline's time or a Date can be wrong.
 */
static enum verdict
verdict_of(const struct submission *s, const struct invalidation *answer)
{
	if (s->renewed)
		return VERDICT_ACCEPTED;
	if (is_before_baseline(s, answer->create_time))
		return VERDICT_REPLAYED;
	return s->fresh && is_before_batch(s, answer->create_time)
		       ? VERDICT_REPLAYED
		       : VERDICT_ACCEPTED;
}

/*
 * Look among the newest invalidations, back to the baseline's, for the one with
 * our reference. If it has exactly our paths, set *ours; `found` receives it.
 */
static int
find_by_reference(const struct submission *s, struct invalidation *found,
	bool *ours, struct err *err)
{
	const struct baseline *baseline = s->baseline;
	struct invalidation_list list = {0};
	struct invalidation batch = {0};
	size_t i;
	int rc;

	*ours = false;
	rc = pending_read(&batch, &s->baseline->pending, err);
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
			rc = match_items(found, &batch, ours, err);
			break;
		}
	}
	invalidation_list_release(&list);
	invalidation_release(&batch);
	return rc;
}

/* CloudFront says that the reference was used with other paths: check it. */
static enum verdict
examine_reference(
	struct submission *s, struct invalidation *answer, struct err *err)
{
	bool ours;

	if (find_by_reference(s, answer, &ours, err) != 0)
		return VERDICT_UNKNOWN;
	return ours ? verdict_of(s, answer) : VERDICT_TAKEN;
}

/* Does the answer have the reference and the paths of the pending batch? */
static int
check_answer(const struct submission *s, const struct invalidation *answer,
	struct err *err)
{
	struct invalidation batch;
	bool same = false;
	int rc;

	rc = pending_read(&batch, &s->baseline->pending, err);
	if (rc == 0)
		rc = match_items(answer, &batch, &same, err);
	if (rc == 0 && (!answer->caller_reference ||
			       strcmp(answer->caller_reference,
				       s->baseline->pending.reference) != 0 ||
			       !same))
		rc = err_set(err, ERR_AMBIGUOUS,
			"CloudFront's answer is about a different batch than "
			"the one that was sent");
	invalidation_release(&batch);
	return rc;
}

enum verdict
verdict_by_sending(
	struct submission *s, struct invalidation *answer, struct err *err)
{
	const struct aws_client *client = &s->cloudfront->client;
	const struct pending *pending = &s->baseline->pending;

	invalidation_release(answer);
	if (cloudfront_create_invalidation(s->cloudfront,
		    s->baseline->distribution, pending->body.data,
		    pending->body.len, answer, err) == 0)
		return check_answer(s, answer, err) == 0 ? verdict_of(s, answer)
							 : VERDICT_UNKNOWN;
	if (err->code == ERR_SERVICE &&
		cloudfront_reference_was_used(&client->error))
		return examine_reference(s, answer, err);
	if (strcmp(client->error.code, "TooManyInvalidationsInProgress") == 0)
		return VERDICT_NO_ROOM;
	return err->code == ERR_AMBIGUOUS ? VERDICT_UNKNOWN : VERDICT_REFUSED;
}
