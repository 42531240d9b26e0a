/*
 * The commands of the AWS CLI that edgediff stands in for, in one table, which
 * drives parsing, calls, waiting and the help.
 */
#ifndef CMD_AWSCLI_OPERATIONS_H
#define CMD_AWSCLI_OPERATIONS_H

#include "cmd/awscli/arg_parser.h"
#include "cmd/awscli/shape.h"

struct operation {
	const char *name; /* create-invalidation */
	const char *api; /* CreateInvalidation */
	const char *method;
	const char *uri; /* with {Member} of the input */
	const struct shape *input, *output;
	const char *payload; /* the member of the output that is the body */
	const struct arg_spec *specs;
	size_t spec_count;
	bool paginated;
	bool has_is_truncated; /* IsTruncated says whether a page follows */
	const char *waiter; /* InvalidationCompleted, or NULL */
	const char *summary;
	const char *example;
};

/* Ended by a row without a name. */
extern const struct operation operations[];

/* The subcommands of `wait`, ended in the same way. */
extern const struct operation operation_waiters[];

/* The options that every command takes. */
extern const struct arg_parser operation_global_parser;

/* What an exit status means. */
struct operation_status {
	int status;
	const char *meaning;
};

/* In ascending order, ended by a row without a meaning. */
extern const struct operation_status operation_statuses[];

/* The row of that name in one of the tables above, or NULL. */
const struct operation *operation_find(
	const struct operation *table, const char *name);

#endif
