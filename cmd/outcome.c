/* Makes text and JSON of what came of a deployment. */
#include "cmd/outcome.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/name.h"
#include "cmd/output.h"

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
static cJSON *
json_dry_run(const struct job *job)
{
	const struct plan *plan = &job->result.transition.plan;
	const char **items = plan_texts(plan);
	cJSON *tree = cJSON_CreateObject();

	if (!items ||
		!cJSON_AddStringToObject(
			tree, "DistributionId", job->deploy.distribution) ||
		!json_put(tree, "InvalidationBatch",
			json_batch(
				job->result.reference, items, plan->count))) {
		cJSON_Delete(tree);
		tree = NULL;
	}
	free(items);
	return tree;
}

static const char *
result_word(const struct deploy_result *result)
{
	return result->accepted ? "accepted" : "nothing to do";
}

/* Which of several it is, and what came of it; nothing where there is one. */
static bool
put_section(cJSON *tree, const struct job *job)
{
	if (!job->name)
		return true;
	return json_put(tree, "section",
		       json_key(job->name, strlen(job->name))) &&
	       cJSON_AddNumberToObject(tree, "status", job->status) &&
	       (job->status == EXIT_DONE ||
		       json_put(tree, "error",
			       json_key(job->err.message,
				       strlen(job->err.message))));
}

static bool
put_result(cJSON *tree, const struct job *job, const char *word)
{
	return cJSON_AddStringToObject(tree, "result", word) &&
	       cJSON_AddStringToObject(
		       tree, "distribution_id", job->deploy.distribution);
}

/* Of several: the batch is a member beside what it is about. */
static cJSON *
json_dry_run_of_several(const struct job *job)
{
	cJSON *tree = cJSON_CreateObject();

	if (put_section(tree, job) && put_result(tree, job, "dry run") &&
		json_put(tree, "cli_input", json_dry_run(job)))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

cJSON *
outcome_json(const struct job *job)
{
	const struct deploy_result *result = &job->result;
	const struct transition *t = &result->transition;
	cJSON *tree;

	if (job->settings.dry_run)
		return job->name ? json_dry_run_of_several(job)
				 : json_dry_run(job);
	tree = cJSON_CreateObject();
	if (put_section(tree, job) &&
		put_result(tree, job, result_word(result)) &&
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
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

/* By the exit status. */
static const char *
failure_word(const struct job *job)
{
	return job->status == EXIT_PENDING ? "pending" : "failed";
}

cJSON *
outcome_json_failed(const struct job *job)
{
	cJSON *tree = cJSON_CreateObject();

	if (put_section(tree, job) && put_result(tree, job, failure_word(job)))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

static void
print_section(const struct job *job)
{
	struct shown_name shown;
	struct buf error;

	if (!job->name)
		return;
	printf("section       %s\n", name_show_str(&shown, job->name));
	printf("status        %d\n", job->status);
	if (job->status == EXIT_DONE)
		return;
	buf_init(&error, 4 * sizeof(job->err.message));
	talk_add_plain(&error, job->err.message);
	printf("error         %s\n",
		error.failed ? "(no memory)" : buf_str(&error));
	buf_release(&error);
}

void
outcome_print_failed(const struct job *job)
{
	print_section(job);
	printf("result        %s\n", failure_word(job));
	printf("distribution  %s\n", job->deploy.distribution);
}

void
outcome_print(const struct job *job)
{
	const struct deploy_result *result = &job->result;
	const struct invalidation *invalidation = &result->invalidation;
	const struct plan *plan = &result->transition.plan;
	size_t i;

	print_section(job);
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
