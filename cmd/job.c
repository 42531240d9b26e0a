/* Shapes and runs one deployment. */
#include "cmd/job.h"

#include <string.h>

#include "base/name.h"
#include "cmd/apart.h"
#include "cmd/cached.h"
#include "cmd/completion.h"
#include "cmd/output.h"
#include "cmd/progress.h"
#include "cmd/report/report.h"
#include "cmd/shape.h"

enum {
	WAIT_LONGEST = 24 * 60 * 60,
};

static int
shape_first_run(const char *word, enum first_run *out, struct err *err)
{
	struct shown_name shown;

	if (strcmp(word, "all") == 0)
		*out = FIRST_RUN_ALL;
	else if (strcmp(word, "none") == 0)
		*out = FIRST_RUN_NONE;
	else if (strcmp(word, "fail") == 0)
		*out = FIRST_RUN_FAIL;
	else
		return err_set(err, ERR_USAGE,
			"--first-run %s: want all, none or fail",
			name_show_str(&shown, word));
	return 0;
}

/* The review_fn of a deployment: the reports, before anything is sent. */
static int
write_reports(void *context, const struct planned *planned, struct err *err)
{
	const struct job *job = context;

	return report_write(
		&job->settings.report, job->deploy.distribution, planned, err);
}

int
job_shape(struct job *job, const char *build, struct stamp *stamp,
	struct err *err)
{
	const struct settings *settings = &job->settings;
	struct transition_options *options = &job->deploy.options;

	job->deploy.review = write_reports;
	job->deploy.review_context = job;
	if (distribution_of(&job->deploy.distribution, settings, err) != 0 ||
		where_of(&job->where, job->default_where, settings, err) != 0 ||
		shape_first_run(settings->first_run, &job->deploy.first_run,
			err) != 0 ||
		shape_build(settings, &options->reading, err) != 0 ||
		shape_urls(settings, &options->rules, err) != 0 ||
		shape_limits(settings, &options->limits, err) != 0)
		return -1;
	if (apart_check(settings, job->where, build, &options->reading, err) !=
		0)
		return -1;
	options->take_for_fresh = job->deploy.first_run == FIRST_RUN_NONE;
	options->build = build;
	options->allow_empty = settings->allow_empty;
	if (option_number("--wait-timeout", settings->wait_timeout, 0,
		    WAIT_LONGEST, &job->wait_timeout, err) != 0)
		return -1;
	job->deploy.wait_most = (long long)job->wait_timeout * 1000;
	if (stamp_attach(stamp, build, &options->reading, err) != 0)
		return -1;
	if (!settings->reviewed)
		return 0;
	job->deploy.reviewed = &job->reviewed;
	return reviewed_read(&job->reviewed, settings->reviewed,
		job->deploy.distribution, err);
}

/* Without credentials nothing can be sent, but an earlier run may have been. */
static int
cannot_connect(const struct job *job)
{
	int status = talk_failure(&job->err);

	if (!job->deploy.store || !deploy_is_pending(job->deploy.store))
		return status;
	talk_warning("a batch of an earlier run is pending: mend this and run "
		     "the same command again to finish");
	return EXIT_PENDING;
}

int
job_check_connection(const struct job *job, struct err *err)
{
	if (job->settings.dry_run && !where_is_s3(job->where))
		return 0;
	return connection_check(&job->settings, job->where, err);
}

/* A dry run sends nothing: only a baseline in S3 has to be got. */
static int
job_open(struct job *job, struct err *err)
{
	const struct settings *settings = &job->settings;
	bool far = where_is_s3(job->where);

	job->deploy.cloudfront = &job->connection.cloudfront;
	if (!far && store_at(&job->deploy.store, job->where, NULL, settings,
			    err) != 0)
		return -1;
	if ((far || !settings->dry_run) &&
		connection_open(&job->connection, settings, err) != 0)
		return -1;
	return far ? store_at(&job->deploy.store, job->where, &job->connection,
			     settings, err)
		   : 0;
}

/* An exit status. */
static int
deploy(struct job *job)
{
	const struct settings *settings = &job->settings;
	int status, said;

	if (job_open(job, &job->err) != 0) {
		config_blame(job->config, job->section, job->given, &job->err);
		return cannot_connect(job);
	}
	if (!settings->dry_run &&
		store_begin(job->deploy.store, &job->err) != 0)
		return talk_failure(&job->err);
	/* behind the lock: no other run has the cache of the one that writes */
	job->deploy.options.reading.cache = cached_beside(
		&job->cache, settings, job->where, job->deploy.distribution);
	status = (int)(settings->dry_run ? deploy_rehearse(&job->deploy,
						   &job->result, &job->err)
					 : deploy_run(&job->deploy,
						   &job->result, &job->err));
	if (status == EXIT_DONE)
		return status;
	said = talk_failure(&job->err);
	return status == EXIT_FAILED ? said : status;
}

void
job_fail_after(struct job *job, const struct err *err)
{
	int said = talk_failure(err);

	if (job->status != EXIT_DONE)
		return;
	job->err = *err;
	job->status = job->result.recorded ? EXIT_AFTER : said;
}

void
job_deploy(struct job *job)
{
	job->status = deploy(job);
	job->deployed = job->status == EXIT_DONE;
	cached_end(&job->cache);
	store_close(job->deploy.store);
	job->deploy.store = NULL;
	waiting_end();
}

/* Where nothing had to be done, a run before may have stopped to wait. */
void
job_wait(struct job *job)
{
	struct cloudfront *cloudfront = job->deploy.cloudfront;
	const char *distribution = job->deploy.distribution;
	struct deploy_result *result = &job->result;
	struct err err = ERR_INIT;
	int rc = 0;

	if (job->status != EXIT_DONE || !job->settings.wait)
		return;
	if (result->accepted)
		rc = completion_wait(cloudfront, distribution,
			&result->invalidation, job->wait_timeout, &err);
	else if (result->last[0])
		rc = completion_wait_on(cloudfront, distribution, result->last,
			job->wait_timeout, &err);
	if (rc != 0) {
		job_fail_after(job, &err);
		job->status = EXIT_AFTER; /* it was recorded, now or then */
	}
	waiting_end();
}

void
job_release(struct job *job)
{
	deploy_result_release(&job->result);
	connection_release(&job->connection);
	reviewed_release(&job->reviewed);
	settings_release(&job->settings);
}
