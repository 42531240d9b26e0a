/*
 * Workflow commands of GitHub Actions, which the runner reads in the output of a
 * step: annotations.
 *
 * The runner takes a line that begins with "::" as a command, and "##[" anywhere
 * in a line. Messages begin with "edgediff:", and cmd/console/log.c breaks up
 * each "##[", so the name of a file cannot become a command.
 */
#ifndef CMD_CONSOLE_GITHUB_ACTIONS_H
#define CMD_CONSOLE_GITHUB_ACTIONS_H

#include <stdbool.h>

#include "base/buf.h"

/* Is this process part of a workflow's step? (GITHUB_ACTIONS is "true".) */
bool github_actions_is_step(void);

/*
 * Append the command that makes an annotation, and a newline. The kind is
 * "error", "warning" or "notice".
 */
void github_actions_annotate(
	struct buf *out, const char *kind, const char *message);

#endif
