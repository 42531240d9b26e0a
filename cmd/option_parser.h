/* Reads the options and operands of a command line. */
#ifndef CMD_OPTION_PARSER_H
#define CMD_OPTION_PARSER_H

#include "base/err.h"
#include "cmd/commands.h"
#include "cmd/options.h"

/*
 * Parse the arguments of a command; argv[0] is skipped.
 *
 * An option is `--name value` or `--name=value`; a flag is `--name` or
 * `--name=true|false`. The value is not the next argument if that is an option
 * of the command: a value that was forgotten must not hide it. -h is --help, and -0 is --null. After `--` there are
 * operands only. If an option is repeated, a list keeps all values, any other
 * the last one.
 *
 * The settings get no defaults; release them even after a failure. `operands`
 * needs room for argc pointers. ERR_USAGE names the argument, and the
 * option that may have been meant.
 */
int option_parse(struct settings *settings, const struct command *command,
	int argc, char **argv, const char **operands, int *operand_count,
	struct err *err);

#endif
