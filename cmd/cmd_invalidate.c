/* edgediff invalidate BUILD: brings the edge up to date with a build. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/name.h"
#include "cmd/arguments.h"
#include "cmd/cached.h"
#include "cmd/completion.h"
#include "cmd/connect.h"
#include "cmd/deploy.h"
#include "cmd/output.h"
#include "cmd/progress.h"
#include "cmd/report/report.h"
#include "cmd/shape.h"
#include "cmd/stamp.h"
#include "cmd/step_outputs.h"

enum {
	WAIT_LONGEST = 24 * 60 * 60,
};

/* Everything an invalidate needs, made from its settings. */
struct job {
	struct deploy deploy;
	const char *where; /* the baseline */
	char default_where[WHERE_SIZE];
	unsigned long wait_timeout; /* seconds */
	struct connection connection;
	struct cache cache;
	struct reviewed reviewed;
	const struct string_list *reports;
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
write_reports(void *context, const struct manifest *known,
	const struct manifest *after, const struct transition *transition,
	struct err *err)
{
	const struct job *job = context;

	return report_write(job->reports,
		&(struct report_input){.distribution = job->deploy.distribution,
			.before = known,
			.after = after,
			.changes = &transition->changes,
			.plan = &transition->plan,
			.urls = &transition->urls,
			.rules = &job->deploy.options.rules},
		err);
}

static int
job_shape(struct job *job, const struct settings *settings, const char *build,
	struct err *err)
{
	struct transition_options *options = &job->deploy.options;

