/* Reads JSON documents with secrets. */
#include "aws/secret_json.h"

#include <openssl/crypto.h>
#include <string.h>

#include "base/json_tree.h"

/* The recursion is limited: cJSON allows a depth of 1,000. */
static void
wipe_json(cJSON *tree)
{
	cJSON *item;

	cJSON_ArrayForEach(item, tree)
	{
		if (item->valuestring)
			OPENSSL_cleanse(
				item->valuestring, strlen(item->valuestring));
		wipe_json(item);
	}
}

int
secret_json_parse(cJSON **out, const char *text, struct err *err)
{
	const char *fault;

	*out = NULL;
	if (strlen(text) > SECRET_JSON_MAX)
		return err_set(err, ERR_INPUT, "not the JSON of credentials");
	*out = json_tree_parse(text, strlen(text), &fault);
	return *out ? 0 : err_set(err, ERR_INPUT, "not JSON");
}

void
secret_json_free(cJSON *tree)
{
	wipe_json(tree);
	cJSON_Delete(tree);
}

const cJSON *
secret_json_get(const cJSON *tree, const char *key)
{
	const cJSON *item, *found = NULL;

	cJSON_ArrayForEach(item, tree)
	{
		if (item->string && strcmp(item->string, key) == 0)
			found = item;
	}
	return found;
}

int
secret_json_string(
	const char **out, const cJSON *tree, const char *key, struct err *err)
{
	const cJSON *item = secret_json_get(tree, key);

	*out = NULL;
	if (!item || cJSON_IsNull(item))
		return 0;
	if (!cJSON_IsString(item))
		return err_set(err, ERR_INPUT, "%s is not a string", key);
	*out = item->valuestring;
	return 0;
}
