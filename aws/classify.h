/* Decides what the response to one try of a call means. */
#ifndef AWS_CLASSIFY_H
#define AWS_CLASSIFY_H

#include "aws/call.h"
#include "aws/client.h"
#include "aws/retry.h"

/*
 * Success leaves err->code at ERR_NONE. Otherwise err has the failure, and the
 * result says why another try makes sense, or RETRY_NO.
 *
 * Sets client->maybe_applied after a lost response, a 5xx and a success that
 * cannot be read; every other status is a refusal. Sets *about_earlier_try if
 * the refusal is about one, client->status, date and error, and, if the clock
 * was wrong and clock_corrected is false, client->clock_offset.
 */
enum retry_reason classify_response(struct aws_client *client,
	struct aws_call *call, bool clock_corrected, bool *about_earlier_try,
	struct http_response *response, struct err *err);

#endif
