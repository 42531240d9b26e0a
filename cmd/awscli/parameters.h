/* Turns the options of an operation into its parameters. */
#ifndef CMD_AWSCLI_PARAMETERS_H
#define CMD_AWSCLI_PARAMETERS_H

#include "aws/call.h"
#include "cmd/awscli/operations.h"
#include "cmd/awscli/value.h"

struct parameters {
	struct value *all; /* a dict, by the names of the API */
	const char *skeleton; /* input, output, yaml-input, or NULL */
	bool paginate; /* cleared where the options ask for a page as it is */
};

/*
 * The parameters that the options make, or AWS_WRONG, or AWS_FAILED, as the
 * CLI has it. `paginate` is set by the caller. The host gives time and
 * randomness for the CallerReference of --paths.
 */
int parameters_make(struct parameters *out, struct arena *arena,
	const struct operation *operation, const struct arg_parser *parser,
	const struct arg_result *options, const struct aws_system *system,
	struct fault *fault);

#endif
