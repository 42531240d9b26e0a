/*
 * Takes a pending batch to CloudFront and records that it was accepted: steps
 * 4 and 5 of the protocol in deploy/deploy.h, which states its assumptions and
 * invariants.
 */
#ifndef DEPLOY_SUBMIT_H
#define DEPLOY_SUBMIT_H

#include "deploy/outcome.h"
#include "deploy/submission.h"

/*
 * DEPLOY_DONE: accepted and recorded, by this run or by a faster one. The
 * baseline is the newest one, which may have advanced since then and may have
 * another batch pending; `accepted` is CloudFront's answer. DEPLOY_FAILED:
 * nothing was accepted, and nothing is pending any more. DEPLOY_PENDING: run
 * again. The caller releases `accepted` in any case.
 */
enum deploy_outcome submit_pending(struct submission *submission,
	struct invalidation *accepted, struct err *err);

/* Add to the error that the batch stays pending. Returns DEPLOY_PENDING. */
enum deploy_outcome submit_keep_pending(struct err *err);

#endif
