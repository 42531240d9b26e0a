/* Writes the facts of the page. */
#include "cmd/report/page_facts.h"

#include <string.h>

#include "base/escape.h"

void
page_facts_write_shown(struct json_writer *json, struct buf *scratch,
	const char *name, size_t len)
{
	buf_clear(scratch);
	escape_name_visible(scratch, name, len);
	json_write_buf(json, scratch);
}

enum {
	/* of a text of 64 kB, all of it escaped; the longest is a hint */
	SHOWN_TEXT_MAX = 4 * 64 * 1024,
};

/* What the functions below write to, and from. */
struct facts {
	struct json_writer *json;
	const struct report_model *model;
	struct buf scratch;
};

static void
write_shown(struct facts *f, const char *text)
{
	page_facts_write_shown(f->json, &f->scratch, text, strlen(text));
}

static void
write_key(struct facts *f, const char *key)
{
	json_break_line(f->json);
	json_write_key(f->json, key);
}

static void
write_side(struct facts *f, const char *key, const struct manifest *manifest,
	uint64_t bytes)
{
	write_key(f, key);
	if (!manifest) {
		json_write_null(f->json);
		return;
	}
	json_begin_array(f->json);
	json_write_string(f->json, manifest->hash);
	json_write_uint(f->json, manifest->count);
	json_write_uint(f->json, bytes);
	json_end_array(f->json);
}

/*
 * Write the cost and the path, whose percent-encoding leaves nothing to escape.
 */
static void
write_everything(struct facts *f)
{
	const struct report_model *model = f->model;
	const struct url_set *urls = &model->delta->urls;

	if (!model->everything_allowed) {
		json_write_null(f->json);
		return;
	}
	json_begin_array(f->json);
	json_write_uint(f->json, model->everything.paths);
	json_write_uint(f->json, model->everything.collateral);
	json_write_uint(f->json, model->everything.cached);
	json_write_uint(f->json, model->everything.cached_bytes);
	buf_clear(&f->scratch);
	buf_addf(&f->scratch, "%s*", urls->mount);
	json_write_buf(f->json, &f->scratch);
	json_end_array(f->json);
}

/* Each with its patterns of other origins, if it can meet some. */
static void
write_items(struct facts *f, const struct plan *plan)
{
	const struct url_set *urls = &f->model->delta->urls;
	const struct plan_item *item;
	size_t i;

	json_begin_array(f->json);
	for (item = plan->items; item < plan->items + plan->count; item++) {
		json_begin_array(f->json);
		write_shown(f, item->text);
		json_write_uint(f->json, item->stale);
		json_write_uint(f->json, item->collateral);
		for (i = 0; i < item->foreign; i++)
			write_shown(f, url_set_get_foreign(urls, item->text,
					       strlen(item->text) - 1, i));
		json_end_array(f->json);
	}
	json_end_array(f->json);
}

static void
write_plan(struct facts *f)
{
	const struct report_model *model = f->model;
	const struct plan *plan = delta_get_plan(model->delta);
	struct json_writer *json = f->json;

	write_key(f, "plan");
	if (!plan) {
		json_write_null(json);
		return;
	}
	json_begin_object(json);
	json_write_key(json, "urls");
	json_write_uint(json, plan->urls);
	json_write_key(json, "stale");
	json_write_uint(json, plan->stale);
	json_write_key(json, "neutral");
	json_write_uint(json, plan->neutral);
	json_write_key(json, "collateral");
	json_write_uint(json, plan->collateral);
	json_write_key(json, "wildcards");
	json_write_uint(json, plan->wildcards);
	json_write_key(json, "inexact");
	json_write_uint(json, model->inexact);
	json_write_key(json, "cachedBytes");
	json_begin_array(json);
	json_write_uint(json, model->own.cached_bytes);
	json_write_uint(json, model->exact.cached_bytes);
	json_end_array(json);
	json_write_key(json, "everything");
	write_everything(f);
	write_key(f, "items");
	write_items(f, plan);
	if (model->hint.len > 0) {
		json_write_key(json, "hint");
		write_shown(f, buf_str(&model->hint));
	}
	json_end_object(json);
}

/* Write a member, but nothing if there is no text. */
static void
write_text(struct facts *f, const char *key, const char *text)
{
	if (!text)
		return;
	json_write_key(f->json, key);
	write_shown(f, text);
}

void
page_facts_write_check(
	struct json_writer *json, const struct report_check *check)
{
	const char *text = check->text;
	struct buf scratch;
	size_t len;

	buf_init(&scratch, SHOWN_TEXT_MAX);
	json_begin_array(json);
	page_facts_write_shown(
		json, &scratch, check->title, strlen(check->title));
	json_write_uint(json, check->verdict);
	for (; *text; text += len + (text[len] == '\n')) {
		len = strcspn(text, "\n");
		page_facts_write_shown(json, &scratch, text, len);
	}
	json_end_array(json);
	buf_release(&scratch);
}

static void
write_checks(struct facts *f, const struct report_run *run)
{
	size_t i;

	if (run->check_count == 0)
		return;
	write_key(f, "checks");
	json_begin_array(f->json);
	for (i = 0; i < run->check_count; i++)
		page_facts_write_check(f->json, &run->checks[i]);
	json_end_array(f->json);
}

static void
write_run(struct facts *f)
{
	const struct report_run *run = f->model->run;

	json_write_key(f->json, "stage");
	json_write_uint(f->json, run->stage);
	write_text(f, "distribution", run->distribution);
	write_text(f, "baseline", run->baseline);
	write_text(f, "reference", run->reference);
	write_checks(f, run);
}

/*
 * Why nothing is known about the edge, whether that is expected, and whether it
 * is a first deployment.
 */
static void
write_unknown(struct facts *f)
{
	const struct delta *delta = f->model->delta;

	if (!delta->everything)
		return;
	write_key(f, "unknown");
	json_begin_array(f->json);
	write_shown(f, delta_say_unknown(delta));
	write_shown(f, delta_say_expected(delta));
	json_write_bool(f->json, delta_is_first(delta));
	json_end_array(f->json);
}

void
page_facts(struct json_writer *json, const struct report_model *model)
{
	const struct changes *changes = &model->delta->changes;
	struct facts f = {.json = json, .model = model};

	buf_init(&f.scratch, SHOWN_TEXT_MAX);
	write_run(&f);
	write_key(&f, "changes");
	json_begin_array(json);
	json_write_uint(json, changes->added);
	json_write_uint(json, changes->changed);
	json_write_uint(json, changes->removed);
	json_end_array(json);
	write_side(&f, "before", model->delta->before, model->bytes_before);
	write_side(&f, "after", model->delta->after, model->bytes_after);
	write_unknown(&f);
	write_plan(&f);
	buf_release(&f.scratch);
}
