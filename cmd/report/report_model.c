/* Computes how a plan affects each object, and what its alternatives cost. */
#include "cmd/report/report_model.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "diff/build_urls.h"
#include "diff/changes.h"
#include "diff/hint.h"
#include "diff/url_set.h"

enum {
	HINT_MAX = 64 * 1024, /* one sentence, with a name in it */
};

/*
 * Does this item cover the URL? If the URL is stale, the item must also be
 * certain to reach it at the edge.
 */
static bool
covers(const struct plan_item *item, const struct url *url)
{
	size_t len = strlen(item->text) - item->wildcard;

	if (item->wildcard)
		return (!url->stale || len <= url->cut) &&
		       strncmp(item->text, url->text, len) == 0;
	return strcmp(item->text, url->text) == 0;
}

static int
compare_item(const void *url, const void *item)
{
	return strcmp(url, ((const struct plan_item *)item)->text);
}

/*
 * An item that covers a URL, or NULL. There are few wildcards, and the items
 * are sorted.
 */
static const struct plan_item *
find_item(
	const struct plan *plan, const size_t *wildcards, const struct url *url)
{
	const struct plan_item *item;
	size_t i;

	for (i = 0; i < plan->wildcards; i++)
		if (covers(&plan->items[wildcards[i]], url))
			return &plan->items[wildcards[i]];
	if (plan->count == 0)
		return NULL;
	item = bsearch(url->text, plan->items, plan->count,
		sizeof(*plan->items), compare_item);
	return item && covers(item, url) ? item : NULL;
}

/* The sizes are whatever a manifest claims, so their sum is clamped. */
static void
add_bytes(uint64_t *sum, const struct object *object)
{
	*sum = object->size < UINT64_MAX - *sum ? *sum + object->size
						: UINT64_MAX;
}

/* Count an object that caches may hold, if a plan leaves it there. */
static void
add_cached(struct report_model *model, const struct report_object *entry,
	bool stale)
{
	assert(entry->object);
	if (entry->item_count == 0)
		add_bytes(&model->own.cached_bytes, entry->object);
	if (!stale)
		add_bytes(&model->exact.cached_bytes, entry->object);
}

static void
add_item(struct report_object *entry, size_t index)
{
	unsigned i;

	for (i = 0; i < entry->item_count; i++)
		if (entry->items[i] == index)
			return;
	assert(entry->item_count < OBJECT_ITEMS_MAX);
	entry->items[entry->item_count++] = index;
}

/*
 * Find the URLs of one object, and what the plan does to them. To find them,
 * pretend that the object is the only one removed. A URL that is too long for a
 * path is in no plan.
 */
static int
classify(struct report_model *model, struct report_object *entry,
	const size_t *wildcards, struct err *err)
{
	const struct delta *delta = model->delta;
	const struct plan *plan = delta_get_plan(delta);
	struct url_rules rules = *delta->rules;
	struct change removal = {
		.kind = CHANGE_REMOVED, .before = entry->object};
	struct changes alone = {.list = &removal, .count = 1, .removed = 1};
	struct manifest empty;
	const struct plan_item *item;
	const struct url *url;
	struct url_set own;
	bool stale = false, collateral = false, cached = false;
	size_t i;

	manifest_init(&empty);
	rules.wildcard_count = 0; /* no object's */
	if (build_urls_find(&own, &empty, &alone, false, &rules, err) != 0)
		return -1;
	for (i = 0; i < own.count; i++) {
		url = url_set_find(&delta->urls, own.list[i].text);
		item = url ? find_item(plan, wildcards, url) : NULL;
		stale |= item && url->stale;
		collateral |= item && url_set_weight(url) > 0;
		cached |= url && url_set_weight(url) > 0;
		if (item)
			add_item(entry, (size_t)(item - plan->items));
	}
	url_set_release(&own);
	if (cached)
		add_cached(model, entry, stale);
	if (entry->change && stale)
		entry->state = OBJECT_STALE;
	else if (stale || collateral)
		entry->state = OBJECT_COLLATERAL;
	else if (entry->change)
		entry->state = OBJECT_KEPT;
	return 0;
}

