/* Advice on what to do about errors that any service may return. */
#ifndef AWS_ADVICE_H
#define AWS_ADVICE_H

#include "aws/client.h"
#include "base/buf.h"

/*
 * The error's code, or the code that fits better: RequestTimeTooSkewed if a
 * wrong clock is reported as a bad signature; IDPCommunicationError, which
 * passes, if STS reports an identity provider that it could not ask for its
 * keys as an invalid token.
 */
const char *advice_code(const struct service_error *error);

/*
 * Append advice about the client's last error, starting with ": ", or nothing
 * if no advice applies. It says where the credentials come from and shows no
 * part of them.
 */
void advice_add(struct buf *out, const struct aws_client *client);

/* Where the client's credentials come from, such as "a credential_process". */
const char *advice_credentials_source(const struct aws_client *client);

#endif
