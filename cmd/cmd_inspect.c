/* edgediff inspect: prints what a distribution's configuration means. */
#include "cmd/command.h"

#include <stdio.h>
#include <string.h>

#include "base/atomic_file.h"
#include "base/escape.h"
#include "base/json_writer.h"
#include "cmd/config.h"
#include "cmd/connect.h"
#include "cmd/console/json_format.h"
#include "cmd/console/log.h"
#include "cmd/console/output.h"
#include "cmd/option_values.h"
#include "cmd/warn.h"
#include "diff/url_rules.h"
#include "edge/conclusions.h"
#include "edge/fetch.h"
#include "edge/snapshot.h"

/* What the command makes, in this order. */
struct inspection {
	struct arena texts; /* of the ID, if it was looked up */
	const char *id;
	struct connection connection;
	struct reading reading;
	char digest[SHA256_HEX_SIZE];
	struct conclusions conclusions;
};

static void
print_line(const char *name, const char *value)
{
	struct escaped_name shown;

	printf("%-12s  %s\n", name, escape_show_str(&shown, value));
}

static void
print_text(const struct inspection *inspection)
{
	const struct distribution *d = &inspection->reading.distribution;
	const struct conclusions *conclusions = &inspection->conclusions;
	const struct conclusion *c;
	size_t i;

	print_line("distribution", d->id);
	print_line("domain name", d->domain_name);
	for (i = 0; i < d->alias_count; i++)
		print_line("alias", d->aliases[i]);
	print_line("status", d->status);
	print_line("changed", d->last_modified);
	print_line("digest", inspection->digest);
	for (i = 0; i < conclusions->count; i++) {
		c = &conclusions->list[i];
		printf("%-12s  %s: %s\n", conclusions_word(c->level), c->text,
			c->reason);
	}
}

static void
put_text(struct json_writer *json, const char *name, const char *text)
{
	json_write_key(json, name);
	json_write_name(json, text, strlen(text));
}

static void
put_bool(struct json_writer *json, const char *name, bool truth)
{
	json_write_key(json, name);
	json_write_bool(json, truth);
}

/* Null for the default behaviour. */
static void
put_pattern(struct json_writer *json, const char *pattern)
{
	json_write_key(json, "path_pattern");
	if (pattern)
		json_write_name(json, pattern, strlen(pattern));
	else
		json_write_null(json);
}

static void
put_behaviors(struct json_writer *json, const struct inspection *inspection)
{
	const struct distribution *d = &inspection->reading.distribution;
	const struct behavior_rules *rules;
	size_t i;

	json_write_key(json, "behaviors");
	json_begin_array(json);
	for (i = 0; i < d->behavior_count; i++) {
		rules = &inspection->conclusions.behaviors[i];
		json_begin_object(json);
		put_pattern(json, d->behaviors[i].path_pattern);
		put_bool(json, "of_build", !rules->foreign);
		put_bool(json, "cached", rules->cached);
		put_bool(json, "query_strings", rules->query_strings);
		json_write_key(json, "index_urls");
		json_begin_array(json);
		json_write_string(json, "file");
		if (rules->index_slash)
			json_write_string(json, "slash");
		if (rules->index_bare)
			json_write_string(json, "bare");
		json_end_array(json);
		json_end_object(json);
	}
	json_end_array(json);
}

/* The place of a conclusion's behaviour in the list, or null. */
static void
put_behavior(struct json_writer *json, const struct inspection *inspection,
	const struct cache_behavior *behavior)
{
	json_write_key(json, "behavior");
	if (behavior)
		json_write_uint(json,
			(uint64_t)(behavior -
				   inspection->reading.distribution.behaviors));
	else
		json_write_null(json);
}

static void
put_conclusions(struct json_writer *json, const struct inspection *inspection)
{
	const struct conclusions *conclusions = &inspection->conclusions;
	const struct conclusion *c;
	size_t i;

	json_write_key(json, "conclusions");
	json_begin_array(json);
	for (i = 0; i < conclusions->count; i++) {
		c = &conclusions->list[i];
		json_begin_object(json);
		put_text(json, "code", c->code);
		put_text(json, "level", conclusions_word(c->level));
		put_behavior(json, inspection, c->behavior);
		put_text(json, "text", c->text);
		put_text(json, "reason", c->reason);
		json_end_object(json);
	}
	json_end_array(json);
}

