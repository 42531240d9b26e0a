/* Parameters as an HTTP request, as botocore serializes them. */
#ifndef CMD_AWSCLI_REQUEST_H
#define CMD_AWSCLI_REQUEST_H

#include "base/buf.h"
#include "cmd/awscli/operations.h"
#include "cmd/awscli/value.h"

/*
 * Append the path and the query of a call, percent-encoded. The parameters
 * have been validated.
 */
void request_write_uri(struct buf *path, struct buf *query,
	const struct operation *operation, const struct value *parameters);

/*
 * Append the body as XML without a declaration: elements in the order of the
 * keys, in which only & < and > are escaped. Appends nothing if the operation
 * has no body.
 */
void request_write_body(struct buf *out, const struct operation *operation,
	const struct value *parameters);

#endif
