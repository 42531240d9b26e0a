/*
 * Makes a call: signs the request, sends it, and sends the same bytes again
 * until its fate is known or the attempts are used up.
 */
#ifndef AWS_SEND_H
#define AWS_SEND_H

#include "aws/call.h"
#include "aws/client.h"

/*
 * Returns 0 if call->read accepted the response; otherwise -1 and one of
 *
 *   ERR_SERVICE    the service refused the call (client->error has the code);
 *                  for a read, also if it gave no usable response
 *   ERR_NETWORK    no attempt reached the service; for a read, also if
 *                  no complete response came
 *   ERR_AMBIGUOUS  a write may have been applied by some attempt; a later
 *                  refusal does not change that, unless it is about an
 *                  earlier attempt
 *   ERR_USAGE, ERR_INPUT, ERR_MEMORY and others: nothing was sent
 *
 * No attempt follows one that the user interrupted.
 */
int aws_send(struct aws_client *client, struct aws_call *call, struct err *err);

#endif
