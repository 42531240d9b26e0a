/* Builds JSON with cJSON. Whoever holds a tree deletes it with cJSON_Delete. */
#ifndef CMD_CONSOLE_JSON_TREE_H
#define CMD_CONSOLE_JSON_TREE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

/* An object whose first member is its format number. NULL if memory is short. */
cJSON *json_object(int format);

/*
 * Add `item` to `object` under `name`. False if either is NULL or memory is
 * short; `item` is deleted then.
 */
bool json_put(cJSON *object, const char *name, cJSON *item);

/*
 * A key as a JSON string: as it is if it is UTF-8, otherwise escaped by
 * base/escape.h. NULL if memory is short.
 */
cJSON *json_key(const char *key, size_t len);

/* An array of strings. NULL if memory is short. */
cJSON *json_texts(const char *const *texts, size_t count);

#endif
