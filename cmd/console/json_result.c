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

/* The patterns of other origins that a wildcard can meet. */
static cJSON *
json_patterns(const struct url_set *urls, const char *item)
{
	cJSON *patterns = cJSON_CreateArray(), *pattern;
	const char *text;
	size_t i;

	for (i = 0; patterns; i++) {
		text = url_set_get_foreign(urls, item, strlen(item) - 1, i);
		if (!text)
			break;
		pattern = json_key(text, strlen(text));
		if (!pattern || !cJSON_AddItemToArray(patterns, pattern)) {
			cJSON_Delete(pattern);
			cJSON_Delete(patterns);
			return NULL;
		}
	}
	return patterns;
}

/* Which wildcards can meet which patterns of other origins. */
static cJSON *
json_foreign(const struct plan *plan, const struct url_set *urls)
{
	cJSON *list = cJSON_CreateArray(), *one;
	size_t i;

	for (i = 0; list && i < plan->count; i++) {
		if (plan->items[i].foreign == 0)
			continue;
		one = cJSON_CreateObject();
		if (!cJSON_AddStringToObject(
			    one, "item", plan->items[i].text) ||
			!json_put(one, "path_patterns",
				json_patterns(urls, plan->items[i].text)) ||
			!cJSON_AddItemToArray(list, one)) {
			cJSON_Delete(one);
			cJSON_Delete(list);
			return NULL;
		}
	}
	return list;
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
	       json_put(object, "foreign", json_foreign(plan, &delta->urls)) &&
	       cJSON_AddNumberToObject(
		       object, "cost", (double)plan->cost / COST_UNIT) &&
	       json_put(object, "changes", json_counts(&delta->changes)) &&
	       cJSON_AddNumberToObject(
		       object, "price_usd", price_usd(plan->count)) &&
	       json_put(object, "fallback", json_fallback(delta->fallback_key));
}
