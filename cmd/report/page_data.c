/* Writes the data of the page. */
#include "cmd/report/page_data.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"

enum {
	/* Files that are listed one by one: where there are more, first those
	 * that did not change go, then the last of those that did. */
	LISTED_MAX = 200 * 1000,
	KEY_TEXT_MAX = 4 * KEY_MAX,
};

/* A folder that is open, and what is not listed of its files. */
struct page_folder {
	size_t len; /* of the keys' part that names it, / included */
	uint64_t count[OBJECT_STATES], bytes[OBJECT_STATES];
};

struct page_writer {
	struct buf *out;
	const struct report_model *model;
	bool changed_only; /* of the files, those are listed */
	struct buf scratch;
	struct page_folder *folders;
	size_t depth, capacity; /* of folders */
	bool first; /* nothing stands before in this array */
};

/* A JSON string that cannot end the script element it stands in. */
static void
add_string(struct page_writer *w, const char *name, size_t len)
{
	size_t i;

	buf_clear(&w->scratch);
	escape_name_visible(&w->scratch, name, len);
	if (w->scratch.failed)
		w->out->failed = w->scratch.failed;
	buf_addch(w->out, '"');
	for (i = 0; i < w->scratch.len; i++) {
		char c = w->scratch.data[i];

		if (c == '"' || c == '\\')
			buf_addch(w->out, '\\');
		if (c == '<')
			buf_addstr(w->out, "\\u003c");
		else
			buf_addch(w->out, c);
	}
	buf_addch(w->out, '"');
}

static void
add_text(struct page_writer *w, const char *text)
{
	add_string(w, text, strlen(text));
}

/* What separates this element from the one before. */
static void
next(struct page_writer *w)
{
	if (!w->first)
		buf_addch(w->out, ',');
	w->first = false;
}

static void
begin_column(struct page_writer *w, const char *name, char bracket)
{
	buf_addf(w->out, ",\n\"%s\":%c", name, bracket);
	w->first = true;
}

/* The place in the list's order decides, so that it is the same each time. */
static bool
is_listed(const struct page_writer *w, size_t listed,
	const struct report_object *fact)
{
	return listed < LISTED_MAX && (fact->change || !w->changed_only);
}

static uint64_t
size_of(const struct report_object *fact)
{
	return fact->object->size;
}

static int
open_folder(struct page_writer *w, size_t len, struct err *err)
{
	size_t more = w->capacity ? 2 * w->capacity : 64;
	struct page_folder *folders;

	if (w->depth == w->capacity) {
		folders = realloc(w->folders, more * sizeof(*folders));
		if (!folders)
			return err_memory(err);
		w->folders = folders;
		w->capacity = more;
	}
	w->folders[w->depth++] = (struct page_folder){.len = len};
	return 0;
}

static void
close_folder(struct page_writer *w)
{
	const struct page_folder *folder = &w->folders[--w->depth];
	size_t state;

	for (state = 0; state < OBJECT_STATES; state++) {
		if (folder->count[state] == 0)
			continue;
		next(w);
		buf_addf(w->out, "[%zu,%" PRIu64 ",%" PRIu64 "]", state,
			folder->count[state], folder->bytes[state]);
	}
	if (w->depth > 0) {
		next(w);
		buf_addstr(w->out, "\"\"");
	}
}

/* From the folders that are open to those of this key. */
static int
enter(struct page_writer *w, const struct object *before,
	const struct object *object, struct err *err)
{
	const char *slash, *from;
	size_t len;

	while (before && w->depth > 1) {
		len = w->folders[w->depth - 1].len;
		if (object->key_len > len &&
			memcmp(before->key, object->key, len) == 0)
			break;
		close_folder(w);
	}
	from = object->key + w->folders[w->depth - 1].len;
	for (; (slash = strchr(from, '/')); from = slash + 1) {
		next(w);
		add_string(w, from, (size_t)(slash + 1 - from));
		if (open_folder(w, (size_t)(slash + 1 - object->key), err) != 0)
			return -1;
	}
	return 0;
}

static int
add_names(struct page_writer *w, struct err *err)
{
	const struct report_model *model = w->model;
	const struct object *object, *before = NULL;
	const struct report_object *fact;
	struct page_folder *folder;
	size_t listed = 0, i;

	begin_column(w, "names", '[');
	if (open_folder(w, 0, err) != 0)
		return -1;
	for (i = 0; i < model->count; i++, before = object) {
		fact = &model->list[i];
		object = fact->object;
		if (enter(w, before, object, err) != 0)
			return -1;
		folder = &w->folders[w->depth - 1];
		if (!is_listed(w, listed, fact)) {
			folder->count[fact->state]++;
			folder->bytes[fact->state] += size_of(fact);
			continue;
		}
		listed++;
		next(w);
		add_string(w, object->key + folder->len,
			object->key_len - folder->len);
	}
	while (w->depth > 0)
		close_folder(w);
	buf_addch(w->out, ']');
	return 0;
}

/* One element of a column; the files that have none there are passed over. */
typedef void cell_fn(struct page_writer *w, const struct report_object *fact);

