/* Makes JSON of changes and plans. */
#include "cmd/console/json_result.h"

#include <string.h>

#include "cmd/console/json_tree.h"
#include "diff/price.h"

cJSON *
json_counts(const struct changes *changes)
{
	cJSON *counts = cJSON_CreateObject();

	if (cJSON_AddNumberToObject(counts, "added", (double)changes->added) &&
		cJSON_AddNumberToObject(
			counts, "changed", (double)changes->changed) &&
		cJSON_AddNumberToObject(
			counts, "removed", (double)changes->removed))
		return counts;
	cJSON_Delete(counts);
	return NULL;
}

static cJSON *
json_items(const struct plan *plan)
{
	cJSON *items = cJSON_CreateArray(), *item;
	size_t i;

	for (i = 0; items && i < plan->count; i++) {
		item = cJSON_CreateString(plan->items[i].text);
		if (!item || !cJSON_AddItemToArray(items, item)) {
			cJSON_Delete(item);
			cJSON_Delete(items);
			return NULL;
		}
	}
	return items;
}

/* The key of the changed fallback page, or null. */
static cJSON *
json_fallback(const char *key)
{
	return key ? json_key(key, strlen(key)) : cJSON_CreateNull();
}

bool
json_put_plan(cJSON *object, const struct delta *delta)
{
	const struct plan *plan = &delta->plan;

	return json_put(object, "items", json_items(plan)) &&
	       cJSON_AddNumberToObject(object, "paths", (double)plan->count) &&
	       cJSON_AddNumberToObject(
		       object, "wildcards", (double)plan->wildcards) &&
	       cJSON_AddNumberToObject(object, "urls", (double)plan->urls) &&
	       cJSON_AddNumberToObject(object, "stale", (double)plan->stale) &&
	       cJSON_AddNumberToObject(
		       object, "collateral", (double)plan->collateral) &&
	       cJSON_AddNumberToObject(
		       object, "cost", (double)plan->cost / COST_UNIT) &&
	       json_put(object, "changes", json_counts(&delta->changes)) &&
	       cJSON_AddNumberToObject(
		       object, "price_usd", price_usd(plan->count)) &&
	       json_put(object, "fallback", json_fallback(delta->fallback_key));
}
