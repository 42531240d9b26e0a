/*
 * Decides what became of a pending batch that was sent: compares CloudFront's
 * answer with the batch, the baseline and CloudFront's other invalidations.
 */
#ifndef DEPLOY_VERDICT_H
#define DEPLOY_VERDICT_H

#include "deploy/submission.h"

/* What came of sending the batch. */
enum verdict {
	VERDICT_ACCEPTED,
	VERDICT_REPLAYED, /* the answer is an older invalidation */
	VERDICT_TAKEN, /* another batch has its reference */
	VERDICT_NO_ROOM, /* refused until others are completed */
	VERDICT_REFUSED, /* for good: nothing was accepted */
	VERDICT_UNKNOWN, /* it may have been accepted */
};

/*
 * Send the pending batch once, with the retries that the call itself makes. If
 * it is accepted or replayed, `answer` is the invalidation. Otherwise err says
 * what happened, and the client says whether an attempt may have been accepted.
 * The caller releases the answer in any case.
 */
enum verdict verdict_by_sending(struct submission *submission,
	struct invalidation *answer, struct err *err);

#endif
