/* Option values that stand in a file: file://name and fileb://name. */
#ifndef CMD_AWSCLI_PARAMFILE_H
#define CMD_AWSCLI_PARAMFILE_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/value.h"

/*
 * An option's value: itself, or what the file that it names holds (a leading
 * ~ and $VARIABLES are expanded): a string for file://, whose line ends become
 * newlines and which has to be UTF-8, bytes for fileb://. AWS_WRONG names the
 * option where it cannot be read.
 */
int paramfile_load(struct value **out, struct arena *arena, const char *text,
	const char *option, struct fault *fault);

#endif
