/*
 * Whole lists, page by page, as botocore's paginator makes them: --max-items
 * cuts, --starting-token goes on. A token is base64 of
 * {"Marker": "...", "boto_truncate_amount": n}; a marker as it is, or with
 * ___n behind it, is taken too.
 */
#ifndef CMD_AWSCLI_PAGINATE_H
#define CMD_AWSCLI_PAGINATE_H

#include "cmd/awscli/session.h"

/*
 * List it and print it: as one JSON value, or a page at a time as text. The
 * parameters may hold a PaginationConfig, which is taken out of them.
 */
int paginate(struct session *session, const struct operation *operation,
	struct value *parameters, struct fault *fault);

#endif
