/* --generate-cli-skeleton: what an input or an output looks like. */
#ifndef CMD_AWSCLI_SKELETON_H
#define CMD_AWSCLI_SKELETON_H

#include "cmd/awscli/session.h"

/*
 * Print it and send nothing; of an output, after a check of the parameters.
 * `kind` is one of the option's choices.
 */
int skeleton_print(struct session *session, const struct operation *operation,
	const char *kind, const struct value *parameters, struct fault *fault);

#endif
