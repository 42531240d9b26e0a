/*
 * What a deployment works on. The protocol is in deploy/deploy.h; the files of
 * its steps share this.
 */
#ifndef DEPLOY_DEPLOY_STATE_H
#define DEPLOY_DEPLOY_STATE_H

#include "deploy/outcome.h"
#include "deploy/reviewed.h"
#include "deploy/submission.h"

enum first_run { FIRST_RUN_ALL, FIRST_RUN_NONE, FIRST_RUN_FAIL };

struct deploy {
	/* set by the caller, and borrowed */
	struct mount mount; /* its prefix is set from the options */
	struct store *store; /* of the baseline; begun, unless rehearsing */
	struct cloudfront *cloudfront; /* NULL in a rehearsal */
	const struct deploy_callbacks *callbacks;
	enum first_run first_run; /* if there is no baseline */
	struct transition_options options;
	long long wait_max; /* ms; see deploy/submission.h */

	/*
	 * Take the look at the history (deploy/history.h): after a batch was
	 * accepted and, if that costs little, when there is nothing to send.
	 */
	bool history;

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
	bool guarded; /* the guards have let the build pass */
	bool upload_checked; /* or that has failed, which ends the run */
	bool inspected; /* the options' rules have what is known of the site */
	bool renewed; /* the lineage is of this run */
	bool looked; /* at the history, after an earlier run's batch */
};

/* Is it a rehearsal in which the pending batch counts as accepted? */
bool deploy_state_is_ahead(const struct deploy *deploy);

/* What else caches can hold. */
const struct value_sets *deploy_state_values(const struct deploy *deploy);

/* To submit the pending batch. */
struct submission deploy_state_submission(struct deploy *deploy);

/*
 * Record that the build was served. `outdated` is record_build's. If that fails,
 * log why, and how the user can do it.
 */
int deploy_state_record(
	struct deploy *deploy, const struct manifest *build, bool outdated);

/*
 * The same, because the run fails after it has read the build. Returns
 * DEPLOY_FAILED; the caller has the error.
 */
enum deploy_outcome deploy_state_fail(
	struct deploy *deploy, const struct manifest *build, bool outdated);

#endif
