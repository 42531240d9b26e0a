/* Decides what the response to one attempt of a call means. */
#ifndef AWS_CLASSIFY_H
#define AWS_CLASSIFY_H

#include "aws/call.h"
#include "aws/client.h"
#include "aws/retry.h"

/*
 * After a success, err->code is ERR_NONE. After a failure, err describes it.
 * Returns the reason for another attempt, or RETRY_NO.
 *
 * Sets client->status, date and error; client->maybe_applied after a lost
 * response, a 5xx and a success that cannot be read (every other status is a
 * refusal); *about_earlier_attempt to whether a refusal reveals what became of
 * an earlier attempt; and client->clock_offset if the clock is wrong and
 * clock_corrected is false.
 */
enum retry_reason classify_response(struct aws_client *client,
	struct aws_call *call, bool clock_corrected,
	bool *about_earlier_attempt, struct http_response *response,
	struct err *err);

#endif
