/* The help on the commands of cmd/awscli, on standard output. */
#ifndef CMD_AWSCLI_AWSCLI_HELP_H
#define CMD_AWSCLI_AWSCLI_HELP_H

#include <stdbool.h>

/* The commands and their summaries, for `edgediff help`. */
void awscli_help_list(void);

/*
 * Print the usage, options and exit statuses of a command. The subcommand of
 * `wait` is either given as `waiter`, or follows "wait " in `name`; without
 * one, the first subcommand is explained. Returns false, and prints nothing,
 * if there is no such command.
 */
bool awscli_help_print(const char *name, const char *waiter);

#endif
