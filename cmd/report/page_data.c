/* Writes the data of the page. */
#include "cmd/report/page_data.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/report/page_facts.h"

enum {
	/*
	 * Files listed one by one, so that a browser can open the page. If
	 * there are more, the unchanged ones are left out, then the last of
	 * the changed ones.
	 */
	LISTED_MAX = 200 * 1000,
	SHOWN_KEY_MAX = 4 * KEY_MAX,
};

/* An open folder, and its files that are not listed. */
struct page_folder {
	size_t len; /* of its part of the key, with the last / */
	uint64_t count[OBJECT_STATES], bytes[OBJECT_STATES];
};

struct page_writer {
	struct json_writer json;
	const struct report_model *model;
	bool changed_only; /* list no unchanged file */
	struct buf scratch;
	struct page_folder *folders;
	size_t depth, capacity; /* of folders */
	struct err err; /* the first failure besides the JSON's */
};

static void
write_shown(struct page_writer *w, const char *name, size_t len)
{
	page_facts_write_shown(&w->json, &w->scratch, name, len);
}

static void
write_key(struct page_writer *w, const char *key)
{
	json_break_line(&w->json);
	json_write_key(&w->json, key);
}

/* It depends on the order of the keys alone, so every column agrees. */
static bool
is_listed(const struct page_writer *w, size_t listed,
	const struct report_object *entry)
{
	return listed < LISTED_MAX && (entry->change || !w->changed_only);
}

static int
open_folder(struct page_writer *w, size_t len, struct err *err)
{
	size_t capacity = w->capacity ? 2 * w->capacity : 64;
	struct page_folder *folders;

	if (w->depth == w->capacity) {
		folders = realloc(w->folders, capacity * sizeof(*folders));
		if (!folders)
			return err_memory(err);
		w->folders = folders;
		w->capacity = capacity;
	}
	w->folders[w->depth++] = (struct page_folder){.len = len};
	return 0;
}

static void
close_folder(struct page_writer *w)
{
	const struct page_folder *folder;
	size_t state;

	assert(w->depth > 0);
	folder = &w->folders[--w->depth];
	for (state = 0; state < OBJECT_STATES; state++) {
		if (folder->count[state] == 0)
			continue;
		json_begin_array(&w->json);
		json_write_uint(&w->json, state);
		json_write_uint(&w->json, folder->count[state]);
		json_write_uint(&w->json, folder->bytes[state]);
		json_end_array(&w->json);
	}
	if (w->depth > 0)
		json_write_string(&w->json, "");
}

/* Close the folders that this key has left, and open those it is in. */
static int
change_folder(struct page_writer *w, const struct object *previous,
	const struct object *object, struct err *err)
{
	const char *slash, *from;
	size_t len;

	while (previous && w->depth > 1) {
		len = w->folders[w->depth - 1].len;
		if (object->key_len > len &&
			memcmp(previous->key, object->key, len) == 0)
			break;
		close_folder(w);
	}
	from = object->key + w->folders[w->depth - 1].len;
	for (; (slash = strchr(from, '/')); from = slash + 1) {
		write_shown(w, from, (size_t)(slash + 1 - from));
		if (open_folder(w, (size_t)(slash + 1 - object->key), err) != 0)
			return -1;
	}
	return 0;
}

static int
write_names(struct page_writer *w, struct err *err)
{
	const struct report_model *model = w->model;
	const struct object *object, *previous = NULL;
	const struct report_object *entry;
	struct page_folder *folder;
	size_t listed = 0, i;

	write_key(w, "names");
	json_begin_array(&w->json);
	if (open_folder(w, 0, err) != 0)
		return -1;
	for (i = 0; i < model->count; i++, previous = object) {
		entry = &model->objects[i];
		object = entry->object;
		if (change_folder(w, previous, object, err) != 0)
			return -1;
		folder = &w->folders[w->depth - 1];
		if (!is_listed(w, listed, entry)) {
			folder->count[entry->state]++;
			folder->bytes[entry->state] += object->size;
			continue;
		}
		listed++;
		write_shown(w, object->key + folder->len,
			object->key_len - folder->len);
	}
	while (w->depth > 0)
		close_folder(w);
	json_end_array(&w->json);
	return 0;
}

