/*
 * Takes a pending batch to CloudFront, and records what became of it: steps 5
 * and 6 of the protocol in deploy/deploy.h, which states its assumptions and
 * invariants.
 */
#ifndef DEPLOY_SUBMIT_H
#define DEPLOY_SUBMIT_H

#include "deploy/outcome.h"
#include "deploy/submission.h"

enum submit_outcome {
	/*
	 * Accepted and recorded, by this run or by a faster one. If the look at
	 * the history found a fork, nothing is known in the baseline.
	 */
	SUBMIT_ACCEPTED,

	/*
	 * The reference belongs to an older invalidation: the baseline is an
	 * older or a forked copy. The batch is no longer pending, its values
	 * are among the baseline's, of which nothing is known any more.
	 */
	SUBMIT_FORKED,

	SUBMIT_REFUSED, /* for good: no longer pending, err says why */
	SUBMIT_PENDING, /* it may be accepted: err says why it is unknown */
};

/*
 * After any outcome but the last, the baseline is the newest one, which another
 * run may have advanced since then; it may even have another batch pending.
 * `accepted` is CloudFront's answer; the caller releases it in any case. If the
 * batch is dropped, its manifest moves to `dropped`, unless that is NULL.
 */
enum submit_outcome submit_pending(struct submission *submission,
	struct invalidation *accepted, struct manifest *dropped,
	struct err *err);

/* Add to the error that the batch stays pending. */
void submit_keep_pending(struct err *err);

#endif
