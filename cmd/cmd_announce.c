/* edgediff announce BUILD: records a build before it is uploaded. */
#include "cmd/command.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "cmd/build_guard.h"
#include "cmd/cache_session.h"
#include "cmd/config.h"
#include "cmd/connect.h"
#include "cmd/console/json_format.h"
#include "cmd/console/json_print.h"
#include "cmd/console/json_tree.h"
#include "cmd/console/log.h"
#include "cmd/console/output.h"
#include "cmd/console/reading_progress.h"
#include "cmd/deploy_console.h"
#include "cmd/option_values.h"
#include "cmd/path_conflicts.h"
#include "cmd/store_lock.h"
#include "cmd/warn.h"
#include "deploy/announce.h"
#include "deploy/store_open.h"
#include "manifest/build.h"

/* The announcement of a build to one distribution. */
struct notice {
	const char *section; /* if there are several; NULL otherwise */
	const char *build; /* its path */
	struct settings settings;
	struct build_options reading;
	struct written_files written; /* that reading may not find */
	const char *where; /* of the baseline */
	char default_where[WHERE_SIZE];
	unsigned long lock_timeout; /* seconds */
	struct connection connection; /* only for a baseline in S3 */
	struct cache cache;
	struct deploy_console console;
	struct deploy_callbacks callbacks;
	struct announcement announcement;
	struct manifest manifest; /* of the build */
};

/* The distributions, one after the other. */
struct announcing {
	struct arguments arguments;
	struct config config;
	cJSON *array; /* if there are several in JSON; NULL otherwise */
	bool first;
};

/* Unlike that of invalidate, it has no announcement to recommend. */
static int
guard(void *context, const struct delta *delta, struct err *err)
{
	const struct deploy_console *console = context;

	return build_guard_check(console->settings, console->build, delta, err);
}

static int
prepare(struct notice *notice, struct err *err)
{
	const struct settings *settings = &notice->settings;
	struct announcement *announcement = &notice->announcement;

	if (connect_distribution(
		    &announcement->mount.distribution, settings, err) != 0)
		return -1;
	warn_about_distribution(announcement->mount.distribution);
	announcement->mount.prefix = settings->prefix;
	if (connect_where(&notice->where, notice->default_where, settings,
		    err) != 0 ||
		option_values_build(settings, &notice->reading, err) != 0 ||
		store_lock_seconds(settings, &notice->lock_timeout, err) != 0 ||
		path_conflicts_check(settings, notice->where, notice->build,
			&notice->reading, &notice->written, err) != 0)
		return -1;
	notice->reading.written = &notice->written;
	notice->console = (struct deploy_console){
		.settings = settings,
		.build = notice->build,
		.baseline = notice->where,
		.distribution = announcement->mount.distribution,
	};
	notice->callbacks = deploy_console_callbacks(&notice->console);
	notice->callbacks.guard = guard;
	announcement->callbacks = &notice->callbacks;
	return 0;
}

static int
open_store(struct notice *notice, struct err *err)
{
	struct store **store = &notice->announcement.store;

	if (store_is_s3(notice->where) &&
		connect_open(&notice->connection, &notice->settings, err) != 0)
		return -1;
	if (store_open(store, notice->where, &notice->connection, err) != 0)
		return -1;
	return store_lock_begin(*store, notice->lock_timeout, err);
}

/* Load the baseline, read the build and record it. */
static int
announce(struct notice *notice, struct err *err)
{
	struct announcement *announcement = &notice->announcement;

	if (open_store(notice, err) != 0 ||
		announce_begin(announcement, err) != 0)
		return -1;
	/* under the baseline's lock, no other run writes this cache */
	notice->reading.cache = cache_session_begin_beside(&notice->cache,
		&notice->settings, notice->where, notice->default_where);
	if (reading_progress_build(notice->build, &notice->reading,
		    announce_expected_objects(announcement), &notice->manifest,
		    err) != 0)
		return -1;
	return announce_build(announcement, &notice->manifest, err);
}

static const char *
result_word(const struct notice *notice)
{
	return notice->announcement.is_news ? "announced" : "already known";
}

