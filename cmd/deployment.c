/* Prepares and runs one deployment. */
#include "cmd/deployment.h"

#include <string.h>

#include "base/escape.h"
#include "cmd/cache_session.h"
#include "cmd/console/log.h"
#include "cmd/console/reading_progress.h"
#include "cmd/console/waiting_progress.h"
#include "cmd/option_values.h"
#include "cmd/path_conflicts.h"
#include "cmd/store_lock.h"
#include "cmd/warn.h"
#include "deploy/completion.h"
#include "deploy/store_open.h"

enum {
	WAIT_SECONDS_MAX = 24 * 60 * 60,
};

static int
read_first_run(
	const struct settings *settings, enum first_run *out, struct err *err)
{
	const char *word = settings->first_run;
	struct escaped_name shown;

	if (strcmp(word, "all") == 0)
		*out = FIRST_RUN_ALL;
	else if (strcmp(word, "none") == 0)
		*out = FIRST_RUN_NONE;
	else if (strcmp(word, "fail") == 0)
		*out = FIRST_RUN_FAIL;
	else {
		err_set(err, ERR_USAGE,
			"--first-run %s: expected all, none or fail",
			escape_show_str(&shown, word));
		return settings_blame(settings, word, err);
	}
	return 0;
}

static int
prepare_upload(struct deployment *deployment, struct err *err)
{
	struct upload_checking *upload = &deployment->upload;

	*upload = (struct upload_checking){
		.settings = &deployment->settings,
		.build = deployment->build,
		.reading = &deployment->reading,
		.callbacks = &deployment->callbacks,
		.connection = &deployment->connection,
		.inspection = &deployment->inspection,
	};
	if (upload_checking_prepare(upload, err) != 0)
		return -1;
	if (upload->wanted && deployment->settings.dry_run)
		log_info("note: a dry run does not check the upload");
	else if (upload->wanted)
		deployment->console.upload = upload;
	return 0;
}

/* Read the options of the protocol itself. */
static int
prepare_deploy(struct deployment *deployment, struct err *err)
{
	const struct settings *settings = &deployment->settings;
	struct deploy *deploy = &deployment->deploy;

	deployment->console = (struct deploy_console){
		.settings = settings,
		.build = deployment->build,
		.baseline = deployment->where,
		.distribution = deploy->mount.distribution,
		.inspection = &deployment->inspection,
	};
	deployment->inspection.source.settings = settings;
	deployment->inspection.source.distribution = deploy->mount.distribution;
	deployment->inspection.source.batch_follows = true;
	deployment->inspection.by_kept = settings->reviewed != NULL;
	if (prepare_upload(deployment, err) != 0)
		return -1;
	if (settings->verify && !settings->dry_run)
		deployment->console.edge = &deployment->edge;
	deployment->console.again = &deploy->baseline.again;
	deployment->edge.options = &deployment->edge_options;
	deployment->callbacks = deploy_console_callbacks(&deployment->console);
	deploy->callbacks = &deployment->callbacks;
	deploy->rehearse = settings->dry_run;
	deploy->history = !settings->no_history;
	if (option_number("--wait-timeout", settings->wait_timeout, 0,
		    WAIT_SECONDS_MAX, &deployment->wait_timeout, err) != 0)
		return settings_blame(settings, settings->wait_timeout, err);
	deploy->wait_max = (long long)deployment->wait_timeout * 1000;
	return store_lock_seconds(settings, &deployment->lock_timeout, err);
}

int
deployment_prepare(struct deployment *deployment, const char *build,
	struct stamp *stamp, struct err *err)
{
	const struct settings *settings = &deployment->settings;
	struct build_options *reading = &deployment->reading;
	struct deploy *deploy = &deployment->deploy;

	deployment->build = build;
	written_files_init(&deployment->written);
	if (connect_distribution(&deploy->mount.distribution, settings, err) !=
		0)
		return -1;
	warn_about_distribution(deploy->mount.distribution);
	if (connect_where(&deployment->where, deployment->default_where,
		    settings, err) != 0 ||
		read_first_run(settings, &deploy->first_run, err) != 0 ||
		option_values_build(settings, reading, err) != 0 ||
		option_values_urls(settings, &deploy->options.rules, err) !=
			0 ||
		option_values_limits(settings, &deploy->options.limits, err) !=
			0)
		return -1;
	if (inspection_check(settings, err) != 0 ||
		path_conflicts_check(settings, deployment->where, build,
			reading, &deployment->written, err) != 0 ||
		prepare_deploy(deployment, err) != 0 ||
		(settings->verify &&
			edge_options_read(&deployment->edge_options, settings,
				err) != 0) ||
		stamp_attach(stamp, build, reading, err) != 0)
		return -1;
	reading->written = &deployment->written;
	if (!settings->reviewed)
		return 0;
	deploy->reviewed = &deployment->reviewed;
	return reviewed_read(&deployment->reviewed, settings->reviewed,
		deploy->mount.distribution, err);
}

/*
 * The run fails before it has read the build, so the baseline cannot say that
 * caches may have it. Returns the status.
 */
static int
remind(const struct deployment *deployment, int status)
{
	if (!deployment->settings.dry_run && status != EXIT_USAGE)
		log_info("note: this build is not recorded; if it is replaced "
			 "before a run with it succeeds, run 'edgediff "
			 "announce' with it first");
	return status;
}

