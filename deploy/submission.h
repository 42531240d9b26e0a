/* What submitting a pending batch works on; see deploy/submit.h. */
#ifndef DEPLOY_SUBMISSION_H
#define DEPLOY_SUBMISSION_H

#include "aws/cloudfront.h"
#include "deploy/mount.h"

/* All borrowed. */
struct submission {
	const struct mount *mount;
	struct cloudfront *cloudfront;
	struct store *store;
	const struct deploy_callbacks *callbacks;
	struct baseline *baseline; /* with its pending batch, as saved */

	/*
	 * Set if this run made the batch, so that no earlier run can have sent
	 * it. Then its invalidation is created after `began`, a time of
	 * clock_elapsed, and a final refusal means that nothing was accepted.
	 */
	bool fresh;
	long long began;

	/* The lineage was made in this run: nobody else knows it. */
	bool renewed;

	/* Look for signs of an older or forked copy (deploy/history.h). */
	bool look;

	/* Milliseconds to wait while too many invalidations are in progress. */
	long long wait_max;
};

#endif
