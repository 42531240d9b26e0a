/* Formats the result of a deployment as text and JSON. */
#include "cmd/print_result.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "cmd/console/json_format.h"
#include "cmd/console/json_result.h"
#include "cmd/console/json_tree.h"
#include "cmd/console/log.h"

static cJSON *
json_paths(const char *const *items, size_t count)
{
	cJSON *paths = cJSON_CreateObject();

	if (cJSON_AddNumberToObject(paths, "Quantity", (double)count) &&
		json_put(paths, "Items", json_texts(items, count)))
		return paths;
	cJSON_Delete(paths);
	return NULL;
}

/* InvalidationBatch, as the AWS CLI takes and prints it. */
static cJSON *
json_batch(const char *reference, const char *const *items, size_t count)
{
	cJSON *batch = cJSON_CreateObject();

	if (json_put(batch, "Paths", json_paths(items, count)) &&
		cJSON_AddStringToObject(batch, "CallerReference", reference))
		return batch;
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

/*
 * The dry run: the input of
 * `aws cloudfront create-invalidation --cli-input-json`.
 */
static cJSON *
json_dry_run(const struct deployment *deployment)
{
	const struct plan *plan = &deployment->result.transition.delta.plan;
	const char **items = plan_texts(plan);
	cJSON *tree = cJSON_CreateObject();

	if (!items ||
		!cJSON_AddStringToObject(tree, "DistributionId",
			deployment->deploy.mount.distribution) ||
		!json_put(tree, "InvalidationBatch",
			json_batch(deployment->result.reference, items,
				plan->count))) {
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

/* Add the deployment's section and status, if there are several deployments. */
static bool
put_section(cJSON *tree, const struct deployment *deployment)
{
	if (!deployment->name)
		return true;
	return json_put(tree, "section",
		       json_key(deployment->name, strlen(deployment->name))) &&
	       cJSON_AddNumberToObject(tree, "status", deployment->status) &&
	       (deployment->status == EXIT_DONE ||
		       json_put(tree, "error",
			       json_key(deployment->err.message,
				       strlen(deployment->err.message))));
}

static bool
put_result(cJSON *tree, const struct deployment *deployment, const char *word)
{
	return cJSON_AddStringToObject(tree, "result", word) &&
	       cJSON_AddStringToObject(tree, "distribution_id",
		       deployment->deploy.mount.distribution);
}

/* For one of several, the batch is a member beside its section. */
static cJSON *
json_dry_run_of_several(const struct deployment *deployment)
{
	cJSON *tree = json_object(JSON_FORMAT_INVALIDATE);

	if (put_section(tree, deployment) &&
		put_result(tree, deployment, "dry run") &&
		json_put(tree, "cli_input", json_dry_run(deployment)))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

static cJSON *
json_plan(const struct delta *delta)
{
	cJSON *tree = cJSON_CreateObject();

	if (json_put_plan(tree, delta))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

/* What was found of the upload, if it was looked at. */
static bool
put_upload(cJSON *tree, const struct deployment *deployment)
{
	const struct upload_check *check = &deployment->upload.check;
	const struct upload_tally *tally = &check->tally;
	cJSON *upload;

	if (!check->has_result)
		return true;
	upload = cJSON_AddObjectToObject(tree, "upload");
	return upload &&
	       cJSON_AddStringToObject(
		       upload, "bucket", deployment->upload.where.text) &&
	       cJSON_AddNumberToObject(upload, "keys", (double)tally->keys) &&
	       cJSON_AddNumberToObject(
		       upload, "new", (double)tally->of[UPLOAD_NEW]) &&
	       cJSON_AddNumberToObject(
		       upload, "unknown", (double)tally->of[UPLOAD_UNKNOWN]) &&
	       cJSON_AddNumberToObject(
		       upload, "removed", (double)tally->removed) &&
	       cJSON_AddNumberToObject(upload, "gone", (double)tally->gone) &&
	       cJSON_AddNumberToObject(upload, "there", (double)tally->there);
}

cJSON *
print_result_json(const struct deployment *deployment)
{
	const struct deploy_result *result = &deployment->result;
	const struct transition *t = &result->transition;
	cJSON *tree;

	if (deployment->settings.dry_run)
		return deployment->name ? json_dry_run_of_several(deployment)
					: json_dry_run(deployment);
	tree = json_object(JSON_FORMAT_INVALIDATE);
	if (put_section(tree, deployment) &&
		put_result(tree, deployment, result_word(result)) &&
		cJSON_AddNumberToObject(
			tree, "serial", (double)result->serial) &&
		cJSON_AddStringToObject(tree, "manifest_hash", result->hash) &&
		(!result->accepted ||
			cJSON_AddStringToObject(
				tree, "caller_reference", result->reference)) &&
		json_put(tree, "changes", json_counts(&t->delta.changes)) &&
		json_put(tree, "plan", json_plan(&t->delta)) &&
		put_upload(tree, deployment) &&
		(!result->accepted ||
			json_put(tree, "invalidation",
				json_invalidation(&result->invalidation))) &&
		(!deployment->edge.done ||
			json_put(tree, "verification",
				edge_check_json(&deployment->edge))))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

static const char *
failure_word(const struct deployment *deployment)
{
	return deployment->status == EXIT_PENDING ? "pending" : "failed";
}

cJSON *
print_result_json_failed(const struct deployment *deployment)
{
	cJSON *tree = json_object(JSON_FORMAT_INVALIDATE);

	if (put_section(tree, deployment) &&
		put_result(tree, deployment, failure_word(deployment)))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

static void
print_section(const struct deployment *deployment)
{
	struct escaped_name shown;
	struct buf error;

	if (!deployment->name)
		return;
	printf("section       %s\n", escape_show_str(&shown, deployment->name));
	printf("status        %d\n", deployment->status);
	if (deployment->status == EXIT_DONE)
		return;
	buf_init(&error, 4 * sizeof(deployment->err.message));
	log_add_plain(&error, deployment->err.message);
	printf("error         %s\n", buf_shown(&error));
	buf_release(&error);
}

void
print_result_text_failed(const struct deployment *deployment)
{
	print_section(deployment);
	printf("result        %s\n", failure_word(deployment));
	printf("distribution  %s\n", deployment->deploy.mount.distribution);
}

void
print_result_text(const struct deployment *deployment)
{
	const struct deploy_result *result = &deployment->result;
	const struct invalidation *invalidation = &result->invalidation;
	const struct plan *plan = &result->transition.delta.plan;
	size_t i;

	print_section(deployment);
	printf("result        %s\n", result_word(result));
	printf("distribution  %s\n", deployment->deploy.mount.distribution);
	printf("serial        %" PRIu64 "\n", result->serial);
	printf("manifest      %s\n", result->hash);
	if (deployment->upload.check.has_result)
		printf("upload        %zu new, %zu unknown, at %s\n",
			deployment->upload.check.tally.of[UPLOAD_NEW],
			deployment->upload.check.tally.of[UPLOAD_UNKNOWN],
			deployment->upload.where.text);
	if (result->accepted) {
		printf("reference     %s\n", result->reference);
		printf("invalidation  %s %s %s\n", invalidation->id,
			invalidation->status, invalidation->create_time);
		for (i = 0; i < plan->count; i++)
			printf("path          %s\n", plan->items[i].text);
	}
	edge_check_print(&deployment->edge);
}
