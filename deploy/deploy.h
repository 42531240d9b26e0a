/*
 * The protocol: a build's batch reaches CloudFront exactly once, no matter
 * what fails in between.
 *
 * ASSUMPTIONS about CloudFront:
 * - If a batch repeats the CallerReference and the paths of one that was
 *   accepted before, CloudFront creates nothing and answers with the earlier
 *   invalidation (API_InvalidationBatch).
 * - If it repeats the reference with other paths, CloudFront refuses it, with
 *   the documented code or with InvalidArgument and a message about the caller
 *   reference.
 * - A 201 means that the invalidation will be carried out, a 4xx that the
 *   request was not accepted; a 5xx says neither.
 * - CreateTime and Date come from one clock, give or take a minute, and
 *   invalidations are listed newest first. If that is wrong, a batch is sent
 *   twice under two references: it is billed twice, but nothing stays stale.
 *
 * INVARIANTS:
 * - Before the first byte of a batch is sent, the batch is saved durably as
 *   the baseline's pending batch. It is sent again with the same bytes until
 *   CloudFront is known to have accepted or refused it.
 * - The baseline takes over a new manifest only after CloudFront has accepted
 *   its batch, or if no URL is stale; each time the serial grows by one.
 * - A pending batch is submitted before another one is made.
 * - No two transitions share a CallerReference: it covers the distribution,
 *   lineage, serial, both manifests and the items. A lineage is random, and is
 *   renewed if CloudFront knows a reference that should be new.
 * - The stored baseline is always the old one, the old one with the pending
 *   batch, or the new one: see deploy/store.h.
 *
 * 1. Load the baseline; submit the pending batch in it. (deploy_begin)
 * 2. Make the delta, the plan and the batch from the baseline's manifest and
 *    the build's, which the caller has read. (deploy_build, up to 5.)
 * 3. Save the baseline with the batch pending.
 * 4. Submit the batch. If CloudFront
 *    - accepts it, go on;
 *    - says that the reference was used before, look for that invalidation. If
 *      it has our reference and our paths, the batch was accepted. Otherwise
 *      make a new lineage and go back to 3: at worst this is billed twice. Do
 *      the same if the invalidation is older than the batch, or if the batch is
 *      from an earlier run and edgediff has made other invalidations since:
 *      then somebody has restored an older copy of the baseline;
 *    - refuses it, drop the pending batch, unless an earlier attempt may have
 *      been accepted. From then on it is unknown which version of the changed
 *      objects the edge serves;
 *    - gives an ambiguous answer or none, keep the batch pending.
 * 5. Save the baseline with the new manifest, serial n + 1, nothing pending.
 */
#ifndef DEPLOY_DEPLOY_H
#define DEPLOY_DEPLOY_H

#include "aws/cloudfront.h"
#include "deploy/callbacks.h"
#include "deploy/deploy_result.h"
#include "deploy/outcome.h"
#include "deploy/reviewed.h"
#include "deploy/store.h"

enum first_run { FIRST_RUN_ALL, FIRST_RUN_NONE, FIRST_RUN_FAIL };

struct deploy {
	/* set by the caller, and borrowed */
	const char *distribution;
	struct store *store; /* of the baseline; begun, unless rehearsing */
	struct cloudfront *cloudfront; /* NULL in a rehearsal */
	const struct deploy_callbacks *callbacks;
	enum first_run first_run;
	struct transition_options options;
	long long wait_max; /* ms; see deploy/submission.h */

	/*
	 * Send this batch only; NULL for any. A pending batch of an earlier
	 * run, which may have been sent, is submitted first all the same.
	 */
	const struct reviewed *reviewed;

	/* Stop before the first byte is sent: nothing is written. */
	bool rehearse;

	/* its own */
	struct baseline baseline;
	bool found; /* there was a baseline */
	bool settled; /* the pending batch of an earlier run was accepted */
};

/*
 * Step 1. The deploy's own members and the result must be zero. Returns an
 * error unless the outcome is DEPLOY_DONE. Then read the build and call
 * deploy_build; if it cannot be read, the outcome is deploy_failed's. Release
 * both in any case.
 */
enum deploy_outcome deploy_begin(
	struct deploy *deploy, struct deploy_result *result, struct err *err);

/* About how many objects the build has; 0 if unknown. */
size_t deploy_expected_objects(const struct deploy *deploy);

/*
 * Steps 2 to 5. Takes the build's sealed manifest, which is empty afterwards or
 * contains what was not needed; the caller releases it after the result.
 */
enum deploy_outcome deploy_build(struct deploy *deploy, struct manifest *build,
	struct deploy_result *result, struct err *err);

/* The outcome if the caller fails between deploy_begin and deploy_build. */
enum deploy_outcome deploy_failed(const struct deploy *deploy);

void deploy_release(struct deploy *deploy);

/*
 * Is a batch of an earlier run pending? False if the baseline cannot be read.
 */
bool deploy_is_pending(struct store *store);

#endif
