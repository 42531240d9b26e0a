/* What every command does first: parse its arguments and answer --help. */
#ifndef CMD_ARGUMENTS_H
#define CMD_ARGUMENTS_H

#include "cmd/settings.h"

struct arguments {
	struct settings given; /* by the command line, without defaults */
	struct settings settings; /* the defaults, overlaid with `given` */
	const char **operands;
	size_t count; /* of operands */
	bool json; /* --output json */
	bool paths; /* --output paths, which only plan and invalidate take */
};

/*
 * Parse the arguments of the command called `name`, which takes this many
 * operands, and set the log level. Returns true if the command is to go on; it
 * then releases the arguments. Otherwise help was printed or an error logged,
 * nothing needs a release, and the command exits with *status.
 */
bool arguments_take(struct arguments *arguments, const char *name, int argc,
	char **argv, size_t operand_count, int *status);

/* The same for a command that takes one or more operands. */
bool arguments_take_some(struct arguments *arguments, const char *name,
	int argc, char **argv, int *status);
void arguments_release(struct arguments *arguments);

#endif
