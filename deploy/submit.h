/*
 * Takes a pending batch to CloudFront and records that it was accepted: steps
 * 4 and 5 of the protocol in deploy/deploy.h, which has its assumptions and
 * invariants.
 */
#ifndef DEPLOY_SUBMIT_H
#define DEPLOY_SUBMIT_H

#include "aws/cloudfront.h"
#include "cmd/command.h"
#include "manifest/store.h"

struct submission {
	struct cloudfront *cloudfront;
	struct store *store;
	struct baseline *baseline; /* with its pending batch, as it is saved */

	/*
	 * Was the batch made by this run, so that no earlier one can have
	 * sent it? Then its invalidation is made after `began`, a time of
	 * clock_elapsed, and a refusal for good means that nothing was
	 * accepted.
	 */
	bool fresh;
	long long began;

	/* Milliseconds to wait where too many invalidations are in progress. */
	long long wait_max;
};

/*
 * EXIT_DONE: accepted and recorded, by this run or by another that was faster;
 * the baseline is the newest one, which may have gone on since, and have
 * another batch pending; `accepted` holds CloudFront's answer. EXIT_FAILED:
 * nothing was accepted, and nothing is pending any more. EXIT_PENDING: run
 * again. `accepted` is released by the caller in any case.
 */
enum exit_status submit_pending(struct submission *submission,
	struct invalidation *accepted, struct err *err);

/* The words of a batch that stays pending, around what happened to it. */
enum exit_status still_pending(struct err *err);

/* A new random lineage for a baseline. */
int lineage_make(struct baseline *baseline, struct err *err);

#endif