static cJSON *
json_notice(const struct notice *notice)
{
	const struct baseline *b = &notice->announcement.baseline;
	cJSON *tree = json_object(JSON_FORMAT_ANNOUNCE);

	if ((!notice->section || json_put(tree, "section",
					 json_key(notice->section,
						 strlen(notice->section)))) &&
		cJSON_AddStringToObject(tree, "result", result_word(notice)) &&
		cJSON_AddStringToObject(
			tree, "distribution_id", b->distribution) &&
		json_put(tree, "baseline",
			json_key(notice->where, strlen(notice->where))) &&
		cJSON_AddNumberToObject(tree, "serial", (double)b->serial) &&
		cJSON_AddStringToObject(
			tree, "manifest_hash", notice->manifest.hash))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

static void
print_text(const struct notice *notice)
{
	const struct baseline *b = &notice->announcement.baseline;
	struct escaped_name shown;

	if (notice->section)
		printf("section       %s\n",
			escape_show_str(&shown, notice->section));
	printf("result        %s\n", result_word(notice));
	printf("distribution  %s\n", b->distribution);
	printf("baseline      %s\n", escape_show_str(&shown, notice->where));
	printf("serial        %" PRIu64 "\n", b->serial);
	printf("manifest      %s\n", notice->manifest.hash);
}

static int
print_notice(struct announcing *announcing, const struct notice *notice,
	struct err *err)
{
	cJSON *tree;

	if (!announcing->arguments.json) {
		if (!announcing->first)
			printf("\n");
		announcing->first = false;
		print_text(notice);
		return output_finish(err);
	}
	tree = json_notice(notice);
	if (!announcing->array || !tree)
		return json_output(tree, err);
	if (cJSON_AddItemToArray(announcing->array, tree))
		return 0;
	cJSON_Delete(tree);
	return err_memory(err);
}

/* Announce to one distribution. Returns an exit status. */
static int
announce_one(struct announcing *announcing, const char *section, bool several)
{
	struct notice notice = {
		.section = several ? section : NULL,
		.build = announcing->arguments.operands[0],
		.cache = CACHE_INIT,
	};
	struct err err = ERR_INIT;
	int rc;

	log_set_subject(notice.section);
	manifest_init(&notice.manifest);
	written_files_init(&notice.written);
	rc = config_settings(&announcing->config, section, FOR_ANNOUNCE,
		&announcing->arguments.given, &notice.settings, &err);
	if (rc == 0)
		rc = prepare(&notice, &err);
	if (rc == 0)
		rc = announce(&notice, &err);
	cache_session_end(&notice.cache);
	store_close(notice.announcement.store);
	if (rc == 0)
		rc = print_notice(announcing, &notice, &err);
	rc = rc == 0 ? EXIT_DONE : exit_status_log(&err);
	manifest_release(&notice.manifest);
	announce_release(&notice.announcement);
	connection_release(&notice.connection);
	written_files_release(&notice.written);
	settings_release(&notice.settings);
	log_set_subject(NULL);
	return rc;
}

/* Go on after a failure, and fail in the end: the others can be recorded. */
static int
announce_all(struct announcing *announcing, struct err *err)
{
	const struct string_list *sections =
		&announcing->arguments.given.sections;
	bool several = sections->count > 1;
	int status = EXIT_DONE, one;
	size_t i;

	if (!several)
		return announce_one(announcing,
			sections->count > 0 ? sections->items[0] : NULL, false);
	if (build_is_standard_input(announcing->arguments.operands[0])) {
		err_set(err, ERR_USAGE,
			"standard input can be read only once: for several "
			"distributions, write the archive to a file");
		return exit_status_log(err);
	}
	if (announcing->arguments.json) {
		announcing->array = cJSON_CreateArray();
		if (!announcing->array) {
			err_memory(err);
			return exit_status_log(err);
		}
	}
	for (i = 0; i < sections->count; i++) {
		one = announce_one(announcing, sections->items[i], true);
		if (status == EXIT_DONE || one == EXIT_FAILED)
			status = one;
	}
	if (announcing->array && json_output(announcing->array, err) != 0)
		status = exit_status_log(err);
	return status;
}

int
command_announce(int argc, char **argv)
{
	struct announcing announcing = {.first = true};
	struct err err = ERR_INIT;
	int status;

	if (!arguments_take(
		    &announcing.arguments, "announce", argc, argv, 1, &status))
		return status;
	if (config_open(&announcing.config, &announcing.arguments.given,
		    &err) == 0 &&
		config_check_several(&announcing.arguments.given, &err) == 0)
		status = announce_all(&announcing, &err);
	else
		status = exit_status_log(&err);
	if (status == EXIT_DONE && output_finish(&err) != 0)
		status = exit_status_log(&err);
	config_release(&announcing.config);
	arguments_release(&announcing.arguments);
	return status;
}