static void
add_column(struct page_writer *w, const char *name, const char brackets[2],
	cell_fn *cell)
{
	size_t listed = 0, i;

	begin_column(w, name, brackets[0]);
	for (i = 0; i < w->model->count; i++) {
		if (!is_listed(w, listed, &w->model->list[i]))
			continue;
		listed++;
		cell(w, &w->model->list[i]);
	}
	buf_addch(w->out, brackets[1]);
}

static void
cell_kind(struct page_writer *w, const struct report_object *fact)
{
	buf_addch(w->out, fact->change ? "AMD"[fact->change->kind] : '=');
}

static void
cell_state(struct page_writer *w, const struct report_object *fact)
{
	buf_addch(w->out, (char)('0' + fact->state));
}

static void
cell_size(struct page_writer *w, const struct report_object *fact)
{
	next(w);
	buf_addf(w->out, "%" PRIu64, size_of(fact));
}

static void
cell_was(struct page_writer *w, const struct report_object *fact)
{
	const struct change *change = fact->change;

	if (!change || change->kind != CHANGE_CHANGED)
		return;
	next(w);
	if (object_is_unknown(change->before))
		buf_addstr(w->out, "-1");
	else
		buf_addf(w->out, "%" PRIu64, change->before->size);
}

static void
cell_by(struct page_writer *w, const struct report_object *fact)
{
	unsigned i;

	if (fact->item_count == 0)
		return;
	next(w);
	if (fact->item_count == 1) {
		buf_addf(w->out, "%zu", fact->items[0]);
		return;
	}
	for (i = 0; i < fact->item_count; i++)
		buf_addf(w->out, "%c%zu", i == 0 ? '[' : ',', fact->items[i]);
	buf_addch(w->out, ']');
}

static void
add_side(struct page_writer *w, const char *name,
	const struct manifest *manifest, uint64_t bytes)
{
	buf_addf(w->out, ",\n\"%s\":", name);
	if (manifest)
		buf_addf(w->out, "[\"%s\",%zu,%" PRIu64 "]", manifest->hash,
			manifest->count, bytes);
	else
		buf_addstr(w->out, "null");
}

/* What the one wildcard costs, and how it is written: encoded, so plain. */
static void
add_everything(struct page_writer *w)
{
	const struct report_model *model = w->model;

	buf_addf(w->out, "[%zu,%zu,\"%s*\"]", model->everything.items,
		model->everything.collateral, model->planned->urls->mount);
}

static void
add_plan(struct page_writer *w)
{
	const struct report_model *model = w->model;
	const struct plan *plan = model->planned->plan;
	size_t i;

	if (!plan) {
		buf_addstr(w->out, ",\n\"plan\":null");
		return;
	}
	buf_addf(w->out,
		",\n\"plan\":{\"urls\":%zu,\"stale\":%zu,\"collateral\":%zu,"
		"\"wildcards\":%zu,\"inexact\":%zu,\"everything\":",
		plan->urls, plan->stale, plan->collateral, plan->wildcards,
		model->inexact);
	if (model->everything_allowed)
		add_everything(w);
	else
		buf_addstr(w->out, "null");
	begin_column(w, "items", '[');
	for (i = 0; i < plan->count; i++) {
		next(w);
		buf_addch(w->out, '[');
		add_text(w, plan->items[i].text);
		buf_addf(w->out, ",%zu,%zu]", plan->items[i].stale,
			plan->items[i].collateral);
	}
	buf_addch(w->out, ']');
	if (model->hint.len > 0) {
		buf_addstr(w->out, ",\"hint\":");
		add_text(w, buf_str(&model->hint));
	}
	buf_addch(w->out, '}');
}

static int
add_data(struct page_writer *w, struct err *err)
{
	const struct planned *planned = w->model->planned;
	const struct changes *changes = planned->changes;

	buf_addf(w->out, "{\"changes\":[%zu,%zu,%zu],\n\"distribution\":",
		changes->added, changes->changed, changes->removed);
	if (w->model->distribution)
		add_text(w, w->model->distribution);
	else
		buf_addstr(w->out, "null");
	add_side(w, "before", planned->before, w->model->bytes_before);
	add_side(w, "after", planned->after, w->model->bytes_after);
	add_plan(w);
	if (add_names(w, err) != 0)
		return -1;
	add_column(w, "kinds", "\"\"", cell_kind);
	add_column(w, "states", "\"\"", cell_state);
	add_column(w, "sizes", "[]", cell_size);
	add_column(w, "was", "[]", cell_was);
	add_column(w, "by", "[]", cell_by);
	buf_addch(w->out, '}');
	return 0;
}

int
page_data(struct buf *out, const struct report_model *model, struct err *err)
{
	struct page_writer w = {.out = out,
		.model = model,
		.changed_only = model->count > LISTED_MAX};
	int rc;

	buf_init(&w.scratch, KEY_TEXT_MAX);
	rc = add_data(&w, err);
	buf_release(&w.scratch);
	free(w.folders);
	return rc;
}
