/* edgediff manifest BUILD: prints the manifest of a build. */
#include "base/hex.h"
#include "cmd/arguments.h"
#include "cmd/cache_session.h"
#include "cmd/console/output.h"
#include "cmd/console/progress.h"
#include "cmd/option_values.h"

static cJSON *
json_object(const struct object *object)
{
	char digits[2 * FINGERPRINT_SIZE + 1];
	cJSON *row = cJSON_CreateObject();

	hex_encode(digits, object->fingerprint, FINGERPRINT_SIZE);
	if (json_put(row, "key", json_key(object->key, object->key_len)) &&
		cJSON_AddNumberToObject(row, "size", (double)object->size) &&
		cJSON_AddStringToObject(row, "fingerprint", digits))
		return row;
	cJSON_Delete(row);
	return NULL;
}

static cJSON *
json_manifest(const struct manifest *manifest)
{
	cJSON *tree = cJSON_CreateObject(), *rows, *row;
	size_t i;

	cJSON_AddStringToObject(tree, "manifest_hash", manifest->hash);
	rows = cJSON_AddArrayToObject(tree, "objects");
	for (i = 0; rows && i < manifest->count; i++) {
		row = json_object(&manifest->objects[i]);
		if (!row || !cJSON_AddItemToArray(rows, row)) {
			cJSON_Delete(row);
			rows = NULL;
		}
	}
	if (rows)
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

int
command_manifest(int argc, char **argv)
{
	struct arguments arguments;
	struct build_options options;
	struct manifest manifest;
	struct err err = ERR_INIT;
	struct cache cache = CACHE_INIT;
	int status, rc;

	if (!arguments_take(&arguments, "manifest", argc, argv, 1, &status))
		return status;
	manifest_init(&manifest);
	rc = option_values_build(&arguments.settings, &options, &err);
	if (rc == 0)
		options.cache = cache_session_begin(
			&cache, &arguments.settings, arguments.settings.cache);
	if (rc == 0)
		rc = reading_of_build(
			arguments.operands[0], &options, 0, &manifest, &err);
	cache_session_end(&cache);
	if (rc == 0 && arguments.json)
		rc = json_output(json_manifest(&manifest), &err);
	else if (rc == 0)
		rc = manifest_write(&manifest, output_emit, NULL, &err);
	if (rc == 0)
		rc = output_finish(&err);
	status = rc == 0 ? EXIT_DONE : log_failure(&err);
	manifest_release(&manifest);
	arguments_release(&arguments);
	return status;
}
