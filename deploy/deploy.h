/*
 * The protocol: a build's batch reaches CloudFront exactly once, whatever
 * fails in between.
 *
 * ASSUMPTIONS about CloudFront:
 * - A batch with a CallerReference and paths that it accepted before creates
 *   nothing and answers with that invalidation (API_InvalidationBatch).
 * - The same reference with other paths is refused, by the documented code or
 *   by InvalidArgument with a message about the caller reference.
 * - A 201 means that the invalidation will be carried out; a 4xx, that the
 *   request was not accepted; a 5xx leaves it open.
 * - CreateTime and Date are of one clock, give or take a minute, and
 *   invalidations are listed newest first. Where that is wrong, a batch is
 *   sent twice under two references: billed twice, never stale.
 *
 * INVARIANTS:
 * - A batch is written down durably, as the baseline's pending batch, before
 *   its first byte is sent, and is sent again with the same bytes until it is
 *   known to be accepted or refused.
 * - The baseline's manifest moves only when its batch was accepted, or where
 *   no URL was stale; its serial grows by one each time.
 * - A pending batch is settled before another is made.
 * - No two transitions have one CallerReference: it covers the distribution,
 *   lineage, serial, both manifests and the items, and a lineage is random and
 *   renewed when CloudFront knows a reference that should be new.
 * - The stored baseline is the old one, the old one with the pending batch, or
 *   the new one: see manifest/store.h.
 *
 * 1. Load the baseline; settle the pending batch in it.
 * 2. Read the build; diff, plan, batch.
 * 3. Save the baseline with the batch pending.
 * 4. Submit. Accepted: go on. A reference that was used before: look for the
 *    invalidation; where it is ours with the same paths, it was accepted;
 *    otherwise take a new lineage and go to 3: billed twice at worst, never
 *    stale. The same where the invalidation is older than the batch, or, for
 *    a batch of an earlier run, where edgediff has made others since: then an
 *    older copy of the baseline was put back. Refused: drop the pending batch,
 *    unless an earlier try of it may have been accepted; what it changed is
 *    then not known of the edge. Anything ambiguous: it stays pending.
 * 5. Save the baseline with the new manifest, serial n + 1, nothing pending.
 */
#ifndef DEPLOY_DEPLOY_H
#define DEPLOY_DEPLOY_H

#include "aws/cloudfront.h"
#include "cmd/command.h"
#include "deploy/reviewed.h"
#include "deploy/transition.h"
#include "manifest/store.h"

enum first_run { FIRST_RUN_ALL, FIRST_RUN_NONE, FIRST_RUN_FAIL };

/*
 * Sees a transition before anything of it is sent or saved, for review; a
 * failure ends the run there.
 */
typedef int review_fn(
	void *context, const struct planned *planned, struct err *err);

struct deploy {
	const char *distribution;
	struct store *store; /* of the baseline; begun, but to rehearse */
	enum first_run first_run;
	struct transition_options options;
	struct cloudfront *cloudfront;
	long long wait_max; /* ms to wait for room; deploy/submit.h */

	/*
	 * Send this batch only; NULL for any. A pending batch of an earlier
	 * run, which may have been sent, is settled before all the same.
	 */
	const struct reviewed *reviewed;
	review_fn *review;
	void *review_context;
};

struct deploy_result {
	bool accepted; /* a batch was; otherwise there was nothing to do */
	bool recorded; /* the baseline moved, with a batch or without one */
	bool settled; /* it was the pending batch of an earlier run */
	uint64_t serial;
	char hash[SHA256_HEX_SIZE];
	char reference[REFERENCE_MAX + 1];
	struct invalidation invalidation; /* where accepted */
	char last[INVALIDATION_ID_MAX +
		  1]; /* where not: of the run that was, or "" */
	struct transition transition;
};

/*
 * Returns an exit status, and an error where it is not EXIT_DONE. Release the
 * result in any case.
 */
enum exit_status deploy_run(const struct deploy *deploy,
	struct deploy_result *result, struct err *err);

/* The same up to the first byte sent: nothing is written. */
enum exit_status deploy_rehearse(const struct deploy *deploy,
	struct deploy_result *result, struct err *err);

/* Is a batch of an earlier run pending? No, where that can't be read. */
bool deploy_is_pending(struct store *store);

void deploy_result_release(struct deploy_result *result);

#endif
