/* Builds cJSON trees. */
#include "cmd/console/json_tree.h"

#include "base/buf.h"
#include "base/escape.h"
#include "base/utf8.h"

cJSON *
json_object(int format)
{
	cJSON *object = cJSON_CreateObject();

	if (cJSON_AddNumberToObject(object, "format", format))
		return object;
	cJSON_Delete(object);
	return NULL;
}

cJSON *
json_key(const char *key, size_t len)
{
	struct buf escaped;
	cJSON *string = NULL;

	if (utf8_is_valid(key, len))
		return cJSON_CreateString(key);
	buf_init(&escaped, 4 * len);
	escape_name_utf8(&escaped, key, len);
	if (!escaped.failed)
		string = cJSON_CreateString(buf_str(&escaped));
	buf_release(&escaped);
	return string;
}

bool
json_put(cJSON *object, const char *name, cJSON *item)
{
	if (!object || !item) {
		cJSON_Delete(item);
		return false;
	}
	if (cJSON_AddItemToObject(object, name, item))
		return true;
	cJSON_Delete(item);
	return false;
}

cJSON *
json_texts(const char *const *texts, size_t count)
{
	cJSON *array = cJSON_CreateArray(), *text;
	size_t i;

	for (i = 0; array && i < count; i++) {
		text = cJSON_CreateString(texts[i]);
		if (!text || !cJSON_AddItemToArray(array, text)) {
			cJSON_Delete(text);
			cJSON_Delete(array);
			return NULL;
		}
	}
	return array;
}
