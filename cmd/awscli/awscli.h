/*
 * In place of the AWS CLI's `aws cloudfront create-invalidation` and its
 * relatives: the same options, requests, output, messages and exit statuses,
 * those of version 2.9 as Debian 12 has it. cmd/awscli/operations.c lists the
 * commands, README.md what is different.
 */
#ifndef CMD_AWSCLI_AWSCLI_H
#define CMD_AWSCLI_AWSCLI_H

#include <stdbool.h>

/* Is it for awscli_run? One of the commands, `cloudfront`, or an option. */
bool awscli_knows(const char *word);

/* All arguments but the program's name. Returns an exit status. */
int awscli_run(int count, char **args);

/* The commands, a line each, for `edgediff help`. */
void awscli_list_commands(void);

/*
 * A command's options; false where there is no such command. What `wait` waits
 * for is a word of its own, or stands behind "wait ".
 */
bool awscli_print_help(const char *name, const char *of_wait);

#endif