static int
classify_all(struct report_model *model, struct err *err)
{
	const struct plan *plan = delta_get_plan(model->delta);
	size_t *wildcards, i, n = 0;
	int rc = 0;

	wildcards = calloc(plan->count + 1, sizeof(*wildcards));
	if (!wildcards)
		return err_memory(err);
	for (i = 0; i < plan->count; i++)
		if (plan->items[i].wildcard)
			wildcards[n++] = i;
	for (i = 0; rc == 0 && i < model->count; i++) {
		if (plan->count > 0 || model->objects[i].change)
			rc = classify(
				model, &model->objects[i], wildcards, err);
		else /* an empty plan does not affect an unchanged object */
			add_cached(model, &model->objects[i], false);
	}
	free(wildcards);
	return rc;
}

/* Merge the objects of the new build and the removed ones, by key. */
static int
list_objects(struct report_model *model, struct err *err)
{
	const struct manifest *after = model->delta->after;
	const struct changes *changes = &model->delta->changes;
	const struct change *change;
	const struct object *object;
	size_t i = 0, c = 0;
	int order;

	model->objects = calloc(
		after->count + changes->removed + 1, sizeof(*model->objects));
	if (!model->objects)
		return err_memory(err);
	while (i < after->count || c < changes->count) {
		change = c < changes->count ? &changes->list[c] : NULL;
		object = i < after->count ? &after->objects[i] : NULL;
		order = !change   ? -1
			: !object ? 1
				  : object_compare(object,
					    change->after ? change->after
							  : change->before);
		model->objects[model->count++] = (struct report_object){
			.object = order > 0 ? change->before : object,
			.change = order < 0 ? NULL : change,
			.state = order < 0 ? OBJECT_UNCHANGED : OBJECT_STALE,
		};
		i += order <= 0;
		c += order >= 0;
	}
	return 0;
}

static uint64_t
total_bytes(const struct manifest *manifest)
{
	uint64_t bytes = 0;
	size_t i;

	for (i = 0; manifest && i < manifest->count; i++)
		add_bytes(&bytes, &manifest->objects[i]);
	return bytes;
}

/* How many of the URLs that may be cached are neither stale nor collateral? */
static size_t
count_cached(const struct url_set *urls, size_t collateral)
{
	return urls->count - urls->stale - urls->neutral - collateral;
}

static int
find_alternatives(struct report_model *model, struct err *err)
{
	const struct url_set *urls = &model->delta->urls;
	const struct plan *own = delta_get_plan(model->delta);
	struct err forbidden = ERR_INIT;
	struct plan plan;
	size_t i;

	for (i = 0; i < urls->count; i++)
		model->inexact += urls->list[i].stale && !urls->list[i].exact;
	model->own.paths = own->count;
	model->own.collateral = own->collateral;
	model->own.cached = count_cached(urls, own->collateral);
	model->exact.paths = urls->stale;
	model->exact.cached = count_cached(urls, 0);
	if (plan_everything(&plan, urls, &forbidden) != 0)
		return forbidden.code == ERR_MEMORY ? err_memory(err) : 0;
	model->everything_allowed = true;
	model->everything.paths = plan.count;
	model->everything.collateral = plan.collateral; /* all there is */
	plan_release(&plan);
	return 0;
}

/* If nothing is known, there is no earlier build to compare with. */
static int
find_hint(struct report_model *model, struct err *err)
{
	if (model->delta->everything)
		return 0;
	if (hint_make(&model->hint, model->delta, err) != 0)
		return -1;
	return buf_check(&model->hint, err);
}

int
report_model_make(struct report_model *model, const struct report_run *run,
	const struct delta *delta, struct err *err)
{
	*model = (struct report_model){.run = run, .delta = delta};
	buf_init(&model->hint, HINT_MAX);
	if (list_objects(model, err) != 0)
		return -1;
	if (delta_get_plan(delta)) {
		if (classify_all(model, err) != 0)
			return -1;
		if (find_alternatives(model, err) != 0 ||
			find_hint(model, err) != 0)
			return -1;
	}
	model->bytes_before = total_bytes(delta->before);
	model->bytes_after = total_bytes(delta->after);
	return 0;
}

void
report_model_release(struct report_model *model)
{
	free(model->objects);
	buf_release(&model->hint);
	*model = (struct report_model){0};
}
