/* Writes the report as Markdown. */
#include "cmd/report/report_markdown.h"

#include <stdlib.h>
#include <string.h>

#include "base/format.h"
#include "base/plural.h"
#include "cmd/report/markdown_text.h"
#include "diff/price.h"

enum {
	ITEMS_SHOWN_MAX = 40,
	OBJECTS_SHOWN_MAX = 60,
};

static void
add_counted(struct buf *out, uint64_t count, const char *one, const char *many)
{
	format_count(out, count);
	buf_addch(out, ' ');
	buf_addstr(out, plural(count, one, many));
}

/*
 * Say that nothing is known about the edge, why, and whether that is expected.
 */
static void
add_unknown(struct buf *out, const struct delta *delta)
{
	bool first = delta_is_first(delta);

	buf_addstr(
		out, first ? "There is no baseline: this is a first deployment"
			   : "Nothing is known about the edge: ");
	if (!first)
		buf_addstr(out, delta_say_unknown(delta));
	if (delta->plan.count == 0)
		buf_addstr(out,
			", and --first-run none assumes that caches hold "
			"nothing else than this build.\n\n");
	else
		buf_addf(out, ", so everything is invalidated. %s\n\n",
			delta_say_expected(delta));
}

static void
add_title(struct buf *out, const struct report_model *model)
{
	const struct delta *delta = model->delta;
	const struct plan *plan = delta_get_plan(delta);

	buf_addstr(out, "### edgediff");
	if (model->run->distribution)
		buf_addf(out, " `%s`", model->run->distribution);
	buf_addstr(out, ": ");
	if (plan && plan->count > 0)
		add_counted(out, plan->count, "invalidation path",
			"invalidation paths");
	else if (delta->changes.count == 0 && (delta->before || !plan))
		buf_addstr(out, "nothing changed");
	else if (!plan)
		add_counted(out, delta->changes.count, "object differs",
			"objects differ");
	else
		buf_addstr(out, "nothing to invalidate");
	buf_addstr(out, "\n\n");
	if (model->run->stage == REPORT_DRY_RUN)
		buf_addstr(out, "**Dry run: nothing was sent.**\n\n");
	if (plan && delta->everything)
		add_unknown(out, delta);
}

static void
add_totals(struct buf *out, const struct report_model *model)
{
	const struct delta *delta = model->delta;
	const struct plan *plan = delta_get_plan(delta);

	add_counted(out, delta->after->count, "object", "objects");
	buf_addstr(out, " of ");
	format_bytes(out, model->bytes_after);
	if (delta->before) {
		buf_addstr(out, " (before: ");
		format_count(out, delta->before->count);
		buf_addstr(out, " of ");
		format_bytes(out, model->bytes_before);
		buf_addch(out, ')');
	}
	buf_addstr(out, ": ");
	format_count(out, delta->changes.added);
	buf_addstr(out, " added, ");
	format_count(out, delta->changes.changed);
	buf_addstr(out, " changed, ");
	format_count(out, delta->changes.removed);
	buf_addstr(out, " removed.");
	if (plan && (delta->before || plan->count > 0)) {
		buf_addch(out, ' ');
		format_count(out, plan->stale);
		buf_addstr(out, " of ");
		add_counted(out, plan->urls, "URL", "URLs");
		buf_addf(out, " %s stale (caches may hold an older object); ",
			plural(plan->stale, "is", "are"));
		add_counted(out, plan->collateral, "unchanged URL is",
			"unchanged URLs are");
		buf_addstr(out, " invalidated too.");
	}
	buf_addch(out, '\n');
}

/* The cells of a row after its title. */
static void
add_cost(struct buf *out, const struct report_cost *cost)
{
	buf_addstr(out, " | ");
	format_count(out, cost->paths);
	buf_addstr(out, " | ");
	format_count(out, cost->collateral);
	buf_addstr(out, " | ");
	add_counted(out, cost->cached, "URL", "URLs");
	if (cost->cached > 0) {
		buf_addstr(out, ", ");
		format_bytes(out, cost->cached_bytes);
	}
	buf_addstr(out, " | ");
	price_format_range(out, cost->paths);
	buf_addstr(out, " |\n");
}

static void
add_everything(struct buf *out, const struct report_model *model)
{
	const struct url_set *urls = &model->delta->urls;
	struct buf wildcard;

	buf_init(&wildcard, urls->mount_len + 1);
	buf_add(&wildcard, urls->mount, urls->mount_len);
	buf_addch(&wildcard, '*');
	buf_addstr(out, "| everything, ");
	markdown_add_code(out, buf_shown(&wildcard), wildcard.len);
	if (wildcard.failed)
		out->failed = ERR_MEMORY;
	buf_release(&wildcard);
	if (model->everything_allowed)
		add_cost(out, &model->everything);
	else
		buf_addstr(out, " | `--never-widen` forbids it | | | |\n");
}

static void
add_costs(struct buf *out, const struct report_model *model)
{
	buf_addstr(out,
		"\n| | paths | unchanged URLs invalidated | stays cached | "
		"price |\n| --- | ---: | ---: | ---: | ---: |\n"
		"| **this plan**");
	add_cost(out, &model->own);
	add_everything(out, model);
	buf_addstr(out, "| exact paths");
	if (model->inexact == 0) {
		add_cost(out, &model->exact);
	} else {
		buf_addstr(out, " | cannot cover ");
		add_counted(out, model->inexact, "URL", "URLs");
		buf_addstr(out, " | | | |\n");
	}
	buf_addstr(out, "\nThe " PRICE_FREE_PATHS "; in brackets, the price "
			"once they are used up.\n");
}

