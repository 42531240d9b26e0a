/*
 * Makes a call: signs the request, sends it, and sends the same bytes again
 * until its fate is known or the tries are used up.
 */
#ifndef AWS_SEND_H
#define AWS_SEND_H

#include "aws/call.h"
#include "aws/client.h"

/*
 * Returns 0 if call->read took the response; otherwise -1 and one of
 *
 *   ERR_SERVICE    the service refused the call (client->error has the code)
 *                  or, if the call is no write, gave no usable response
 *   ERR_NETWORK    no try reached the service or, if the call is no write, no
 *                  complete response came
 *   ERR_AMBIGUOUS  the call is a write and a try may have been applied; a
 *                  later refusal does not change that, unless it is about an
 *                  earlier try
 *   ERR_USAGE, ERR_INPUT, ERR_MEMORY and others: nothing was sent
 *
 * After an interrupted try there is no other.
 */
int aws_send(struct aws_client *client, struct aws_call *call, struct err *err);

#endif
