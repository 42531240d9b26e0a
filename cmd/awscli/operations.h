/*
 * The commands of the AWS CLI that edgediff stands in for, in one table:
 * parsing, calling, waiting and the help read it.
 */
#ifndef CMD_AWSCLI_OPERATIONS_H
#define CMD_AWSCLI_OPERATIONS_H

#include "cmd/awscli/argparse.h"
#include "cmd/awscli/model.h"

struct operation {
	const char *name; /* create-invalidation */
	const char *api; /* CreateInvalidation */
	const char *method;
	const char *uri; /* with {Member} of the input */
	const struct shape *input, *output;
	const char *payload; /* the output's member that is the body */
	const struct arg_spec *specs;
	size_t spec_count;
	bool paginated;
	bool says_more; /* its pages tell by IsTruncated whether they go on */
	const char *waiter; /* InvalidationCompleted, or NULL */
	const char *summary;
	const char *example;
};

/* Ended by a row without a name. */
extern const struct operation operations[];

/* What `wait` knows. */
extern const struct operation waits[];

extern const struct arg_parser global_parser;

/* What an exit status means; in order, ended by a row without a meaning. */
struct operation_status {
	int status;
	const char *meaning;
};
extern const struct operation_status operation_statuses[];

/* NULL where there is none. */
const struct operation *operation_find(
	const struct operation *table, const char *name);

#endif