/* Write an element of a column, or nothing if the file has none there. */
typedef void cell_fn(struct page_writer *w, const struct report_object *entry);

static void
write_column(struct page_writer *w, const char *key, cell_fn *cell)
{
	size_t listed = 0, i;

	write_key(w, key);
	json_begin_array(&w->json);
	for (i = 0; i < w->model->count; i++) {
		if (!is_listed(w, listed, &w->model->objects[i]))
			continue;
		listed++;
		cell(w, &w->model->objects[i]);
	}
	json_end_array(&w->json);
}

static char
kind_letter(const struct report_object *entry)
{
	return entry->change ? "AMD"[entry->change->kind] : '=';
}

static char
state_digit(const struct report_object *entry)
{
	return (char)('0' + entry->state);
}

/* A column of single characters, which is one string. */
static void
write_letters(struct page_writer *w, const char *key,
	char (*letter)(const struct report_object *entry))
{
	size_t listed = 0, i;
	struct buf letters;

	buf_init(&letters, LISTED_MAX);
	for (i = 0; i < w->model->count; i++) {
		if (!is_listed(w, listed, &w->model->objects[i]))
			continue;
		listed++;
		buf_addch(&letters, letter(&w->model->objects[i]));
	}
	write_key(w, key);
	json_write_buf(&w->json, &letters);
	buf_release(&letters);
}

static void
write_size_cell(struct page_writer *w, const struct report_object *entry)
{
	json_write_uint(&w->json, entry->object->size);
}

static void
write_size_before_cell(struct page_writer *w, const struct report_object *entry)
{
	const struct change *change = entry->change;

	if (!change || change->kind != CHANGE_CHANGED)
		return;
	if (object_is_unknown(change->before))
		json_write_raw(&w->json, "-1", 2);
	else
		json_write_uint(&w->json, change->before->size);
}

/* A single item without the brackets of an array, which are most of the size. */
static void
write_items_cell(struct page_writer *w, const struct report_object *entry)
{
	unsigned i;

	if (entry->item_count > 1)
		json_begin_array(&w->json);
	for (i = 0; i < entry->item_count; i++)
		json_write_uint(&w->json, entry->items[i]);
	if (entry->item_count > 1)
		json_end_array(&w->json);
}

static int
write_data(struct page_writer *w, struct err *err)
{
	json_begin_object(&w->json);
	page_facts(&w->json, w->model);
	if (write_names(w, err) != 0)
		return -1;
	write_letters(w, "kinds", kind_letter);
	write_letters(w, "states", state_digit);
	write_column(w, "sizes", write_size_cell);
	write_column(w, "was", write_size_before_cell);
	write_column(w, "by", write_items_cell);
	json_end_object(&w->json);
	return json_writer_finish(&w->json, err);
}

enum {
	/* no string can end the element, or be a command in a job's log */
	DATA_OPTIONS = JSON_SAFE_IN_SCRIPT | JSON_SAFE_IN_LOG,
};

void
page_data_check(struct buf *out, const struct report_check *check)
{
	struct json_writer json;
	struct err err = ERR_INIT;

	json_writer_init(&json, buf_emit, out, DATA_OPTIONS);
	page_facts_write_check(&json, check);
	if (json_writer_finish(&json, &err) != 0)
		out->failed = err.code;
}

int
page_data(struct buf *out, const struct report_model *model, struct err *err)
{
	struct page_writer w = {
		.model = model,
		.changed_only = model->count > LISTED_MAX,
		.err = ERR_INIT,
	};
	int rc;

	json_writer_init(&w.json, buf_emit, out, DATA_OPTIONS);
	buf_init(&w.scratch, SHOWN_KEY_MAX);
	rc = write_data(&w, err);
	if (rc == 0 && w.err.code != ERR_NONE) {
		*err = w.err;
		rc = -1;
	}
	buf_release(&w.scratch);
	free(w.folders);
	return rc;
}
