/*
 * What became of a pending batch that was sent: CloudFront's answer held
 * against the batch, the baseline and what else CloudFront has made.
 */
#ifndef DEPLOY_VERDICT_H
#define DEPLOY_VERDICT_H

#include "deploy/submission.h"

/* What came of sending the batch. */
enum verdict {
	VERDICT_ACCEPTED,
	VERDICT_REPLAYED, /* it was answered with an older invalidation */
	VERDICT_TAKEN, /* another batch has its reference */
	VERDICT_NO_ROOM, /* refused, until others are completed */
	VERDICT_REFUSED, /* for good: nothing was accepted */
	VERDICT_UNKNOWN, /* it may have been accepted */
};

/*
 * Send the pending batch once, with the retries that the call makes by itself.
 * Accepted and replayed: `answer` is the invalidation. Otherwise err says what
 * happened, and cloudfront->client.doubtful whether a try may have been
 * accepted. The answer is released by the caller in any case.
 */
enum verdict verdict_by_sending(struct submission *submission,
	struct invalidation *answer, struct err *err);

#endif
