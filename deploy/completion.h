/* Waits until an accepted invalidation is completed. */
#ifndef DEPLOY_COMPLETION_H
#define DEPLOY_COMPLETION_H

#include "aws/cloudfront.h"

/*
 * Ask for the invalidation until it is, for at most `seconds`; it is replaced
 * by what CloudFront says of it. ERR_NETWORK where the time is up, or the user
 * stopped it: the invalidation will be carried out all the same.
 */
int completion_wait(struct cloudfront *cloudfront, const char *distribution,
	struct invalidation *invalidation, unsigned long seconds,
	struct err *err);

/*
 * The same for the invalidation of an earlier run, which may not have waited
 * for it. One that CloudFront knows no longer is completed.
 */
int completion_wait_on(struct cloudfront *cloudfront, const char *distribution,
	const char *id, unsigned long seconds, struct err *err);

#endif
