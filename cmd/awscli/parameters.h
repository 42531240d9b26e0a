/* Turns the options of an operation into its parameters. */
#ifndef CMD_AWSCLI_PARAMETERS_H
#define CMD_AWSCLI_PARAMETERS_H

#include "aws/system.h"
#include "cmd/awscli/operations.h"
#include "cmd/awscli/value.h"

struct parameters {
	struct value *all; /* a dict, keyed by the API's names */
	const char *skeleton; /* input, output, yaml-input, or NULL */
	bool paginate; /* cleared if the options ask for a single page */
};

/*
 * Set `out`, except for `paginate`, which the caller sets first. The values
 * live in the arena and borrow from the options. `system` provides the time
 * and the randomness in the CallerReference of --paths. Fails with
 * AWSCLI_PARAM_ERROR or AWSCLI_GENERAL_ERROR, as the AWS CLI does.
 */
int parameters_make(struct parameters *out, struct arena *arena,
	const struct operation *operation, const struct arg_parser *parser,
	const struct arg_result *options, const struct aws_system *system,
	struct fault *fault);

#endif
