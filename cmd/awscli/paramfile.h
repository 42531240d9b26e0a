/* Option values that are read from a file: file://NAME and fileb://NAME. */
#ifndef CMD_AWSCLI_PARAMFILE_H
#define CMD_AWSCLI_PARAMFILE_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/value.h"

/*
 * Set *out to the value of an option: the text itself, or the content of the
 * file that it names, in whose name a leading ~ and $VARIABLES are expanded.
 * file:// makes a string, which has to be UTF-8 and whose line ends become
 * newlines; fileb:// makes bytes. If the file cannot be read, fails with
 * AWSCLI_PARAM_ERROR, which names the option, or with AWSCLI_GENERAL_ERROR if
 * `option` is NULL.
 */
int paramfile_load(struct value **out, struct arena *arena, const char *text,
	const char *option, struct fault *fault);

#endif
