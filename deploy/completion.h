/* Waits until an accepted invalidation is completed. */
#ifndef DEPLOY_COMPLETION_H
#define DEPLOY_COMPLETION_H

#include "aws/cloudfront.h"
#include "deploy/callbacks.h"

/*
 * Ask for the invalidation until it is completed, for at most `seconds`; each
 * answer replaces it. ERR_NETWORK if the time is up or the user interrupts the
 * wait: the invalidation will be carried out all the same.
 */
int completion_wait(struct cloudfront *cloudfront, const char *distribution,
	struct invalidation *invalidation, unsigned long seconds,
	const struct deploy_callbacks *callbacks, struct err *err);

/*
 * The same for the invalidation of an earlier run, which may not have waited
 * for it. One that CloudFront no longer lists counts as completed.
 */
int completion_wait_on(struct cloudfront *cloudfront, const char *distribution,
	const char *id, unsigned long seconds,
	const struct deploy_callbacks *callbacks, struct err *err);

#endif
