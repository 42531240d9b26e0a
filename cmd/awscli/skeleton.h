/* --generate-cli-skeleton: an example of an operation's input or output. */
#ifndef CMD_AWSCLI_SKELETON_H
#define CMD_AWSCLI_SKELETON_H

#include "cmd/awscli/session.h"

/*
 * Print the skeleton and send nothing. `kind` is one of the option's choices.
 * The parameters are validated first if it is "output". "yaml-input", which serves
 * yaml_read(), is an AWSCLI_PARAM_ERROR in a build without libyaml.
 */
int skeleton_print(struct session *session, const struct operation *operation,
	const char *kind, const struct value *parameters, struct fault *fault);

#endif
