/*
 * The callbacks of a deployment, filled in by the console: its messages, its
 * waiting line, the process's signals; and the reports that let a plan be
 * reviewed.
 */
#ifndef CMD_DEPLOY_CONSOLE_H
#define CMD_DEPLOY_CONSOLE_H

#include "cmd/console/waiting_progress.h"
#include "cmd/edge_check.h"
#include "cmd/inspection.h"
#include "cmd/options.h"
#include "cmd/upload_checking.h"
#include "deploy/callbacks.h"

struct deploy_console {
	/* borrowed: the options, and what they name */
	const struct settings *settings;
	const char *build, *baseline, *distribution;
	struct site_inspection
		*inspection; /* NULL: the site is not looked at */
	struct upload_checking *upload; /* NULL: the bucket is not looked at */
	struct edge_check *edge; /* NULL: the edge is not verified */
	char *const *again; /* the baseline's, once it is loaded */
	struct waiting_progress waiting;
};

/* They borrow the console. */
struct deploy_callbacks deploy_console_callbacks(
	struct deploy_console *console);

#endif
