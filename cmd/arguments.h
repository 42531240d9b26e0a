/* What every command does first: parse, count operands, answer --help. */
#ifndef CMD_ARGUMENTS_H
#define CMD_ARGUMENTS_H

#include "cmd/command.h"
#include "cmd/options.h"

struct arguments {
	struct settings given; /* on the command line */
	struct settings settings; /* the same over the defaults */
	const char **operands; /* as many as asked for */
	size_t count; /* of them */
	bool json;
};

/*
 * Returns true where the command is to go on (release then). Otherwise *status
 * is what it exits with: help was printed, or the arguments are wrong.
 */
bool arguments_take(struct arguments *arguments, const char *command, int argc,
	char **argv, int operand_count, int *status);

/* The same for a command that takes one operand or more. */
bool arguments_take_some(struct arguments *arguments, const char *command,
	int argc, char **argv, int *status);
void arguments_release(struct arguments *arguments);

#endif
