/* What the user can do about an error that any service can give. */
#ifndef AWS_REMEDY_H
#define AWS_REMEDY_H

#include "aws/call.h"

/* The error's code; that of a clock that is off also where it is reported as a
 * bad signature. */
const char *remedy_code(const struct service_error *error);

/*
 * Append it, ": " first, for the client's last error; nothing where nothing is
 * known. It tells where credentials are from, and no part of them.
 */
void remedy_add(struct buf *out, const struct aws_client *client);

/* Where the client's credentials are from: "a credential_process". */
const char *remedy_source(const struct aws_client *client);

#endif
