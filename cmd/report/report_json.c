/* The report for programs. */
#include "cmd/report/report_json.h"

#include "cmd/console/json_print.h"
#include "cmd/console/json_result.h"
#include "cmd/console/json_tree.h"
#include "diff/price.h"

static cJSON *
json_side(const struct manifest *manifest, uint64_t bytes)
{
	cJSON *side;

	if (!manifest)
		return cJSON_CreateNull();
	side = cJSON_CreateObject();
	if (cJSON_AddStringToObject(side, "manifest_hash", manifest->hash) &&
		cJSON_AddNumberToObject(
			side, "objects", (double)manifest->count) &&
		cJSON_AddNumberToObject(side, "bytes", (double)bytes))
		return side;
	cJSON_Delete(side);
	return NULL;
}

static cJSON *
json_cost(size_t items, size_t collateral)
{
	cJSON *cost = cJSON_CreateObject();

	if (cJSON_AddNumberToObject(cost, "paths", (double)items) &&
		cJSON_AddNumberToObject(
			cost, "collateral", (double)collateral) &&
		cJSON_AddNumberToObject(cost, "price_usd", price_usd(items)))
		return cost;
	cJSON_Delete(cost);
	return NULL;
}

static cJSON *
json_item(const struct plan_item *item)
{
	cJSON *tree = cJSON_CreateObject();

	if (cJSON_AddStringToObject(tree, "path", item->text) &&
		cJSON_AddBoolToObject(tree, "wildcard", item->wildcard) &&
		cJSON_AddNumberToObject(tree, "stale", (double)item->stale) &&
		cJSON_AddNumberToObject(
			tree, "collateral", (double)item->collateral))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

/* Move an element to the end of an array; false where either is NULL. */
static bool
append(cJSON *array, cJSON *element)
{
	if (array && element && cJSON_AddItemToArray(array, element))
		return true;
	cJSON_Delete(element);
	return false;
}

static cJSON *
json_items(const struct plan *plan)
{
	cJSON *items = cJSON_CreateArray();
	size_t i;

	for (i = 0; items && i < plan->count; i++)
		if (!append(items, json_item(&plan->items[i]))) {
			cJSON_Delete(items);
			return NULL;
		}
	return items;
}

static cJSON *
json_alternatives(const struct report_model *model)
{
	cJSON *tree = cJSON_CreateObject();

	if (json_put(tree, "everything",
		    model->everything_allowed
			    ? json_cost(model->everything.items,
				      model->everything.collateral)
			    : cJSON_CreateNull()) &&
		json_put(tree, "exact_paths",
			model->inexact == 0
				? json_cost(model->planned->plan->stale, 0)
				: cJSON_CreateNull()))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

static cJSON *
json_plan_report(const struct report_model *model)
{
	const struct plan *plan = model->planned->plan;
	cJSON *tree;

	if (!plan)
		return cJSON_CreateNull();
	tree = json_cost(plan->count, plan->collateral);
	if (cJSON_AddNumberToObject(
		    tree, "wildcards", (double)plan->wildcards) &&
		cJSON_AddNumberToObject(tree, "urls", (double)plan->urls) &&
		cJSON_AddNumberToObject(tree, "stale", (double)plan->stale) &&
		json_put(tree, "items", json_items(plan)) &&
		json_put(tree, "instead", json_alternatives(model)) &&
		json_put(tree, "hint",
			model->hint.len > 0 ? json_key(buf_str(&model->hint),
						      model->hint.len)
					    : cJSON_CreateNull()))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

/* A size, or null where there is no object or nobody knows. */
static cJSON *
json_size(const struct object *object)
{
	if (!object || object_is_unknown(object))
		return cJSON_CreateNull();
	return cJSON_CreateNumber((double)object->size);
}

static cJSON *
json_drops(const struct report_object *fact, const struct plan *plan)
{
	cJSON *items = cJSON_CreateArray();
	unsigned i;

	for (i = 0; i < fact->item_count; i++)
		if (!append(items, cJSON_CreateString(
					   plan->items[fact->items[i]].text))) {
			cJSON_Delete(items);
			return NULL;
		}
	return items;
}

static cJSON *
json_object(const struct report_object *fact, const struct plan *plan)
{
	const struct change *change = fact->change;
	cJSON *tree = cJSON_CreateObject();

	if (json_put(tree, "key",
		    json_key(fact->object->key, fact->object->key_len)) &&
		cJSON_AddStringToObject(
			tree, "change", change_word(change->kind)) &&
		json_put(tree, "size_before", json_size(change->before)) &&
		json_put(tree, "size_after", json_size(change->after)) &&
		(!plan || (cJSON_AddBoolToObject(tree, "stale",
				   fact->state == OBJECT_STALE) &&
				  json_put(tree, "dropped_by",
					  json_drops(fact, plan)))))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

static cJSON *
json_objects(const struct report_model *model)
{
	cJSON *objects = cJSON_CreateArray();
	size_t i;

	for (i = 0; objects && i < model->count; i++) {
		if (!model->list[i].change)
			continue;
		if (!append(objects, json_object(&model->list[i],
					     model->planned->plan))) {
			cJSON_Delete(objects);
			return NULL;
		}
	}
	return objects;
}

int
report_json(struct buf *out, const struct report_model *model, struct err *err)
{
	const struct planned *planned = model->planned;
	cJSON *tree = cJSON_CreateObject();
	int rc;

	if (!cJSON_AddNumberToObject(tree, "edgediff_report", 1) ||
		(model->distribution &&
			!cJSON_AddStringToObject(tree, "distribution_id",
				model->distribution)) ||
		!json_put(tree, "before",
			json_side(planned->before, model->bytes_before)) ||
		!json_put(tree, "after",
			json_side(planned->after, model->bytes_after)) ||
		!json_put(tree, "changes", json_counts(planned->changes)) ||
		!json_put(tree, "plan", json_plan_report(model)) ||
		!json_put(tree, "objects", json_objects(model))) {
		cJSON_Delete(tree);
		return err_memory(err);
	}
	json_print(out, tree);
	rc = buf_check(out, err);
	cJSON_Delete(tree);
	return rc;
}
