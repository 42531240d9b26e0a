/* One deployment of a run: its settings, what it works with, its result. */
#ifndef CMD_DEPLOYMENT_H
#define CMD_DEPLOYMENT_H

#include "cmd/command.h"
#include "cmd/config.h"
#include "cmd/connect.h"
#include "cmd/deploy_console.h"
#include "cmd/edge_options.h"
#include "cmd/stamp.h"
#include "deploy/deploy.h"
#include "manifest/written_files.h"

struct deployment {
	/* the name of its section if there are several; NULL otherwise */
	const char *name;
	struct settings settings;
	const char *build; /* its path, borrowed */
	struct build_options reading; /* how the build is read */
	struct written_files written; /* by this run */
	struct deploy deploy;
	struct deploy_callbacks callbacks;
	struct deploy_console console;
	struct site_inspection inspection;
	struct upload_checking upload;
	const char *where; /* of its baseline: see connect_where */
	char default_where[WHERE_SIZE];
	unsigned long wait_timeout, lock_timeout; /* seconds */
	struct connection connection;
	struct cache cache;
	struct reviewed reviewed;
	struct edge_options edge_options; /* of --verify */
	struct edge_check edge;

	/* its result */
	bool deployed; /* `result` can be shown, even if a later step failed */
	int status; /* the exit status of a run of this deployment alone */
	struct err err; /* unless the status is EXIT_DONE */
	struct deploy_result result;
};

/* Start from this, and release it even after a failure. */
#define DEPLOYMENT_INIT              \
	{                            \
		.cache = CACHE_INIT, \
	}

/*
 * Turn the settings into everything that deployment_run needs, and read the
 * reviewed batch. Nothing is opened, sent or written yet. The deployment must
 * not be moved from here on. ERR_USAGE names the line of edgediff.conf, if
 * there is one.
 */
int deployment_prepare(struct deployment *deployment, const char *build,
	struct stamp *stamp, struct err *err);

/* Check the settings that say what to connect to. Nothing is sent. */
int deployment_check_connection(
	const struct deployment *deployment, struct err *err);

/*
 * Open and deploy, and set status, error and result; errors are logged. The
 * store is closed afterwards, so that another run can begin.
 */
void deployment_run(struct deployment *deployment);

/* Instead of that: the run was interrupted before. Set status and error, too. */
void deployment_leave_out(struct deployment *deployment);

/* With --wait, wait until CloudFront has completed the invalidation. */
void deployment_wait(struct deployment *deployment);

/*
 * Log the failure of a later step. It sets the status unless the deployment has
 * failed already: EXIT_AFTER if the baseline was written.
 */
void deployment_fail_after(
	struct deployment *deployment, const struct err *err);
void deployment_release(struct deployment *deployment);

#endif
