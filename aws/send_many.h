/*
 * Makes many calls that only read, several at the same time (aws/http_many.h),
 * with the retries of aws/send.h. If the service asks for a slower pace, half as
 * many are made at a time from then on, and slowly more again.
 */
#ifndef AWS_SEND_MANY_H
#define AWS_SEND_MANY_H

#include "aws/call.h"
#include "aws/client.h"

struct send_many {
	/*
	 * Prepare the next call, which is for this slot: 0 to width - 1; false
	 * if there is none left. aws_call_init was not called yet. What the
	 * call borrows must last until `done` has been called for the slot.
	 */
	bool (*next)(void *context, size_t slot, struct aws_call *call);

	/*
	 * The call of this slot is over. If it has failed, err says why, with a
	 * code of aws_send, and the client has its status and error; else the
	 * code is ERR_NONE. Returns -1 to make no further call: then `failure`
	 * is what ended it all.
	 */
	int (*done)(void *context, size_t slot, const struct aws_client *client,
		const struct err *err, struct err *failure);
	void *context;
};

/*
 * Make all calls, `width` at a time (1 to HTTP_MANY_MAX). Fails with what `done`
 * set, or with faults on our side, as aws_send does. No call follows one that the
 * user interrupted: that is ERR_NETWORK.
 */
int send_many(struct aws_client *client, size_t width,
	const struct send_many *calls, struct err *err);

#endif
