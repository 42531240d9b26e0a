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
 * `--name=true|false`. The next argument is refused as a value if it begins with
 * two dashes: a value that was forgotten must not hide an option, even a mistyped
 * one. An option can also be one letter (option_letters). After `--` there are
 * operands only. If an option is repeated, a list keeps all values, any other
 * the last one.
 *
 * The settings get no defaults; release them even after a failure. `operands`
 * needs room for argc pointers. ERR_USAGE names the argument, and the
 * option that may have been meant or the command that takes it.
 */
int option_parse(struct settings *settings, const struct command *command,
	int argc, char **argv, const char **operands, int *operand_count,
	struct err *err);

#endif
