/*
 * Whole lists, fetched page by page as botocore's paginator does.
 * --max-items ends a list early and prints a NextToken; passed to
 * --starting-token, it continues the list.
 */
#ifndef CMD_AWSCLI_PAGINATOR_H
#define CMD_AWSCLI_PAGINATOR_H

#include "cmd/awscli/session.h"

/*
 * Fetch a list and print it: as JSON in one piece, as text page by page. A
 * PaginationConfig among the parameters is removed from them and obeyed.
 */
int paginator_print(struct session *session, const struct operation *operation,
	struct value *parameters, struct fault *fault);

#endif
