/* edgediff status: prints the baseline and the pending batch. */
#include "cmd/command.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "base/plural.h"
#include "cmd/config.h"
#include "cmd/connect.h"
#include "cmd/console/json_format.h"
#include "cmd/console/json_print.h"
#include "cmd/console/json_tree.h"
#include "cmd/console/log.h"
#include "cmd/console/output.h"
#include "cmd/warn.h"
#include "deploy/store_open.h"
#include "manifest/manifest_unknown.h"

/* What is shown about one distribution. */
struct status_view {
	const char *section; /* if there are several; NULL otherwise */
	const char *where; /* of the baseline */
	char default_where[WHERE_SIZE];
	bool found;
	struct baseline baseline;
	struct invalidation batch; /* the pending batch */
};

static const char *
state_word(const struct status_view *view)
{
	if (!view->found)
		return "none";
	return view->baseline.has_pending ? "pending" : "settled";
}

static cJSON *
json_pending(const struct status_view *view)
{
	const struct pending *pending = &view->baseline.pending;
	cJSON *tree;

	if (!view->found || !view->baseline.has_pending)
		return cJSON_CreateNull();
	tree = cJSON_CreateObject();
	if (cJSON_AddStringToObject(
		    tree, "caller_reference", pending->reference) &&
		cJSON_AddStringToObject(
			tree, "manifest_hash", pending->manifest.hash) &&
		cJSON_AddNumberToObject(
			tree, "objects", (double)pending->manifest.count) &&
		json_put(tree, "items",
			json_texts(view->batch.items, view->batch.item_count)))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

/* Keys of which caches can hold something else than the manifest says. */
static size_t
count_uncertain(const struct baseline *b)
{
	return value_sets_count_keys(&b->values) +
	       manifest_count_unknown(&b->manifest);
}

static bool
add_accepted(cJSON *tree, const struct baseline *b)
{
	if (b->serial == 0)
		return true;
	return cJSON_AddStringToObject(
		       tree, "manifest_hash", b->manifest.hash) &&
	       cJSON_AddNumberToObject(
		       tree, "objects", (double)b->manifest.count) &&
	       cJSON_AddBoolToObject(
		       tree, "nothing_known", b->values.nothing_known) &&
	       cJSON_AddNumberToObject(
		       tree, "unknown_objects", (double)count_uncertain(b)) &&
	       cJSON_AddStringToObject(
		       tree, "invalidation_id", b->invalidation) &&
	       cJSON_AddStringToObject(tree, "create_time", b->create_time);
}

static bool
put_section(cJSON *tree, const struct status_view *view)
{
	return !view->section ||
	       json_put(tree, "section",
		       json_key(view->section, strlen(view->section)));
}

static cJSON *
json_view(const struct status_view *view)
{
	const struct baseline *b = &view->baseline;
	cJSON *tree = json_object(JSON_FORMAT_STATUS);

	if (put_section(tree, view) &&
		cJSON_AddStringToObject(tree, "state", state_word(view)) &&
		json_put(tree, "baseline",
			json_key(view->where, strlen(view->where))) &&
		(!view->found || (cJSON_AddStringToObject(tree,
					  "distribution_id", b->distribution) &&
					 cJSON_AddStringToObject(
						 tree, "lineage", b->lineage) &&
					 cJSON_AddNumberToObject(tree, "serial",
						 (double)b->serial) &&
					 add_accepted(tree, b))) &&
		json_put(tree, "pending", json_pending(view)))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

static void
print_text(const struct status_view *view)
{
	const struct baseline *b = &view->baseline;
	size_t unknown = count_uncertain(b), i;
	struct escaped_name shown;

	if (view->section)
		printf("section       %s\n",
			escape_show_str(&shown, view->section));
	printf("state         %s\n", state_word(view));
	printf("baseline      %s\n", escape_show_str(&shown, view->where));
	if (!view->found)
		return;
	printf("distribution  %s\n", b->distribution);
	printf("lineage       %s\n", b->lineage);
	printf("serial        %" PRIu64 "\n", b->serial);
	if (b->serial > 0) {
		printf("manifest      %s\n", b->manifest.hash);
		printf("objects       %zu\n", b->manifest.count);
		if (b->values.nothing_known)
			printf("unknown       what caches have; the next run "
			       "invalidates everything\n");
		else if (unknown > 0)
			printf("unknown       %zu object%s may be stale at the "
			       "edge; the next run covers %s\n",
				unknown, plural_s(unknown),
				plural(unknown, "it", "them"));
		printf("invalidation  %s %s\n", b->invalidation,
			b->create_time);
	}
	if (!b->has_pending)
		return;
	printf("pending       %s\n", b->pending.reference);
	printf("brings        %s\n", b->pending.manifest.hash);
	for (i = 0; i < view->batch.item_count; i++)
		printf("path          %s\n", view->batch.items[i]);
}

/* Without --distribution-id, the baseline may belong to any distribution. */
static int
load(struct status_view *view, struct store *store, const char *distribution,
	struct err *err)
{
	struct baseline *b = &view->baseline;
	struct escaped_name where, wanted;

	if (store_load(store, b, &view->found, err) != 0)
		return -1;
	if (!view->found)
		return 0;
	if (distribution && strcmp(distribution, b->distribution) != 0)
		return err_set(err, ERR_INPUT,
			"%s: this is the baseline of distribution %s, not of "
			"%s",
			escape_show_str(&where, view->where), b->distribution,
			escape_show_str(&wanted, distribution));
	return b->has_pending
		       ? invalidation_batch_read(&view->batch,
				 b->pending.body.data, b->pending.body.len, err)
		       : 0;
}

static int
open_and_load(struct status_view *view, struct connection *connection,
	const struct settings *settings, struct err *err)
{
	struct store *store = NULL;
	int rc;

	rc = connect_where(&view->where, view->default_where, settings, err);
	if (rc == 0 && store_is_s3(view->where))
		rc = connect_open(connection, settings, err);
	if (rc == 0)
		rc = store_open(&store, view->where, connection, err);
	if (rc == 0)
		rc = load(view, store, settings->distribution, err);
	store_close(store);
	return rc;
}

/* The distributions that are shown: one after the other, or as an array. */
struct showing {
	struct arguments arguments;
	struct config config;
	cJSON *array; /* if there are several in JSON; NULL otherwise */
	bool first;
};

static int
print_view(struct showing *showing, const struct status_view *view,
	struct err *err)
{
	cJSON *tree;

	if (!showing->arguments.json) {
		if (!showing->first)
			printf("\n");
		showing->first = false;
		print_text(view);
		return output_finish(err);
	}
	tree = json_view(view);
	if (!showing->array || !tree)
		return json_output(tree, err);
	if (cJSON_AddItemToArray(showing->array, tree))
		return 0;
	cJSON_Delete(tree);
	return err_memory(err);
}

/* Show one distribution. Returns an exit status. */
static int
show(struct showing *showing, const char *section, bool several)
{
	const struct settings *given = &showing->arguments.given;
	struct connection connection = {.http = NULL};
	struct status_view view = {.section = several ? section : NULL};
	struct settings settings = {0};
	struct err err = ERR_INIT;
	int rc;

	log_set_subject(view.section);
	baseline_init(&view.baseline);
	rc = config_settings(
		&showing->config, section, FOR_STATUS, given, &settings, &err);
	if (rc == 0)
		warn_about_distribution(settings.distribution);
	if (rc == 0)
		rc = open_and_load(&view, &connection, &settings, &err);
	if (rc == 0)
		rc = print_view(showing, &view, &err);
	if (rc == 0 && view.found && view.baseline.has_pending)
		log_warning(
			"a batch is pending: the next 'edgediff invalidate' "
			"with this baseline sends it before anything else");
	rc = rc == 0 ? EXIT_DONE : exit_status_log(&err);
	invalidation_release(&view.batch);
	baseline_release(&view.baseline);
	connection_release(&connection);
	settings_release(&settings);
	log_set_subject(NULL);
	return rc;
}

/* Go on after a failure: it must not hide the other distributions. */
static int
show_all(struct showing *showing)
{
	const struct string_list *sections = &showing->arguments.given.sections;
	bool several = sections->count > 1;
	struct err err = ERR_INIT;
	int status = EXIT_DONE, one;
	size_t i;

	if (!several)
		return show(showing,
			sections->count > 0 ? sections->items[0] : NULL, false);
	if (showing->arguments.json) {
		showing->array = cJSON_CreateArray();
		if (!showing->array) {
			err_memory(&err);
			return exit_status_log(&err);
		}
	}
	for (i = 0; i < sections->count; i++) {
		one = show(showing, sections->items[i], true);
		if (status == EXIT_DONE || one == EXIT_FAILED)
			status = one;
	}
	if (showing->array && json_output(showing->array, &err) != 0)
		status = exit_status_log(&err);
	return status;
}

int
command_status(int argc, char **argv)
{
	struct showing showing = {.first = true};
	struct err err = ERR_INIT;
	int status;

	if (!arguments_take(
		    &showing.arguments, "status", argc, argv, 0, &status))
		return status;
	if (config_open(&showing.config, &showing.arguments.given, &err) == 0 &&
		config_check_several(&showing.arguments.given, &err) == 0)
		status = show_all(&showing);
	else
		status = exit_status_log(&err);
	if (status == EXIT_DONE && output_finish(&err) != 0)
		status = exit_status_log(&err);
	config_release(&showing.config);
	arguments_release(&showing.arguments);
	return status;
}
