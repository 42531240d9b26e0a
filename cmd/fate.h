/*
 * What became of a pending batch that was sent: CloudFront's answer held
 * against the batch, the baseline and what else CloudFront has made.
 */
#ifndef CMD_FATE_H
#define CMD_FATE_H

#include "cmd/settle.h"

/* What came of sending the batch. */
enum fate {
	FATE_ACCEPTED,
	FATE_REPLAYED, /* it was answered with an older invalidation */
	FATE_TAKEN, /* another batch has its reference */
	FATE_NO_ROOM, /* refused, until others are completed */
	FATE_REFUSED, /* for good: nothing was accepted */
	FATE_UNKNOWN, /* it may have been accepted */
};

/*
 * Send the pending batch once, with the retries that the call makes by itself.
 * Accepted and replayed: `answer` is the invalidation. Otherwise err says what
 * happened, and cloudfront->client.doubtful whether a try may have been
 * accepted. The answer is released by the caller in any case.
 */
enum fate fate_by_sending(struct settling *settling,
	struct invalidation *answer, struct err *err);

/* The reference and items of the pending batch; released by the caller. */
int pending_read(const struct settling *settling, struct invalidation *batch,
	struct err *err);

#endif
