/* How a deployment ended. */
#ifndef DEPLOY_OUTCOME_H
#define DEPLOY_OUTCOME_H

enum deploy_outcome {
	DEPLOY_DONE, /* accepted and recorded, or nothing to do */
	DEPLOY_FAILED, /* this build was not sent, or CloudFront refused it */
	DEPLOY_PENDING, /* a batch was or may have been sent: run again */

	/* This build's batch was accepted and recorded, then a step failed. */
	DEPLOY_ACCEPTED_ONLY,
};

#endif