	job->reports = &settings->report;
	job->deploy.review = write_reports;
	job->deploy.review_context = job;
	if (report_check(job->reports, err) != 0 ||
		distribution_of(&job->deploy.distribution, settings, err) !=
			0 ||
		where_of(&job->where, job->default_where, settings, err) != 0 ||
		shape_first_run(settings->first_run, &job->deploy.first_run,
			err) != 0 ||
		shape_build(settings, &options->reading, err) != 0 ||
		shape_urls(settings, &options->rules, err) != 0 ||
		shape_limits(settings, &options->limits, err) != 0)
		return -1;
	options->take_for_fresh = job->deploy.first_run == FIRST_RUN_NONE;
	options->build = build;
	options->allow_empty = settings->allow_empty;
	if (option_number("--wait-timeout", settings->wait_timeout, 0,
		    WAIT_LONGEST, &job->wait_timeout, err) != 0)
		return -1;
	job->deploy.wait_most = (long long)job->wait_timeout * 1000;
	if (!settings->reviewed)
		return 0;
	job->deploy.reviewed = &job->reviewed;
	return reviewed_read(&job->reviewed, settings->reviewed,
		job->deploy.distribution, err);
}

/* InvalidationBatch, as the AWS CLI takes and prints it. */
static cJSON *
json_batch(const char *reference, const char *const *items, size_t count)
{
	cJSON *batch = cJSON_CreateObject(), *paths = cJSON_CreateObject();

	if (cJSON_AddNumberToObject(paths, "Quantity", (double)count) &&
		json_put(paths, "Items", json_texts(items, count)) &&
		json_put(batch, "Paths", paths) &&
		cJSON_AddStringToObject(batch, "CallerReference", reference))
		return batch;
	if (!cJSON_GetObjectItemCaseSensitive(batch, "Paths"))
		cJSON_Delete(paths);
	cJSON_Delete(batch);
	return NULL;
}

static cJSON *
json_invalidation(const struct invalidation *invalidation)
{
	cJSON *tree = cJSON_CreateObject();

	if (cJSON_AddStringToObject(tree, "Id", invalidation->id) &&
		cJSON_AddStringToObject(tree, "Status", invalidation->status) &&
		cJSON_AddStringToObject(
			tree, "CreateTime", invalidation->create_time) &&
		json_put(tree, "InvalidationBatch",
			json_batch(invalidation->caller_reference,
				invalidation->items, invalidation->item_count)))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

/* The dry run: what `aws cloudfront create-invalidation --cli-input-json`
 * takes. */
static int
print_dry_run(const struct job *job, const struct deploy_result *result,
	struct err *err)
{
	const struct plan *plan = &result->transition.plan;
	const char **items = plan_texts(plan);
	cJSON *tree = cJSON_CreateObject();

	if (!items ||
		!cJSON_AddStringToObject(
			tree, "DistributionId", job->deploy.distribution) ||
		!json_put(tree, "InvalidationBatch",
			json_batch(result->reference, items, plan->count))) {
		cJSON_Delete(tree);
		tree = NULL;
	}
	free(items);
	return json_output(tree, err);
}

static const char *
result_word(const struct deploy_result *result)
{
	return result->accepted ? "accepted" : "nothing to do";
}

static int
print_json(const struct job *job, const struct deploy_result *result,
	struct err *err)
{
	const struct transition *t = &result->transition;
	cJSON *tree = cJSON_CreateObject();

	if (cJSON_AddStringToObject(tree, "result", result_word(result)) &&
		cJSON_AddStringToObject(
			tree, "distribution_id", job->deploy.distribution) &&
		cJSON_AddNumberToObject(
			tree, "serial", (double)result->serial) &&
		cJSON_AddStringToObject(tree, "manifest_hash", result->hash) &&
		(!result->accepted ||
			cJSON_AddStringToObject(
				tree, "caller_reference", result->reference)) &&
		json_put(tree, "changes", json_counts(&t->changes)) &&
		json_put(tree, "plan", json_plan(&t->plan, &t->changes)) &&
		(!result->accepted ||
			json_put(tree, "invalidation",
				json_invalidation(&result->invalidation))))
		return json_output(tree, err);
	cJSON_Delete(tree);
	return err_memory(err);
}

static void
print_text(const struct job *job, const struct deploy_result *result)
{
	const struct invalidation *invalidation = &result->invalidation;
	const struct plan *plan = &result->transition.plan;
	size_t i;

	printf("result        %s\n", result_word(result));
	printf("distribution  %s\n", job->deploy.distribution);
	printf("serial        %" PRIu64 "\n", result->serial);
	printf("manifest      %s\n", result->hash);
	if (!result->accepted)
		return;
	printf("reference     %s\n", result->reference);
	printf("invalidation  %s %s %s\n", invalidation->id,
		invalidation->status, invalidation->create_time);
	for (i = 0; i < plan->count; i++)
		printf("path          %s\n", plan->items[i].text);
}

static int
print_result(const struct job *job, const struct deploy_result *result,
	const struct settings *settings, bool json, struct err *err)
{
	int rc = 0;

	if (settings->dry_run)
		rc = print_dry_run(job, result, err);
	else if (json)
		rc = print_json(job, result, err);
	else
		print_text(job, result);
	return rc == 0 ? output_finish(err) : rc;
}

/* After acceptance: wait, print. What fails here undoes nothing. */
static int
finish(struct job *job, struct deploy_result *result,
	const struct settings *settings, bool json)
{
	struct err waiting = ERR_INIT, printing = ERR_INIT, giving = ERR_INIT;
	int status = EXIT_DONE;

	if (result->accepted && settings->wait &&
		completion_wait(job->deploy.cloudfront,
			job->deploy.distribution, &result->invalidation,
			job->wait_timeout, &waiting) != 0)
		status = talk_failure(&waiting);
	waiting_end();
	if (print_result(job, result, settings, json, &printing) != 0)
		status = talk_failure(&printing);
	if (step_outputs_of_invalidate(result, settings->dry_run, &giving) != 0)
		status = talk_failure(&giving);
	if (status == EXIT_DONE || settings->dry_run)
		return status;
	return result->recorded ? EXIT_AFTER : status;
}

/* Without credentials nothing can be sent, but an earlier run may have been. */
static int
cannot_connect(struct store *store, const struct err *err)
{
	int status = talk_failure(err);

	if (!store || !deploy_is_pending(store))
		return status;
	talk_warning("a batch of an earlier run is pending: mend this and run "
		     "the same "
		     "command again to finish");
	return EXIT_PENDING;
}

/* A dry run sends nothing: only a baseline in S3 has to be got. */
static int
job_open(struct job *job, const struct settings *settings, struct err *err)
{
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

/* Shape, open, deploy; the store is closed before anything is waited for. */
static int
job_run(struct job *job, const struct settings *settings, const char *build,
	struct stamp *stamp, struct deploy_result *result)
{
	struct err err = ERR_INIT;
	int status;

	if (job_shape(job, settings, build, &err) != 0 ||
		stamp_attach(
			stamp, build, &job->deploy.options.reading, &err) != 0)
		return talk_failure(&err);
	if (job_open(job, settings, &err) != 0)
		return cannot_connect(job->deploy.store, &err);
	job->deploy.options.reading.cache = cached_beside(
		&job->cache, settings, job->where, job->deploy.distribution);
	status = (int)(settings->dry_run
			       ? deploy_rehearse(&job->deploy, result, &err)
			       : deploy_run(&job->deploy, result, &err));
	if (status == EXIT_FAILED)
		return talk_failure(&err);
	if (status != EXIT_DONE)
		talk_failure(&err);
	return status;
}

/* The deployment, and all that is said about it. */
static int
deploy(const struct arguments *arguments, struct stamp *stamp)
{
	const struct settings *settings = &arguments->settings;
	struct deploy_result result = {0};
	struct job job = {.cache = CACHE_INIT};
	struct err err = ERR_INIT;
	int status;

	status =
		job_run(&job, settings, arguments->operands[0], stamp, &result);
	cached_end(&job.cache);
	store_close(job.deploy.store);
	if (status == EXIT_DONE)
		status = finish(&job, &result, settings, arguments->json);
	if (status == EXIT_DONE && !settings->dry_run) {
		stamp_note(stamp, job.deploy.distribution, result.hash,
			result.recorded);
		if (stamp_write(stamp, &err) != 0)
			status = talk_failure(&err);
		if (status != EXIT_DONE && result.recorded)
			status = EXIT_AFTER;
	}
	deploy_result_release(&result);
	connection_release(&job.connection);
	reviewed_release(&job.reviewed);
	return status;
}

int
command_invalidate(int argc, char **argv)
{
	struct arguments arguments;
	struct err err = ERR_INIT;
	struct stamp stamp;
	int status;

	if (!arguments_take(&arguments, "invalidate", argc, argv, 1, &status))
		return status;
	if (stamp_begin(&stamp, &arguments.settings, &err) == 0)
		status = deploy(&arguments, &stamp);
	else
		status = talk_failure(&err);
	stamp_release(&stamp);
	arguments_release(&arguments);
	return status;
}
