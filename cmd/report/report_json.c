/* Writes the report for programs. */
#include "cmd/report/report_json.h"

#include <string.h>

#include "base/json_writer.h"
#include "cmd/console/json_format.h"
#include "diff/price.h"

enum { JSON_OPTIONS = JSON_INDENTED | JSON_SAFE_IN_LOG };

static void
write_side(struct json_writer *json, const struct manifest *manifest,
	uint64_t bytes)
{
	if (!manifest) {
		json_write_null(json);
		return;
	}
	json_begin_object(json);
	json_write_key(json, "manifest_hash");
	json_write_string(json, manifest->hash);
	json_write_key(json, "objects");
	json_write_uint(json, manifest->count);
	json_write_key(json, "bytes");
	json_write_double(json, (double)bytes);
	json_end_object(json);
}

static void
write_changes(struct json_writer *json, const struct changes *changes)
{
	json_begin_object(json);
	json_write_key(json, "added");
	json_write_uint(json, changes->added);
	json_write_key(json, "changed");
	json_write_uint(json, changes->changed);
	json_write_key(json, "removed");
	json_write_uint(json, changes->removed);
	json_end_object(json);
}

/*
 * The members that a plan and its alternatives have in common. The price is
 * that without free paths, and that with all of the month's.
 */
static void
write_cost(struct json_writer *json, const struct report_cost *cost)
{
	json_write_key(json, "paths");
	json_write_uint(json, cost->paths);
	json_write_key(json, "collateral");
	json_write_uint(json, cost->collateral);
	json_write_key(json, "stays_cached");
	json_begin_object(json);
	json_write_key(json, "urls");
	json_write_uint(json, cost->cached);
	json_write_key(json, "bytes");
	json_write_double(json, (double)cost->cached_bytes);
	json_end_object(json);
	json_write_key(json, "price_usd");
	json_write_double(json, price_usd(cost->paths));
	json_write_key(json, "least_price_usd");
	json_write_double(json, price_usd(price_paid_at_least(cost->paths)));
}

/* The patterns of other origins that the wildcard can meet. */
static void
write_foreign(struct json_writer *json, const struct plan_item *item,
	const struct url_set *urls)
{
	const char *pattern;
	size_t i;

	json_write_key(json, "foreign");
	json_begin_array(json);
	for (i = 0; i < item->foreign; i++) {
		pattern = url_set_get_foreign(
			urls, item->text, strlen(item->text) - 1, i);
		json_write_name(json, pattern, strlen(pattern));
	}
	json_end_array(json);
}

static void
write_items(struct json_writer *json, const struct plan *plan,
	const struct url_set *urls)
{
	const struct plan_item *item;

	json_begin_array(json);
	for (item = plan->items; item < plan->items + plan->count; item++) {
		json_begin_object(json);
		json_write_key(json, "path");
		json_write_string(json, item->text);
		json_write_key(json, "wildcard");
		json_write_bool(json, item->wildcard);
		json_write_key(json, "stale");
		json_write_uint(json, item->stale);
		json_write_key(json, "collateral");
		json_write_uint(json, item->collateral);
		write_foreign(json, item, urls);
		json_end_object(json);
	}
	json_end_array(json);
}

static void
write_alternative(
	struct json_writer *json, bool possible, const struct report_cost *cost)
{
	if (!possible) {
		json_write_null(json);
		return;
	}
	json_begin_object(json);
	write_cost(json, cost);
	json_end_object(json);
}

static void
write_plan(struct json_writer *json, const struct report_model *model)
{
	const struct plan *plan = delta_get_plan(model->delta);

	if (!plan) {
		json_write_null(json);
		return;
	}
	json_begin_object(json);
	write_cost(json, &model->own);
	json_write_key(json, "wildcards");
	json_write_uint(json, plan->wildcards);
	json_write_key(json, "urls");
	json_write_uint(json, plan->urls);
	json_write_key(json, "stale");
	json_write_uint(json, plan->stale);
	json_write_key(json, "items");
	write_items(json, plan, &model->delta->urls);
	json_write_key(json, "instead");
	json_begin_object(json);
	json_write_key(json, "everything");
	write_alternative(json, model->everything_allowed, &model->everything);
	json_write_key(json, "exact_paths");
	write_alternative(json, model->inexact == 0, &model->exact);
	json_end_object(json);
	json_write_key(json, "hint");
	if (model->hint.len > 0)
		json_write_name(json, buf_str(&model->hint), model->hint.len);
	else
		json_write_null(json);
	json_end_object(json);
}

/* Null if there is no object, or if its size is unknown. */
static void
write_size(struct json_writer *json, const struct object *object)
{
	if (!object || object_is_unknown(object))
		json_write_null(json);
	else
		json_write_double(json, (double)object->size);
}

