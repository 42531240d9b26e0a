/*
 * A stand-in for the AWS CLI's `aws cloudfront create-invalidation` and its
 * relatives: the same options, requests, output, messages and exit statuses
 * as version 2.9, which Debian 12 ships. cmd/awscli/operations.c lists the
 * commands; docs/aws-cli.md lists the differences.
 */
#ifndef CMD_AWSCLI_AWSCLI_H
#define CMD_AWSCLI_AWSCLI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/closest.h"

/*
 * Whether awscli_run handles a command line that begins with this word: the
 * name of an operation, `wait`, `cloudfront` or a global option.
 */
bool awscli_knows(const char *word);

/* Offer the names of the commands, for "did you mean". */
void awscli_offer(struct closest *closest);

/*
 * The first command that has this option of its own (not one that every command
 * has), which is `len` bytes; NULL if there is none.
 */
const char *awscli_taker(const char *option, size_t len);

/*
 * Run a command. `args` are the `count` arguments after the program's name,
 * which it doesn't change. Results go to standard output, messages to standard
 * error. Returns the exit status: an enum awscli_status.
 */
int awscli_run(int count, char **args);

#endif
