/* edgediff diff OLD NEW: prints what changed, a key a line. */
#include <string.h>

#include "base/escape.h"
#include "cmd/arguments.h"
#include "cmd/console/output.h"
#include "cmd/report/report.h"
#include "cmd/step_outputs.h"
#include "cmd/two_builds.h"

enum {
	DIFF_LINE_MAX = 4 * KEY_MAX + 8, /* every byte escaped */
};

static const struct object *
object_of(const struct change *change)
{
	return change->after ? change->after : change->before;
}

/* git's letters, by kind of change. */
static const char letters[] = {
	[CHANGE_ADDED] = 'A',
	[CHANGE_CHANGED] = 'M',
	[CHANGE_REMOVED] = 'D',
};

/* How the changes are printed, and which. */
struct form {
	bool json, name_only, null;
	const char *filter; /* of letters */
};

static bool
is_wanted(const struct form *form, enum change_kind kind)
{
	return strchr(form->filter, letters[kind]) != NULL;
}

/* The letter, a tab and the key; or the key alone. */
static void
add_line(struct buf *line, const struct change *change, const struct form *form)
{
	const struct object *object = object_of(change);

	if (!form->name_only) {
		buf_addch(line, letters[change->kind]);
		buf_addch(line, '\t');
	}
	if (form->null) {
		buf_add(line, object->key, object->key_len);
		buf_addch(line, '\0');
	} else {
		escape_name_for_ci(line, object->key, object->key_len);
		buf_addch(line, '\n');
	}
}

static int
print_text(
	const struct changes *changes, const struct form *form, struct err *err)
{
	struct buf line;
	size_t i;
	int rc = 0;

	buf_init(&line, DIFF_LINE_MAX);
	for (i = 0; rc == 0 && i < changes->count; i++) {
		if (!is_wanted(form, changes->list[i].kind))
			continue;
		buf_clear(&line);
		add_line(&line, &changes->list[i], form);
		rc = buf_check(&line, err);
		if (rc == 0)
			rc = output_emit(NULL, line.data, line.len, err);
	}
	buf_release(&line);
	return rc;
}

static cJSON *
json_keys(const struct changes *changes, enum change_kind kind)
{
	cJSON *keys = cJSON_CreateArray(), *key;
	const struct object *object;
	size_t i;

	for (i = 0; keys && i < changes->count; i++) {
		if (changes->list[i].kind != kind)
			continue;
		object = object_of(&changes->list[i]);
		key = json_key(object->key, object->key_len);
		if (!key || !cJSON_AddItemToArray(keys, key)) {
			cJSON_Delete(key);
			cJSON_Delete(keys);
			return NULL;
		}
	}
	return keys;
}

/* A list of each kind that is wanted. */
static cJSON *
json_diff(const struct changes *changes, const struct form *form)
{
	static const enum change_kind order[] = {
		CHANGE_ADDED, CHANGE_CHANGED, CHANGE_REMOVED};
	cJSON *tree = cJSON_CreateObject();
	size_t i;

	for (i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		if (!is_wanted(form, order[i]))
			continue;
		if (!json_put(tree, change_word(order[i]),
			    json_keys(changes, order[i]))) {
			cJSON_Delete(tree);
			return NULL;
		}
	}
	return tree;
}

static int
read_form(struct form *form, const struct arguments *arguments, struct err *err)
{
	const struct settings *settings = &arguments->settings;
	struct escaped_name shown;

	*form = (struct form){
		.json = arguments->json,
		.name_only = settings->name_only,
		.null = settings->null,
		.filter = settings->filter,
	};
	if (!form->filter[0] ||
		form->filter[strspn(form->filter, "AMD")] != '\0')
		return err_set(err, ERR_USAGE,
			"--filter '%s': want one or more of A (added), M "
			"(modified) and D (removed), as in AM",
			escape_show_str(&shown, form->filter));
	if (form->null && !form->name_only)
		return err_set(err, ERR_USAGE,
			"--null (-0) is for keys alone: add --name-only");
	if (form->name_only && form->json)
		return err_set(err, ERR_USAGE,
			"--name-only prints text: leave --output json out");
	return 0;
}

int
command_diff(int argc, char **argv)
{
	struct arguments arguments;
	struct two_builds builds = {0};
	struct form form;
	struct err err = ERR_INIT;
	int status, rc;

	if (!arguments_take(&arguments, "diff", argc, argv, 2, &status))
		return status;
	rc = read_form(&form, &arguments, &err);
	if (rc == 0)
		rc = report_check(&arguments.settings.report, &err);
	if (rc == 0)
		rc = two_builds_read(
			&builds, &arguments.settings, arguments.operands, &err);
	if (rc == 0)
		rc = report_write(&arguments.settings.report, NULL,
			&(struct planned){.before = &builds.before,
				.after = &builds.after,
				.changes = &builds.changes},
			&err);
	if (rc == 0 && form.json)
		rc = json_output(json_diff(&builds.changes, &form), &err);
	else if (rc == 0)
		rc = print_text(&builds.changes, &form, &err);
	if (rc == 0)
		rc = output_finish(&err);
	if (rc == 0)
		rc = step_outputs_of_diff(&builds.changes, &builds.after, &err);
	status = rc == 0 ? EXIT_DONE : log_failure(&err);
	two_builds_release(&builds);
	arguments_release(&arguments);
	return status;
}