static int
print_json(const struct inspection *inspection, struct err *err)
{
	const struct distribution *d = &inspection->reading.distribution;
	struct json_writer json;
	size_t i;

	json_writer_init(
		&json, output_emit, NULL, JSON_INDENTED | JSON_SAFE_IN_LOG);
	json_begin_object(&json);
	json_write_key(&json, "format");
	json_write_uint(&json, JSON_FORMAT_INSPECT);
	put_text(&json, "distribution_id", d->id);
	put_text(&json, "domain_name", d->domain_name);
	json_write_key(&json, "aliases");
	json_begin_array(&json);
	for (i = 0; i < d->alias_count; i++)
		json_write_string(&json, d->aliases[i]);
	json_end_array(&json);
	put_text(&json, "status", d->status);
	put_text(&json, "last_modified", d->last_modified);
	put_text(&json, "digest", inspection->digest);
	put_bool(&json, "complete", inspection->conclusions.complete);
	put_behaviors(&json, inspection);
	put_conclusions(&json, inspection);
	json_end_object(&json);
	return json_writer_finish(&json, err);
}

static int
save(const char *path, const struct reading *reading, struct err *err)
{
	struct atomic_file file = ATOMIC_FILE_INIT;
	struct buf text;
	int rc;

	buf_init(&text, SNAPSHOT_MAX);
	rc = snapshot_write(&text, reading, err);
	if (rc == 0)
		rc = atomic_file_begin(&file, path, err);
	if (rc == 0)
		rc = atomic_file_write(&file, buf_str(&text), text.len, err);
	if (rc == 0)
		rc = atomic_file_commit(&file, err);
	atomic_file_abandon(&file);
	buf_release(&text);
	return rc == 0 ? 0 : err_context(err, "--save");
}

/* Exactly one option says which distribution. */
static int
check_options(const struct settings *settings, struct err *err)
{
	const char *prefix = settings->prefix, *id;
	int given = !!settings->distribution + !!settings->alias +
		    !!settings->bucket;

	if (option_values_url_path("--prefix", prefix, err) != 0 ||
		url_rules_check_prefix(prefix, err) != 0)
		return settings_blame(settings, prefix, err);
	if (given == 0)
		return err_set(err, ERR_USAGE,
			"give --distribution-id, --alias, --bucket, or "
			"--distribution with a section of edgediff.conf");
	if (given > 1)
		return err_set(err, ERR_USAGE,
			"give only one of --distribution-id, --alias and "
			"--bucket");
	return settings->distribution ? connect_distribution(&id, settings, err)
				      : 0;
}

/* Set the ID of the distribution, which may have to be looked up. */
static int
find(struct inspection *inspection, const struct settings *settings,
	struct err *err)
{
	inspection->id = settings->distribution;
	if (inspection->id) {
		warn_about_distribution(inspection->id);
		return 0;
	}
	return fetch_find(&inspection->id, &inspection->texts,
		&inspection->connection.cloudfront, settings->alias,
		settings->bucket, err);
}

static void
warn(void *context, const char *text)
{
	(void)context;
	log_warning("warning: %s", text);
}

static int
inspect(struct inspection *inspection, const struct settings *settings,
	struct err *err)
{
	const struct conclusions_place place = {.prefix = settings->prefix};

	if (check_options(settings, err) != 0 ||
		connect_open(&inspection->connection, settings, err) != 0 ||
		find(inspection, settings, err) != 0 ||
		fetch_reading(&inspection->reading,
			&inspection->connection.cloudfront, inspection->id,
			warn, NULL, err) != 0 ||
		reading_digest(&inspection->reading, inspection->digest, err) !=
			0)
		return -1;
	if (settings->save &&
		save(settings->save, &inspection->reading, err) != 0)
		return -1;
	return conclusions_draw(
		&inspection->conclusions, &inspection->reading, &place, err);
}

static int
print(const struct inspection *inspection, bool json, struct err *err)
{
	if (json) {
		if (print_json(inspection, err) != 0)
			return -1;
	} else {
		print_text(inspection);
	}
	return output_finish(err);
}

int
command_inspect(int argc, char **argv)
{
	struct inspection inspection = {.id = NULL};
	struct arguments arguments;
	struct config config;
	struct err err = ERR_INIT;
	int status, rc;

	if (!arguments_take(&arguments, "inspect", argc, argv, 0, &status))
		return status;
	arena_init(&inspection.texts);
	rc = config_take_one(&config, &arguments, FOR_INSPECT, &err);
	if (rc == 0)
		rc = inspect(&inspection, &arguments.settings, &err);
	if (rc == 0)
		rc = print(&inspection, arguments.json, &err);
	status = rc == 0 ? EXIT_DONE : exit_status_log(&err);
	conclusions_release(&inspection.conclusions);
	reading_release(&inspection.reading);
	connection_release(&inspection.connection);
	arena_release(&inspection.texts);
	config_release(&config);
	arguments_release(&arguments);
	return status;
}
