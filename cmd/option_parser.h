/* Reads the options and operands of a command line. */
#ifndef CMD_OPTION_PARSER_H
#define CMD_OPTION_PARSER_H

#include "base/err.h"
#include "cmd/options.h"

/*
 * Parse the arguments of the command with this FOR_ bit; argv[0] is skipped.
 *
 * An option is `--name value` or `--name=value`; a flag is `--name` or
 * `--name=true|false`. -h is --help, and -0 is --null. After `--` there are
 * operands only. If an option is repeated, a list keeps all values, any other
 * the last one.
 *
 * The settings get no defaults; release them even after a failure. `operands`
 * needs room for argc pointers. ERR_USAGE names the argument.
 */
int option_parse(struct settings *settings, unsigned bit, int argc, char **argv,
	const char **operands, int *operand_count, struct err *err);

#endif
