/* How a deployment ended. */
#ifndef DEPLOY_OUTCOME_H
#define DEPLOY_OUTCOME_H

enum deploy_outcome {
	DEPLOY_DONE, /* accepted and recorded, or nothing to do */
	DEPLOY_FAILED, /* nothing was sent, or CloudFront refused it */
	DEPLOY_PENDING, /* a batch was or may have been sent: run again */

	/* The pending batch of an earlier run was accepted; the build failed. */
	DEPLOY_SETTLED_ONLY,
};

#endif
