/* Waits until an accepted invalidation is completed. */
#ifndef CMD_COMPLETION_H
#define CMD_COMPLETION_H

#include "aws/cloudfront.h"

/*
 * Ask for the invalidation until it is, for at most `seconds`; it is replaced
 * by what CloudFront says of it. ERR_NETWORK where the time is up, or the user
 * stopped it: the invalidation will be carried out all the same.
 */
int completion_wait(struct cloudfront *cloudfront, const char *distribution,
	struct invalidation *invalidation, unsigned long seconds,
	struct err *err);

#endif
