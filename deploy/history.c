/* Looks for invalidations that the baseline does not know. */
#include "deploy/history.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/escape.h"
#include "deploy/create_time.h"
#include "deploy/lineage.h"
#include "diff/batch.h"
#include "diff/url.h"

struct look {
	struct cloudfront *cloudfront;
	const struct baseline *baseline;
	const char *own;
	long long end; /* a time of clock_elapsed */
	struct buf mount; /* encoded */

	/* what was seen so far; the newest invalidation comes first */
	bool before_own; /* all that follow are older than our own */
	bool other_build; /* another baseline deployed one that is not ours */
};

/* Let the next call take no longer than what is left. */
static int
limit_call(const struct look *look, struct err *err)
{
	long long left = look->end - clock_elapsed();

	if (left <= 0)
		return err_set(err, ERR_SERVICE, "it would take too long");
	look->cloudfront->client.time_max = (long)((left + 999) / 1000);
	return 0;
}

/* Does the item cover everything below the mount? */
static bool
covers_mount(const struct look *look, const char *item)
{
	size_t len = strlen(item);

	if (*item == '/') { /* CloudFront adds a slash that is missing */
		item++;
		len--;
	}
	if (len == 0 || item[len - 1] != '*')
		return false;
	len--;
	return len <= look->mount.len - 1 &&
	       memcmp(look->mount.data + 1, item, len) == 0;
}

static bool
covers_all(const struct look *look, const struct invalidation *one)
{
	size_t i;

	for (i = 0; i < one->item_count; i++)
		if (covers_mount(look, one->items[i]))
			return true;
	return false;
}

/*
 * Is it of the build that the baseline has, or that our own invalidation has
 * just brought? Then it says nothing new. But if it is newer than our own, that
 * may be a replay.
 */
static bool
is_of_our_build(const struct look *look, const char *reference)
{
	const struct baseline *baseline = look->baseline;

	if (!look->before_own)
		return false;
	return batch_reference_is_of(reference, baseline->manifest.hash) ||
	       (look->own && batch_reference_is_of(reference,
				     baseline->pending.manifest.hash));
}

/* Does this invalidation of edgediff's, not one of our own, show a fork? */
static bool
shows_fork(struct look *look, const struct invalidation *one, const char *tag)
{
	bool ours = is_of_our_build(look, one->caller_reference);

	if (strcmp(tag, look->baseline->tag) == 0)
		return !ours;
	look->other_build |= !ours;
	return look->other_build && history_has_past(look->baseline) &&
	       covers_all(look, one);
}

/* Does this invalidation show that the baseline is an older or forked copy? */
static int
examine(struct look *look, const char *id, bool *forked, struct err *err)
{
	const struct baseline *baseline = look->baseline;
	char tag[BATCH_TAG_DIGITS + 1];
	struct invalidation one;
	const char *reference;

	if (limit_call(look, err) != 0 ||
		cloudfront_get_invalidation(look->cloudfront,
			baseline->distribution, id, &one, err) != 0)
		return -1;
	reference = one.caller_reference;
	*forked = batch_reference_read(reference, tag) &&
		  strcmp(reference, baseline->dropped) != 0 &&
		  shows_fork(look, &one, tag);
	invalidation_release(&one);
	return 0;
}

static bool
is_own(const struct look *look, const char *id)
{
	return (look->own && strcmp(id, look->own) == 0) ||
	       strcmp(id, look->baseline->invalidation) == 0;
}

/*
 * Was it looked at before? Without a horizon, that is the last of our own. If
 * there is none of that either, it is "-", which is before any other.
 */
static bool
is_known(const struct look *look, const struct invalidation_summary *one)
{
	const struct baseline *baseline = look->baseline;
	const char *id = baseline->horizon, *time = baseline->horizon_time;

	if (baseline->serial == 0) /* the first of our own covers everything */
		return look->own && strcmp(one->id, look->own) == 0;
	if (!*id) {
		id = baseline->invalidation;
		time = baseline->create_time;
	}
	return strcmp(one->id, id) == 0 ||
	       create_time_compare(one->create_time, time) < 0;
}

static int
examine_list(struct look *look, const struct invalidation_list *list,
	struct history *out, struct err *err)
{
	bool forked = false;
	size_t i;

