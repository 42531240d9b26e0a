/*
 * What each exit status means: help and the manual read it. It needs no library,
 * as the manual is made on the machine that builds.
 */
#ifndef CMD_EXIT_STATUS_ROWS_H
#define CMD_EXIT_STATUS_ROWS_H

#include <stdbool.h>

#include "cmd/exit_status.h"

/* What a status means for the commands whose FOR_ bits it has. */
struct exit_status_row {
	enum exit_status status;
	const char *meaning;
	unsigned commands;
};

/* By number; the last row has no meaning. */
extern const struct exit_status_row exit_status_rows[];

/*
 * Can the command with this bit (0 if it takes no options) exit with this
 * status? edgediff as a whole has the statuses of invalidate.
 */
bool exit_status_is_of(const struct exit_status_row *row, unsigned bit);

#endif
