/* Verifies the edge after a deployment. */
#ifndef CMD_DEPLOYMENT_VERIFY_H
#define CMD_DEPLOYMENT_VERIFY_H

#include "cmd/deployment.h"

/*
 * With --verify, ask the edge afterwards, even if the wait has failed, and let the
 * next run cover what is stale. Sets the status.
 */
void deployment_verify(struct deployment *deployment);

#endif
