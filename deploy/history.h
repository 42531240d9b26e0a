/*
 * The look at CloudFront's history: is the baseline the newest of its kind?
 *
 * A baseline that was restored from an older copy does not know what was
 * deployed since, and of two copies that are both used, neither knows what the
 * other one deployed. CloudFront knows: every CallerReference has the tag of its
 * baseline. So if there is an invalidation with this tag that the baseline did
 * not make, or one by another baseline of edgediff's that covers the whole
 * mount, then nothing is known about what caches hold. Other invalidations mean
 * nothing. Nor do those of the build that this baseline has, if the other
 * baseline has deployed no other: so two of one mount that take turns do not
 * invalidate everything for ever. (The wildcard of a mount above counts, since that
 * site may have objects here, which this baseline does not know.)
 *
 * Only those count that are newer than the horizon, the newest invalidation that
 * was looked at before. A baseline that was begun without a batch has none yet:
 * then all that CloudFront lists are looked at, but only for the tag, since the
 * others may be older than the baseline. The newest, or that there is none, is its
 * first horizon. If no look is taken after a batch was accepted, the horizon stays,
 * so that the next look makes up for it; but it never stays behind two batches of our
 * own, since the older one would be taken for another copy's. The look cannot see
 * what leaves no trace at CloudFront: announcements, and builds that were recorded
 * without a batch.
 */
#ifndef DEPLOY_HISTORY_H
#define DEPLOY_HISTORY_H

#include "aws/cloudfront.h"
#include "deploy/callbacks.h"
#include "manifest/baseline.h"

enum history_verdict {
	HISTORY_CLEAR,
	HISTORY_FORKED, /* the baseline is an older or a forked copy */
	HISTORY_UNSEEN, /* the look could not be taken */
};

struct history {
	enum history_verdict verdict;
	char found[INVALIDATION_ID_MAX + 1]; /* what shows that it is forked */

	/* the newest invalidation: the next horizon; "" if there is none */
	char newest[INVALIDATION_ID_MAX + 1];
	char newest_time[CREATE_TIME_MAX + 1];
};

enum {
	/* Milliseconds that a look may take. */
	HISTORY_PATIENCE = 30 * 1000,
	HISTORY_PATIENCE_SHORT = 5 * 1000,
};

/*
 * Is there anything to look for? Not before the first acceptance: then everything
 * is invalidated. (But if an earlier run, or another copy, may have used its
 * reference, see whether anything is newer.)
 */
bool history_has_begun(const struct baseline *baseline);

/*
 * Is it known which invalidations are older than the baseline? Not if it was begun
 * without a batch, until a look was taken.
 */
bool history_has_past(const struct baseline *baseline);

/*
 * Take the look, in `patience` milliseconds at most: one request for the list,
 * and one for each invalidation that is newer than the horizon. `own` is the ID
 * of the invalidation that this run made, or NULL. If the verdict is
 * HISTORY_UNSEEN, err says why: no answer, no permission (ERR_SERVICE and the
 * status), or too many invalidations (ERR_SERVICE after a good answer): more than
 * can be looked at in that time, or than CloudFront lists at once.
 */
void history_look(struct history *out, struct cloudfront *cloudfront,
	const struct baseline *baseline, const char *own, long long patience,
	struct err *err);

/* What was looked at now need not be looked at again. */
void history_set_horizon(
	struct baseline *baseline, const struct history *history);

/*
 * The first horizon of a baseline that was begun without a batch. That CloudFront
 * listed no invalidation is remembered too: then all that it lists later are
 * newer than the baseline.
 */
void history_begin_horizon(
	struct baseline *baseline, const struct history *history);

/*
 * No look was taken after a batch was accepted; call this before that is
 * recorded. The next look begins at the batch before it, or at the horizon if
 * that is newer.
 */
void history_keep_horizon(struct baseline *baseline);

/*
 * The baseline is an older or a forked copy: nothing is known. The other copy
 * may have used the next reference, so the lineage is renewed. ERR_SYSTEM if no
 * random bytes are available.
 */
int history_forget(struct baseline *baseline,
	const struct deploy_callbacks *callbacks, struct err *err);

/*
 * Warn that the baseline is an older or a forked copy. `found` is the ID of the
 * invalidation that shows it, or "" if the batch's own reference does.
 */
void history_warn(const struct deploy_callbacks *callbacks, const char *prefix,
	const char *found);

/* Note that the look could not be taken, and why. */
void history_note(
	const struct deploy_callbacks *callbacks, const struct err *why);

#endif