/* Add a last row, with as many cells, for the rows that are left out. */
static void
add_rest(struct buf *out, size_t shown, size_t count, const char *cells)
{
	if (shown >= count)
		return;
	buf_addstr(out, "| and ");
	format_count(out, count - shown);
	buf_addf(out, " more%s |\n", cells);
}

/*
 * Items that invalidate the most URLs come first, then the order of the plan.
 */
static int
compare_reach(const void *a, const void *b)
{
	const struct plan_item *x = *(const struct plan_item *const *)a;
	const struct plan_item *y = *(const struct plan_item *const *)b;
	size_t reach = x->stale + x->collateral;
	size_t other = y->stale + y->collateral;

	if (reach != other)
		return reach < other ? 1 : -1;
	return (x > y) - (x < y);
}

static void
add_item(struct buf *out, const struct plan_item *item)
{
	buf_addstr(out, "| ");
	markdown_add_code(out, item->text, strlen(item->text));
	buf_addstr(out, " | ");
	format_count(out, item->stale);
	buf_addstr(out, " | ");
	format_count(out, item->collateral);
	buf_addstr(out, " |\n");
}

/* Which wildcards can meet which patterns of other origins; few can. */
static void
add_foreign(
	struct buf *out, const struct plan *plan, const struct url_set *urls)
{
	const struct plan_item *item;
	size_t i;

	for (item = plan->items; item < plan->items + plan->count; item++)
		for (i = 0; i < item->foreign; i++) {
			const char *pattern = url_set_get_foreign(
				urls, item->text, strlen(item->text) - 1, i);
			buf_addstr(out, "\n- ");
			markdown_add_code(out, item->text, strlen(item->text));
			buf_addstr(out, " may also invalidate what caches have "
					"of another origin, by ");
			markdown_add_code(out, pattern, strlen(pattern));
		}
	buf_addstr(out, plan->foreign > 0 ? "\n" : "");
}

static int
add_items(struct buf *out, const struct plan *plan, struct err *err)
{
	/* an array of pointers, on purpose: NOLINTNEXTLINE */
	const struct plan_item **order = calloc(plan->count, sizeof(*order));
	size_t i;

	if (!order)
		return err_memory(err);
	for (i = 0; i < plan->count; i++)
		order[i] = &plan->items[i];
	/* an array of pointers, on purpose: NOLINTNEXTLINE */
	qsort(order, plan->count, sizeof(*order), compare_reach);
	buf_addstr(out, "\n| path | stale URLs | unchanged URLs |\n"
			"| --- | ---: | ---: |\n");
	for (i = 0; i < plan->count && i < ITEMS_SHOWN_MAX; i++)
		add_item(out, order[i]);
	add_rest(out, i, plan->count, " | |");
	free(order);
	return 0;
}

static void
add_size(struct buf *out, const struct object *object)
{
	if (!object)
		return;
	if (object_is_unknown(object))
		buf_addstr(out, "unknown");
	else
		format_bytes(out, object->size);
}

static void
add_objects(struct buf *out, const struct report_model *model)
{
	const struct changes *changes = &model->delta->changes;
	const struct change *change;
	const struct object *object;
	size_t i;

	buf_addstr(out, "\n<details><summary>Changed objects</summary>\n\n"
			"| object | | before | after |\n"
			"| --- | --- | ---: | ---: |\n");
	for (i = 0; i < changes->count && i < OBJECTS_SHOWN_MAX; i++) {
		change = &changes->list[i];
		object = change_object(change);
		buf_addstr(out, "| ");
		markdown_add_code(out, object->key, object->key_len);
		buf_addf(out, " | %s | ", change_word(change->kind));
		add_size(out, change->before);
		if (change->from_sets)
			buf_addstr(out, ", uploaded since");
		buf_addstr(out, " | ");
		add_size(out, change->after);
		buf_addstr(out, " |\n");
	}
	add_rest(out, i, changes->count, " | | |");
	buf_addstr(out, "\n</details>\n");
}

void
report_markdown_check(struct buf *out, const struct report_check *check)
{
	static const char *const verdicts[] = {"passed", "failed", "unknown"};

	buf_addf(out, "\n**%s**: %s\n", check->title, verdicts[check->verdict]);
	markdown_add_fenced(out, check->text, strlen(check->text));
}

static void
add_checks(struct buf *out, const struct report_run *run)
{
	size_t i;

	for (i = 0; i < run->check_count; i++)
		report_markdown_check(out, &run->checks[i]);
}

/* Add what identifies the builds and the batch. */
static void
add_identity(struct buf *out, const struct report_model *model)
{
	const struct delta *delta = model->delta;

	buf_addf(out, "\n<sub>manifest %.16s", delta->after->hash);
	if (delta->before)
		buf_addf(out, ", before %.16s", delta->before->hash);
	if (model->run->reference)
		buf_addf(out, ", CallerReference %s", model->run->reference);
	buf_addstr(out, "</sub>\n");
}

int
report_markdown(
	struct buf *out, const struct report_model *model, struct err *err)
{
	const struct delta *delta = model->delta;
	const struct plan *plan = delta_get_plan(delta);

	add_title(out, model);
	add_totals(out, model);
	if (plan && plan->count > 0) {
		add_costs(out, model);
		if (add_items(out, plan, err) != 0)
			return -1;
		add_foreign(out, plan, &delta->urls);
		markdown_add_fenced(out, model->hint.data, model->hint.len);
	}
	if (delta->changes.count > 0 && (delta->before || !plan))
		add_objects(out, model);
	add_checks(out, model->run);
	add_identity(out, model);
	return buf_check(out, err);
}
