/* edgediff diff OLD NEW: prints what changed, a key a line. */
#include "base/name.h"
#include "cmd/arguments.h"
#include "cmd/output.h"
#include "cmd/pair.h"

enum {
	LINE_LARGEST = 4 * KEY_LONGEST + 8, /* every byte escaped */
};

static const struct object *
object_of(const struct change *change)
{
	return change->after ? change->after : change->before;
}

/* git's letters: A added, M changed, D removed; then a tab and the key. */
static int
print_text(const struct changes *changes, struct err *err)
{
	static const char letters[] = {'A', 'M', 'D'};
	const struct object *object;
	struct buf line;
	size_t i;
	int rc = 0;

	buf_init(&line, LINE_LARGEST);
	for (i = 0; rc == 0 && i < changes->count; i++) {
		object = object_of(&changes->list[i]);
		buf_clear(&line);
		buf_addch(&line, letters[changes->list[i].kind]);
		buf_addch(&line, '\t');
		name_escape(&line, object->key, object->key_len);
		buf_addch(&line, '\n');
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

static cJSON *
json_diff(const struct changes *changes)
{
	cJSON *tree = cJSON_CreateObject();

	if (json_put(tree, "added", json_keys(changes, CHANGE_ADDED)) &&
		json_put(tree, "changed", json_keys(changes, CHANGE_CHANGED)) &&
		json_put(tree, "removed", json_keys(changes, CHANGE_REMOVED)))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

int
command_diff(int argc, char **argv)
{
	struct arguments arguments;
	struct pair pair;
	struct err err = ERR_INIT;
	int status, rc;

	if (!arguments_take(&arguments, "diff", argc, argv, 2, &status))
		return status;
	rc = pair_read(&pair, &arguments.settings, arguments.operands, &err);
	if (rc == 0 && arguments.json)
		rc = json_output(json_diff(&pair.changes), &err);
	else if (rc == 0)
		rc = print_text(&pair.changes, &err);
	if (rc == 0)
		rc = output_finish(&err);
	status = rc == 0 ? EXIT_DONE : talk_failure(&err);
	pair_release(&pair);
	arguments_release(&arguments);
	return status;
}