/* Nothing can be sent now, but an earlier run may have sent a batch. */
static int
cannot_connect(const struct deployment *deployment)
{
	int status = exit_status_log(&deployment->err);

	if (!deployment->deploy.store ||
		!deploy_is_pending(deployment->deploy.store))
		return status;
	log_warning("a batch of an earlier run is pending: correct this error "
		    "and run the same command again to finish");
	return EXIT_PENDING;
}

int
deployment_check_connection(
	const struct deployment *deployment, struct err *err)
{
	if (deployment->settings.dry_run && !store_is_s3(deployment->where))
		return 0;
	return connect_check(&deployment->settings, deployment->where, err);
}

/* A dry run sends nothing, so it only connects to read a baseline in S3. */
static int
deployment_open(struct deployment *deployment, struct err *err)
{
	const struct settings *settings = &deployment->settings;
	bool is_remote = store_is_s3(deployment->where);

	deployment->deploy.cloudfront = &deployment->connection.cloudfront;
	if (!settings->dry_run)
		deployment->inspection.source.cloudfront =
			deployment->deploy.cloudfront;
	if (!is_remote && store_open(&deployment->deploy.store,
				  deployment->where, NULL, err) != 0)
		return -1;
	if ((is_remote || !settings->dry_run) &&
		connect_open(&deployment->connection, settings, err) != 0)
		return -1;
	return is_remote ? store_open(&deployment->deploy.store,
				   deployment->where, &deployment->connection,
				   err)
			 : 0;
}

static int
read_build(const struct deployment *deployment, struct manifest *build,
	struct err *err)
{
	return reading_progress_build(deployment->build, &deployment->reading,
		deploy_expected_objects(&deployment->deploy), build, err);
}

/* Read the build and submit the batch, in this order. */
static enum deploy_outcome
deploy(struct deployment *deployment)
{
	struct deploy_result *result = &deployment->result;
	struct deploy *deploy = &deployment->deploy;
	struct err *err = &deployment->err;
	enum deploy_outcome outcome;
	struct manifest build;

	outcome = read_build(deployment, &build, err) == 0
			  ? deploy_build(deploy, &build, result, err)
			  : deploy_without_build(deploy, result);
	manifest_release(&build);
	return outcome;
}

/* Log the error, and turn an outcome into an exit status. */
static int
status_of(enum deploy_outcome outcome, const struct err *err)
{
	int status;

	if (outcome == DEPLOY_DONE)
		return EXIT_DONE;
	status = exit_status_log(err);
	if (outcome == DEPLOY_PENDING)
		return EXIT_PENDING;
	return outcome == DEPLOY_ACCEPTED_ONLY ? EXIT_AFTER : status;
}

/* Returns an exit status. */
static int
open_and_deploy(struct deployment *deployment)
{
	const struct settings *settings = &deployment->settings;

	if (deployment_open(deployment, &deployment->err) != 0)
		return remind(deployment, cannot_connect(deployment));
	if ((!settings->dry_run &&
		    store_lock_begin(deployment->deploy.store,
			    deployment->lock_timeout, &deployment->err) != 0) ||
		deploy_begin(&deployment->deploy, &deployment->err) != 0)
		return remind(deployment, exit_status_log(&deployment->err));
	/* under the baseline's lock, no other run writes this cache */
	deployment->reading.cache =
		cache_session_begin_beside(&deployment->cache, settings,
			deployment->where, deployment->default_where);
	return status_of(deploy(deployment), &deployment->err);
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
	deployment->status = open_and_deploy(deployment);
	deployment->deployed = deployment->status == EXIT_DONE;
	cache_session_end(&deployment->cache);
	store_close(deployment->deploy.store);
	deployment->deploy.store = NULL;
	waiting_progress_end();
}

void
deployment_leave_out(struct deployment *deployment)
{
	err_set(&deployment->err, ERR_BUSY,
		"not begun: the run was interrupted");
	deployment->status =
		remind(deployment, exit_status_log(&deployment->err));
}

/* If there was nothing to do, an earlier run may have stopped waiting. */
void
deployment_wait(struct deployment *deployment)
{
	struct cloudfront *cloudfront = deployment->deploy.cloudfront;
	const char *distribution = deployment->deploy.mount.distribution;
	struct deploy_result *result = &deployment->result;
	struct err err = ERR_INIT;
	int rc = 0;

	if (deployment->status != EXIT_DONE || deployment->settings.dry_run ||
		!(deployment->settings.wait || deployment->settings.verify))
		return;
	if (result->accepted)
		rc = completion_wait(cloudfront, distribution,
			&result->invalidation, deployment->wait_timeout,
			&deployment->callbacks, &err);
	else if (result->last[0])
		rc = completion_wait_on(cloudfront, distribution, result->last,
			deployment->wait_timeout, &deployment->callbacks, &err);
	if (rc != 0) {
		deployment_fail_after(deployment, &err);
		deployment->status =
			EXIT_AFTER; /* this or an earlier run recorded it */
	}
	deployment->edge.others = rc != 0 ? LOCATIONS_IN_PROGRESS
				  : result->accepted || result->last[0]
					  ? LOCATIONS_COMPLETED
					  : LOCATIONS_UNKNOWN;
}

void
deployment_release(struct deployment *deployment)
{
	written_files_release(&deployment->written);
	deploy_result_release(&deployment->result);
	inspection_release(&deployment->inspection);
	upload_checking_release(&deployment->upload);
	deploy_release(&deployment->deploy);
	connection_release(&deployment->connection);
	reviewed_release(&deployment->reviewed);
	edge_check_release(&deployment->edge);
	edge_options_release(&deployment->edge_options);
	settings_release(&deployment->settings);
}
