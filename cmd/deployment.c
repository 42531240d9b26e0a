/* Shapes and runs one deployment. */
#include "cmd/deployment.h"

#include <string.h>

#include "base/escape.h"
#include "cmd/cache_session.h"
#include "cmd/console/output.h"
#include "cmd/console/progress.h"
#include "cmd/option_values.h"
#include "cmd/path_conflicts.h"
#include "cmd/report/report.h"
#include "deploy/completion.h"

enum {
	WAIT_SECONDS_MAX = 24 * 60 * 60,
};

static int
read_first_run(const char *word, enum first_run *out, struct err *err)
{
	struct escaped_name shown;

	if (strcmp(word, "all") == 0)
		*out = FIRST_RUN_ALL;
	else if (strcmp(word, "none") == 0)
		*out = FIRST_RUN_NONE;
	else if (strcmp(word, "fail") == 0)
		*out = FIRST_RUN_FAIL;
	else
		return err_set(err, ERR_USAGE,
			"--first-run %s: want all, none or fail",
			escape_show_str(&shown, word));
	return 0;
}

/* The review_fn of a deployment: the reports, before anything is sent. */
static int
write_reports(void *context, const struct planned *planned, struct err *err)
{
	const struct deployment *deployment = context;

	return report_write(&deployment->settings.report,
		deployment->deploy.distribution, planned, err);
}

int
deployment_prepare(struct deployment *deployment, const char *build,
	struct stamp *stamp, struct err *err)
{
	const struct settings *settings = &deployment->settings;
	struct transition_options *options = &deployment->deploy.options;

	deployment->deploy.review = write_reports;
	deployment->deploy.review_context = deployment;
	if (distribution_of(&deployment->deploy.distribution, settings, err) !=
			0 ||
		where_of(&deployment->where, deployment->default_where,
			settings, err) != 0 ||
		read_first_run(settings->first_run,
			&deployment->deploy.first_run, err) != 0 ||
		option_values_build(settings, &options->reading, err) != 0 ||
		option_values_urls(settings, &options->rules, err) != 0 ||
		option_values_limits(settings, &options->limits, err) != 0)
		return -1;
	if (path_conflicts_check(settings, deployment->where, build,
		    &options->reading, err) != 0)
		return -1;
	options->take_for_fresh =
		deployment->deploy.first_run == FIRST_RUN_NONE;
	options->build = build;
	options->allow_empty = settings->allow_empty;
	if (option_number("--wait-timeout", settings->wait_timeout, 0,
		    WAIT_SECONDS_MAX, &deployment->wait_timeout, err) != 0)
		return -1;
	deployment->deploy.wait_max =
		(long long)deployment->wait_timeout * 1000;
	if (stamp_attach(stamp, build, &options->reading, err) != 0)
		return -1;
	if (!settings->reviewed)
		return 0;
	deployment->deploy.reviewed = &deployment->reviewed;
	return reviewed_read(&deployment->reviewed, settings->reviewed,
		deployment->deploy.distribution, err);
}

/* Without credentials nothing can be sent, but an earlier run may have been. */
static int
cannot_connect(const struct deployment *deployment)
{
	int status = exit_status_log(&deployment->err);

	if (!deployment->deploy.store ||
		!deploy_is_pending(deployment->deploy.store))
		return status;
	log_warning("a batch of an earlier run is pending: mend this and run "
		    "the same command again to finish");
	return EXIT_PENDING;
}

int
deployment_check_connection(
	const struct deployment *deployment, struct err *err)
{
	if (deployment->settings.dry_run && !where_is_s3(deployment->where))
		return 0;
	return connection_check(&deployment->settings, deployment->where, err);
}

/* A dry run sends nothing: only a baseline in S3 has to be got. */
static int
deployment_open(struct deployment *deployment, struct err *err)
{
	const struct settings *settings = &deployment->settings;
	bool far = where_is_s3(deployment->where);

	deployment->deploy.cloudfront = &deployment->connection.cloudfront;
	if (!far && store_at(&deployment->deploy.store, deployment->where, NULL,
			    settings, err) != 0)
		return -1;
	if ((far || !settings->dry_run) &&
		connection_open(&deployment->connection, settings, err) != 0)
		return -1;
	return far ? store_at(&deployment->deploy.store, deployment->where,
			     &deployment->connection, settings, err)
		   : 0;
}

/* An exit status. */
static int
deploy(struct deployment *deployment)
{
	const struct settings *settings = &deployment->settings;
	int status, said;

	if (deployment_open(deployment, &deployment->err) != 0) {
		config_blame(deployment->config, deployment->section,
			deployment->given, &deployment->err);
		return cannot_connect(deployment);
	}
	if (!settings->dry_run &&
		store_begin(deployment->deploy.store, &deployment->err) != 0)
		return exit_status_log(&deployment->err);
	/* behind the lock: no other run has the cache of the one that writes */
	deployment->deploy.options.reading.cache =
		cache_session_begin_beside(&deployment->cache, settings,
			deployment->where, deployment->deploy.distribution);
	status = (int)(settings->dry_run
			       ? deploy_rehearse(&deployment->deploy,
					 &deployment->result, &deployment->err)
			       : deploy_run(&deployment->deploy,
					 &deployment->result,
					 &deployment->err));
	if (status == EXIT_DONE)
		return status;
	said = exit_status_log(&deployment->err);
	return status == EXIT_FAILED ? said : status;
}

void
deployment_fail_after(struct deployment *deployment, const struct err *err)
{
	int said = exit_status_log(err);

	if (deployment->status != EXIT_DONE)
		return;
	deployment->err = *err;
	deployment->status = deployment->result.recorded ? EXIT_AFTER : said;
}

void
deployment_run(struct deployment *deployment)
{
	deployment->status = deploy(deployment);
	deployment->deployed = deployment->status == EXIT_DONE;
	cache_session_end(&deployment->cache);
	store_close(deployment->deploy.store);
	deployment->deploy.store = NULL;
	waiting_end();
}

/* Where nothing had to be done, a run before may have stopped to wait. */
void
deployment_wait(struct deployment *deployment)
{
	struct cloudfront *cloudfront = deployment->deploy.cloudfront;
	const char *distribution = deployment->deploy.distribution;
	struct deploy_result *result = &deployment->result;
	struct err err = ERR_INIT;
	int rc = 0;

	if (deployment->status != EXIT_DONE || !deployment->settings.wait)
		return;
	if (result->accepted)
		rc = completion_wait(cloudfront, distribution,
			&result->invalidation, deployment->wait_timeout, &err);
	else if (result->last[0])
		rc = completion_wait_on(cloudfront, distribution, result->last,
			deployment->wait_timeout, &err);
	if (rc != 0) {
		deployment_fail_after(deployment, &err);
		deployment->status =
			EXIT_AFTER; /* it was recorded, now or then */
	}
	waiting_end();
}

void
deployment_release(struct deployment *deployment)
{
	deploy_result_release(&deployment->result);
	connection_release(&deployment->connection);
	reviewed_release(&deployment->reviewed);
	settings_release(&deployment->settings);
}
