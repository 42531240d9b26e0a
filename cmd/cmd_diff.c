/* edgediff diff OLD NEW: prints what changed. */
#include "cmd/command.h"

#include <string.h>

#include "base/escape.h"
#include "base/json_writer.h"
#include "cmd/arguments.h"
#include "cmd/build_guard.h"
#include "cmd/console/json_format.h"
#include "cmd/console/output.h"
#include "cmd/exit_status.h"
#include "cmd/report/report.h"
#include "cmd/step_outputs.h"
#include "cmd/two_builds.h"
#include "diff/delta.h"

enum {
	DIFF_LINE_MAX = 4 * KEY_MAX + 8, /* if every byte is escaped */
};

/* The letters of git diff --name-status, by kind of change. */
static const char letters[] = {
	[CHANGE_ADDED] = 'A',
	[CHANGE_CHANGED] = 'M',
	[CHANGE_REMOVED] = 'D',
};

/* Which changes are printed, and how. */
struct diff_format {
	bool json, name_only, null;
	const char *filter; /* letters of the kinds to print */
};

static bool
is_wanted(const struct diff_format *format, enum change_kind kind)
{
	return strchr(format->filter, letters[kind]) != NULL;
}

/* Append the letter, a tab and the key; or the key alone. */
static void
add_line(struct buf *line, const struct change *change,
	const struct diff_format *format)
{
	const struct object *object = change_object(change);

	if (!format->name_only) {
		buf_addch(line, letters[change->kind]);
		buf_addch(line, '\t');
	}
	if (format->null) {
		buf_add(line, object->key, object->key_len);
		buf_addch(line, '\0');
	} else {
		escape_name_for_ci(line, object->key, object->key_len);
		buf_addch(line, '\n');
	}
}

static int
print_text(const struct changes *changes, const struct diff_format *format,
	struct err *err)
{
	struct buf line;
	size_t i;
	int rc = 0;

	buf_init(&line, DIFF_LINE_MAX);
	for (i = 0; rc == 0 && i < changes->count; i++) {
		if (!is_wanted(format, changes->list[i].kind))
			continue;
		buf_clear(&line);
		add_line(&line, &changes->list[i], format);
		rc = buf_check(&line, err);
		if (rc == 0)
			rc = output_emit(NULL, line.data, line.len, err);
	}
	buf_release(&line);
	return rc;
}

/* The format, and a list of keys for each kind of change that is wanted. */
static int
print_json(const struct changes *changes, const struct diff_format *format,
	struct err *err)
{
	static const enum change_kind order[] = {
		CHANGE_ADDED, CHANGE_CHANGED, CHANGE_REMOVED};
	const struct object *object;
	struct json_writer json;
	size_t i, j;

	json_writer_init(
		&json, output_emit, NULL, JSON_INDENTED | JSON_SAFE_IN_LOG);
	json_begin_object(&json);
	json_write_key(&json, "format");
	json_write_uint(&json, JSON_FORMAT_DIFF);
	for (i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		if (!is_wanted(format, order[i]))
			continue;
		json_write_key(&json, change_word(order[i]));
		json_begin_array(&json);
		for (j = 0; j < changes->count; j++) {
			if (changes->list[j].kind != order[i])
				continue;
			object = change_object(&changes->list[j]);
			json_write_name(&json, object->key, object->key_len);
		}
		json_end_array(&json);
	}
	json_end_object(&json);
	return json_writer_finish(&json, err);
}

static int
read_format(struct diff_format *format, const struct arguments *arguments,
	struct err *err)
{
	const struct settings *settings = &arguments->settings;
	struct escaped_name shown;

	*format = (struct diff_format){
		.json = arguments->json,
		.name_only = settings->name_only,
		.null = settings->null,
		.filter = settings->filter,
	};
	if (!format->filter[0] ||
		format->filter[strspn(format->filter, "AMD")] != '\0')
		return err_set(err, ERR_USAGE,
			"--filter '%s': expected one or more of A (added), M "
			"(modified) and D (removed), as in AM",
			escape_show_str(&shown, format->filter));
	if (format->null && !format->name_only)
		return err_set(err, ERR_USAGE, "--null (-0) needs --name-only");
	if (format->name_only && format->json)
		return err_set(err, ERR_USAGE,
			"--name-only prints text: leave out --output json");
	return 0;
}

int
command_diff(int argc, char **argv)
{
	struct arguments arguments;
	struct two_builds builds = {0};
	const struct report_run comparison = {.stage = REPORT_COMPARISON};
	struct delta delta = {0};
	struct diff_format format;
	struct err err = ERR_INIT;
	int status, rc;

	if (!arguments_take(&arguments, "diff", argc, argv, 2, &status))
		return status;
	rc = read_format(&format, &arguments, &err);
	if (rc == 0)
		rc = report_check(&arguments.settings.report, &err);
	if (rc == 0)
		rc = two_builds_read(
			&builds, &arguments.settings, arguments.operands, &err);
	if (rc == 0)
		rc = delta_find(
			&delta, &builds.before, NULL, &builds.after, &err);
	if (rc == 0)
		build_guard_warn(
			&arguments.settings, arguments.operands[1], &delta);
	if (rc == 0)
		rc = report_write(
			&arguments.settings.report, &comparison, &delta, &err);
	if (rc == 0 && format.json)
		rc = print_json(&delta.changes, &format, &err);
	else if (rc == 0)
		rc = print_text(&delta.changes, &format, &err);
	if (rc == 0)
		rc = output_finish(&err);
	if (rc == 0)
		rc = step_outputs_set_diff(&delta.changes, &builds.after, &err);
	status = rc == 0 ? EXIT_DONE : exit_status_log(&err);
	delta_release(&delta);
	two_builds_release(&builds);
	arguments_release(&arguments);
	return status;
}
