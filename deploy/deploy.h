/*
 * The protocol: a build's batch reaches CloudFront exactly once, and no cache
 * keeps an old object, no matter what fails in between.
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
 *   invalidations are listed newest first. If that is wrong, more is
 *   invalidated than is necessary. Within that minute a replay looks like a new
 *   invalidation: if an older copy is put back so soon after the batch that it
 *   does not know, and makes the same batch, and nothing newer tells of it, that
 *   counts as accepted, and what caches took since stays.
 * About the site:
 * - A mount has one baseline, of which there can be copies. Of another one that was
 *   begun for itself, only what invalidates everything is noticed.
 * - Uploads to the mount happen one after the other.
 * - Each upload is announced before it begins, or followed by a run that reads
 *   the same build and ends, before the next upload begins.
 * - From an announcement until its upload has ended, no other build's run goes
 *   on: the acceptance of that run's batch would forget the announcement. (To
 *   keep it, the baseline would have to know when an upload can no longer come.
 *   An upload that was cancelled never comes: each later run would invalidate its
 *   keys again, for ever, or up to some number that the next upload exceeds.)
 * - A cache that was asking for an object while the object changed is not
 *   considered: no invalidation can reach an answer on its way.
 * - What options leave out (--immutable, --skip-added) need not be covered while
 *   they are given. A deployment that leaves out less than the one before it
 *   covers everything (diff/left_out.h).
 * - S3's objects and CloudFront's lists are up to date.
 *
 * WHAT IS KNOWN. A baseline says of each key which values caches can hold: a
 * set of contents and "absent" (manifest/value_sets.h). Let M be its manifest
 * and T that of its pending batch. Then caches can hold
 *
 *	K(k) = {M(k)} + the baseline's set of k + {T(k)}
 *
 * and once the pending batch is accepted, only
 *
 *	P(k) = {T(k)} + the pending batch's set of k
 *
 * INVARIANTS:
 * - Before the first byte of a batch is sent, the batch is saved durably as
 *   the baseline's pending batch. It is sent again with the same bytes until
 *   CloudFront is known to have accepted or refused it.
 * - A pending batch is submitted before another one is made.
 * - No two transitions share a CallerReference: it covers the distribution,
 *   lineage, serial, both manifests and the items. A lineage is random, and is
 *   renewed if its next reference may be used: if a batch is dropped (another
 *   copy may have the same one accepted), if there is another copy of the baseline,
 *   and for the first batch of all. All references of a baseline have its tag.
 * - The stored baseline is replaced as a whole: see deploy/store.h.
 * - Whenever a batch is first sent, every value that a cache has under a URL of
 *   key k is in K(k); and whenever one is accepted, in P(k), except for what it
 *   removes.
 *
 * PROOF of the last one. A cache is filled with the value that the bucket has;
 * that was put there by an upload of some build X. By assumption, X is announced
 * or read by a run before the next upload, so before any batch for a later
 * build. Both add X's values to K and, if a batch is pending, to P, and save
 * that, or say that they could not. K loses values at an acceptance, and when a
 * build is recorded that makes no URL stale: then it loses none but those of keys
 * that options leave out, since any other would have made one stale. At an acceptance
 * the plan has covered every key whose set had a value other than T(k), so what
 * a cache holds under it was filled afterwards: T(k), or the value of a build
 * that was uploaded since the batch was made, which is in P(k). Under the other
 * keys caches held T(k) alone. So K = P is right.
 *
 * Two runs at once. A file's lock makes them follow each other. In S3, and in a
 * folder that hosts share, a save fails unless it replaces what the run has loaded or
 * saved last, and a run or an announcement that has nothing to save compares that at
 * its end. So of two, A and C, either A ends before C's batch is pending, as if it
 * had come first, or A notices that batch and adds its own build's values to P.
 *
 * So exit status 0 means: no cache has, or will have once the invalidation is
 * completed, anything but the build that is in the bucket.
 *
 * Copies. If an older copy of the baseline was put back, or two copies are used,
 * neither knows what the other one did. CloudFront does: deploy/history.h. Then
 * nothing is known, and everything under the mount is invalidated. But if all that
 * the other one sent is of build M or, before our own batch, of M or T, then all
 * that it let caches have is in K, and our plans have covered it. Of what it sent
 * after our own batch this is not said: that batch may be a replay.
 *
 * 1. Load the baseline. (deploy_begin)
 * 2. Read the build (the caller does), and ask the guards. Only what they let
 *    pass is taken for what was uploaded. (deploy_build, up to 6.)
 * 3. If a batch is pending, add the build's values and save, then submit that
 *    batch, as in 6.
 * 4. Make the delta, the plan and the batch from what is known and the build.
 *    If the bucket is to be looked at (deploy/upload_check.h), add the build's
 *    values and save before, unless a batch was pending; the look follows the
 *    plan. If this or a later step fails before the batch is pending, add the
 *    build's values and save.
 *    If nothing has changed, or nothing that makes a URL stale, look at the history,
 *    and then record the build: that is all.
 * 5. Save the baseline with the batch pending.
 * 6. Submit the batch. If CloudFront
 *    - accepts it, look at the history, and save the baseline with the new
 *      manifest, serial n + 1, nothing pending;
 *    - says that the reference was used before, look for that invalidation. If
 *      it has our reference and our paths, the batch was accepted. Otherwise, or
 *      if the invalidation is older than the batch or the baseline, the baseline
 *      is an older copy: drop the batch, and go back to 4, knowing nothing;
 *    - refuses it, drop the batch, but keep T's values in K. An earlier run may
 *      have got it accepted all the same: then it is billed twice;
 *    - gives an ambiguous answer or none, keep the batch pending.
 */
#ifndef DEPLOY_DEPLOY_H
#define DEPLOY_DEPLOY_H

#include "deploy/deploy_result.h"
#include "deploy/deploy_state.h"
#include "deploy/outcome.h"

/*
 * Step 1. The deploy's own members must be zero. Then read the build and call
 * deploy_build or, if it cannot be read, deploy_without_build. Release the
 * deploy and the result in any case.
 */
int deploy_begin(struct deploy *deploy, struct err *err);

/* About how many objects the build has; 0 if unknown. */
size_t deploy_expected_objects(const struct deploy *deploy);

/*
 * Steps 2 to 6. The result must be zero. Takes the build's sealed manifest,
 * which is empty afterwards or contains what was not needed; the caller releases
 * it after the result. Returns an error unless the outcome is DEPLOY_DONE.
 */
enum deploy_outcome deploy_build(struct deploy *deploy, struct manifest *build,
	struct deploy_result *result, struct err *err);

/*
 * Only submit the pending batch of an earlier run, if there is one. The outcome
 * is DEPLOY_PENDING if that is still pending, else DEPLOY_FAILED, since there is
 * no build; the caller has the error.
 */
enum deploy_outcome deploy_without_build(
	struct deploy *deploy, struct deploy_result *result);

void deploy_release(struct deploy *deploy);

/*
 * Is a batch of an earlier run pending? False if the baseline cannot be read.
 */
bool deploy_is_pending(struct store *store);

#endif