static void
write_object(struct json_writer *json, const struct report_object *entry,
	const struct plan *plan)
{
	const struct object *object = entry->object;
	const struct change *change = entry->change;
	unsigned i;

	json_begin_object(json);
	json_write_key(json, "key");
	json_write_name(json, object->key, object->key_len);
	json_write_key(json, "change");
	json_write_string(json, change_word(change->kind));
	json_write_key(json, "size_before");
	write_size(json, change->before);
	json_write_key(json, "size_after");
	write_size(json, change->after);
	if (change->from_sets) { /* no accepted batch brought it */
		json_write_key(json, "before_was_accepted");
		json_write_bool(json, false);
	}
	if (plan) {
		json_write_key(json, "stale");
		json_write_bool(json, entry->state == OBJECT_STALE);
		json_write_key(json, "invalidated_by");
		json_begin_array(json);
		for (i = 0; i < entry->item_count; i++)
			json_write_string(
				json, plan->items[entry->items[i]].text);
		json_end_array(json);
	}
	json_end_object(json);
}

static void
write_changed_objects(
	struct json_writer *json, const struct report_model *model)
{
	const struct plan *plan = delta_get_plan(model->delta);
	size_t i;

	json_begin_array(json);
	for (i = 0; i < model->count; i++)
		if (model->objects[i].change)
			write_object(json, &model->objects[i], plan);
	json_end_array(json);
}

static void
write_check(struct json_writer *json, const struct report_check *check)
{
	static const char *const verdicts[] = {"passed", "failed", "unknown"};

	json_begin_object(json);
	json_write_key(json, "title");
	json_write_string(json, check->title);
	json_write_key(json, "verdict");
	json_write_string(json, verdicts[check->verdict]);
	json_write_key(json, "text");
	json_write_name(json, check->text, strlen(check->text));
	json_end_object(json);
}

static void
write_checks(struct json_writer *json, const struct report_run *run)
{
	size_t i;

	if (run->check_count == 0)
		return;
	json_write_key(json, "checks");
	json_begin_array(json);
	for (i = 0; i < run->check_count; i++)
		write_check(json, &run->checks[i]);
	json_end_array(json);
}

/* As deep as in the report, and without what is around it. */
void
report_json_check(struct buf *out, const struct report_check *check)
{
	struct err err = ERR_INIT;
	struct json_writer json;
	struct buf around;
	const char *begin, *end;

	buf_init(&around, REPORT_CHECK_MAX);
	json_writer_init(&json, buf_emit, &around, JSON_OPTIONS);
	json_begin_array(&json);
	json_begin_array(&json);
	write_check(&json, check);
	json_end_array(&json);
	json_end_array(&json);
	if (json_writer_finish(&json, &err) == 0) {
		begin = strchr(buf_str(&around), '{');
		end = strrchr(begin, '}') + 1;
		buf_add(out, begin, (size_t)(end - begin));
	} else {
		out->failed = err.code;
	}
	buf_release(&around);
}

static void
write_run(struct json_writer *json, const struct report_run *run)
{
	if (run->stage == REPORT_COMPARISON)
		return;
	json_write_key(json, "distribution_id");
	json_write_string(json, run->distribution);
	json_write_key(json, "dry_run");
	json_write_bool(json, run->stage == REPORT_DRY_RUN);
	json_write_key(json, "caller_reference");
	if (run->reference)
		json_write_string(json, run->reference);
	else
		json_write_null(json);
}

int
report_json(struct buf *out, const struct report_model *model, struct err *err)
{
	const struct delta *delta = model->delta;
	struct json_writer json;

	json_writer_init(&json, buf_emit, out, JSON_OPTIONS);
	json_begin_object(&json);
	json_write_key(&json, "edgediff_report");
	json_write_bool(&json, true);
	json_write_key(&json, "format");
	json_write_uint(&json, JSON_FORMAT_REPORT);
	write_run(&json, model->run);
	json_write_key(&json, "before");
	write_side(&json, delta->before, model->bytes_before);
	json_write_key(&json, "after");
	write_side(&json, delta->after, model->bytes_after);
	json_write_key(&json, "nothing_known");
	if (delta->everything)
		json_write_string(&json, delta_say_unknown(delta));
	else
		json_write_null(&json);
	json_write_key(&json, "changes");
	write_changes(&json, &delta->changes);
	json_write_key(&json, "plan");
	write_plan(&json, model);
	json_write_key(&json, "objects");
	write_changed_objects(&json, model);
	write_checks(&json, model->run);
	json_end_object(&json);
	return json_writer_finish(&json, err);
}