	look->before_own = !look->own;
	for (i = 0; i < list->count && !is_known(look, &list->list[i]); i++) {
		const char *id = list->list[i].id;

		if (is_own(look, id)) {
			look->before_own = true;
			continue;
		}
		if (examine(look, id, &forked, err) != 0)
			return -1;
		if (forked) {
			out->verdict = HISTORY_FORKED;
			snprintf(out->found, sizeof(out->found), "%s", id);
			return 0;
		}
	}
	if (i == list->count && list->truncated)
		return err_set(err, ERR_SERVICE,
			"there are more than %zu newer invalidations",
			list->count);
	out->verdict = HISTORY_CLEAR;
	return 0;
}

static int
examine_newest(struct look *look, struct history *out, struct err *err)
{
	struct invalidation_list list;
	int rc;

	if (limit_call(look, err) != 0 ||
		cloudfront_list_invalidations(look->cloudfront,
			look->baseline->distribution, NULL, 0, &list, err) != 0)
		return -1;
	if (list.count > 0) {
		snprintf(out->newest, sizeof(out->newest), "%s",
			list.list[0].id);
		snprintf(out->newest_time, sizeof(out->newest_time), "%s",
			list.list[0].create_time);
	}
	rc = examine_list(look, &list, out, err);
	invalidation_list_release(&list);
	return rc;
}

bool
history_has_begun(const struct baseline *baseline)
{
	return baseline->horizon[0] || baseline->serial > 0;
}

bool
history_has_past(const struct baseline *baseline)
{
	const char *id = baseline->horizon[0] ? baseline->horizon
					      : baseline->invalidation;

	return strcmp(id, "-") != 0;
}

void
history_look(struct history *out, struct cloudfront *cloudfront,
	const struct baseline *baseline, const char *own, long long patience,
	struct err *err)
{
	struct look look = {
		.cloudfront = cloudfront,
		.baseline = baseline,
		.own = own,
		.end = clock_elapsed() + patience,
	};

	long time_max = cloudfront->client.time_max;

	*out = (struct history){.verdict = HISTORY_UNSEEN};
	buf_init(&look.mount, 3 * KEY_MAX);
	url_encode(&look.mount, baseline->prefix, strlen(baseline->prefix));
	if (buf_check(&look.mount, err) == 0)
		(void)examine_newest(&look, out, err);
	cloudfront->client.time_max = time_max;
	buf_release(&look.mount);
}

void
history_set_horizon(struct baseline *baseline, const struct history *history)
{
	snprintf(baseline->horizon, sizeof(baseline->horizon), "%s",
		history->newest);
	snprintf(baseline->horizon_time, sizeof(baseline->horizon_time), "%s",
		history->newest_time);
}

void
history_begin_horizon(struct baseline *baseline, const struct history *history)
{
	history_set_horizon(baseline, history);
	if (history->newest[0])
		return;
	/* not "-": that is before a beginning that nobody has seen */
	snprintf(baseline->horizon, sizeof(baseline->horizon), "none");
	snprintf(baseline->horizon_time, sizeof(baseline->horizon_time), "-");
}

void
history_keep_horizon(struct baseline *baseline)
{
	if (baseline->serial == 0) {
		baseline->horizon[0] = '\0';
		return;
	}
	if (baseline->horizon[0] && create_time_compare(baseline->horizon_time,
					    baseline->create_time) >= 0)
		return;
	memcpy(baseline->horizon, baseline->invalidation,
		sizeof(baseline->horizon));
	memcpy(baseline->horizon_time, baseline->create_time,
		sizeof(baseline->horizon_time));
}

int
history_forget(struct baseline *baseline,
	const struct deploy_callbacks *callbacks, struct err *err)
{
	baseline_forget(baseline);
	return lineage_renew(baseline, callbacks, err);
}

void
history_warn(const struct deploy_callbacks *callbacks, const char *prefix,
	const char *found)
{
	struct escaped_name shown;

	callbacks_log(callbacks, DEPLOY_WARNING,
		"warning: CloudFront has %s%s, which this baseline does not "
		"know, so it is an older or a second copy: everything under %s "
		"is invalidated; keep one baseline for all runs, for example "
		"with --baseline s3://BUCKET/KEY",
		*found ? "invalidation " : "this batch from before", found,
		escape_show_str(&shown, prefix));
}

void
history_note(const struct deploy_callbacks *callbacks, const struct err *why)
{
	callbacks_log(callbacks, DEPLOY_INFO,
		"note: it was not checked whether the baseline is the newest "
		"copy: %s (--no-history leaves the check out)",
		why->message);
}
