/* edgediff manifest BUILD: prints the manifest of a build. */
#include "cmd/command.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/hex.h"
#include "base/json_writer.h"
#include "cmd/arguments.h"
#include "cmd/build_guard.h"
#include "cmd/cache_session.h"
#include "cmd/console/json_format.h"
#include "cmd/console/output.h"
#include "cmd/console/reading_progress.h"
#include "cmd/exit_status.h"
#include "cmd/option_values.h"
#include "manifest/manifest_text.h"

static void
write_object(struct json_writer *json, const struct object *object)
{
	char digits[2 * FINGERPRINT_SIZE + 1];

	hex_encode(digits, object->fingerprint, FINGERPRINT_SIZE);
	json_begin_object(json);
	json_write_key(json, "key");
	json_write_name(json, object->key, object->key_len);
	json_write_key(json, "size");
	json_write_uint(json, object->size);
	json_write_key(json, "fingerprint");
	json_write_string(json, digits);
	json_end_object(json);
}

static int
print_json(const struct manifest *manifest, struct err *err)
{
	struct json_writer json;
	char shard[2 * sizeof("100000")];
	size_t i;

	json_writer_init(
		&json, output_emit, NULL, JSON_INDENTED | JSON_SAFE_IN_LOG);
	json_begin_object(&json);
	json_write_key(&json, "format");
	json_write_uint(&json, JSON_FORMAT_MANIFEST);
	json_write_key(&json, "manifest_hash");
	json_write_string(&json, manifest->hash);
	if (shard_is_part(&manifest->shard)) {
		snprintf(shard, sizeof(shard), "%" PRIu32 "/%" PRIu32,
			manifest->shard.index, manifest->shard.count);
		json_write_key(&json, "shard");
		json_write_string(&json, shard);
	}
	json_write_key(&json, "objects");
	json_begin_array(&json);
	for (i = 0; i < manifest->count; i++)
		write_object(&json, &manifest->objects[i]);
	json_end_array(&json);
	json_end_object(&json);
	return json_writer_finish(&json, err);
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
		rc = reading_progress_build(
			arguments.operands[0], &options, 0, &manifest, &err);
	cache_session_end(&cache);
	if (rc == 0)
		build_guard_warn(&arguments.settings, arguments.operands[0],
			&(struct delta){.after = &manifest});
	if (rc == 0 && arguments.json)
		rc = print_json(&manifest, &err);
	else if (rc == 0)
		rc = manifest_write(&manifest, output_emit, NULL, &err);
	if (rc == 0)
		rc = output_finish(&err);
	status = rc == 0 ? EXIT_DONE : exit_status_log(&err);
	manifest_release(&manifest);
	arguments_release(&arguments);
	return status;
}
