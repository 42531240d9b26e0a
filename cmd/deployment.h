/* One deployment of a run: made from its settings, and what came of it. */
#ifndef CMD_DEPLOYMENT_H
#define CMD_DEPLOYMENT_H

#include "cmd/command.h"
#include "cmd/config.h"
#include "cmd/connect.h"
#include "cmd/deploy_console.h"
#include "cmd/stamp.h"
#include "deploy/deploy.h"

struct deployment {
	const char *name; /* of its section, where there are several jobs */

	/* Where the settings are from; borrowed, the section may be NULL. */
	const struct config *config;
	const char *section;
	const struct settings *given; /* by the command line */
	struct settings settings; /* its own */
	const char *build; /* path; borrowed */
	struct build_options reading; /* how the build is read */
	struct deploy deploy;
	struct deploy_callbacks callbacks;
	struct deploy_console console;
	const char *where; /* the baseline */
	char default_where[WHERE_SIZE];
	unsigned long wait_timeout; /* seconds */
	struct connection connection;
	struct cache cache;
	struct reviewed reviewed;

	/* what came of it */
	bool deployed; /* there is a result to show, whatever came later */
	int status; /* what a run of this alone exits with */
	struct err err; /* where it is not EXIT_DONE */
	struct deploy_result result;
};

/* Start with nothing, and release in any case. */
#define DEPLOYMENT_INIT              \
	{                            \
		.cache = CACHE_INIT, \
	}

/*
 * Check the settings, and read the reviewed batch: nothing is opened, sent or
 * written yet. The deployment may not be moved any more.
 */
int deployment_prepare(struct deployment *deployment, const char *build,
	struct stamp *stamp, struct err *err);

/* Could it be connected, by its settings? Nothing is sent. */
int deployment_check_connection(
	const struct deployment *deployment, struct err *err);

/*
 * Open and deploy: status, error and result are set. Errors are said where they
 * happen. In the end the store is closed, so that another run can go on.
 */
void deployment_run(struct deployment *deployment);

/* Wait until the invalidation is completed, where that was asked for. */
void deployment_wait(struct deployment *deployment);

/*
 * Something failed after the deployment: it is said, and counts unless the deployment
 * has failed already.
 */
void deployment_fail_after(
	struct deployment *deployment, const struct err *err);
void deployment_release(struct deployment *deployment);

#endif
