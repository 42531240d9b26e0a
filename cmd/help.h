/* Prints help on standard output, from the tables of commands and options. */
#ifndef CMD_HELP_H
#define CMD_HELP_H

#include "cmd/commands.h"

/* List all commands. */
void help_print_commands(void);

/*
 * Print everything about one command: usage, options, examples, exit statuses.
 */
void help_print_command(const struct command *command);

#endif
