/*
 * Settles the pending batch of an earlier run: step 3 of the protocol in
 * deploy/deploy.h.
 */
#ifndef DEPLOY_SETTLE_H
#define DEPLOY_SETTLE_H

#include "deploy/deploy_result.h"
#include "deploy/deploy_state.h"

/*
 * Submit the pending batch, and another one that a run has made in the meantime,
 * until none is pending: DEPLOY_DONE, even if CloudFront refused it. The result
 * is about the last one that was accepted. DEPLOY_PENDING: err says why it is
 * unknown. Nothing is done if no batch is pending. Signals are held.
 */
enum deploy_outcome settle_pending(
	struct deploy *deploy, struct deploy_result *result, struct err *err);

#endif
