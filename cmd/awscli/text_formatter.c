/* Formats values as text. */
#include "cmd/awscli/text_formatter.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/awscli/value_repr.h"

/* The keys of one or several dicts, sorted, without duplicates. */
struct key_set {
	const struct value **list; /* a member with each key */
	size_t count;
};

static int
compare_keys(const void *left, const void *right)
{
	const struct value *a = *(const struct value *const *)left;
	const struct value *b = *(const struct value *const *)right;
	size_t len = a->key_len < b->key_len ? a->key_len : b->key_len;
	int order = memcmp(a->key, b->key, len);

	return order ? order
		     : (a->key_len > b->key_len) - (a->key_len < b->key_len);
}

static bool
key_set_add(struct key_set *keys, const struct value *dict, bool containers)
{
	const struct value **longer, *v;

	longer = realloc(keys->list,
		(keys->count + dict->count + 1) * sizeof(const struct value *));
	if (!longer)
		return false;
	keys->list = longer;
	for (v = dict->first; v; v = v->next)
		if (value_is_container(v) == containers)
			keys->list[keys->count++] = v;
	return true;
}

static void
key_set_sort(struct key_set *keys)
{
	size_t i, kept = 0;

	if (keys->count > 0)
		qsort(keys->list, keys->count, sizeof(const struct value *),
			compare_keys);
	for (i = 0; i < keys->count; i++)
		if (i == 0 ||
			compare_keys(&keys->list[i - 1], &keys->list[i]) != 0)
			keys->list[kept++] = keys->list[i];
	keys->count = kept;
}

/* The name at the beginning of a line; NULL for none. */
struct line_prefix {
	const char *text;
	size_t len;
};

static void
add_name(struct buf *out, const struct line_prefix *name)
{
	size_t i;

	for (i = 0; i < name->len; i++)
		buf_addch(out, (char)toupper((unsigned char)name->text[i]));
}

static bool add_value(struct buf *out, const struct value *value,
	const struct line_prefix *name, const struct key_set *columns);

/* Add the scalars of a dict: all of them, or those of `columns`. */
static bool
add_scalars(struct buf *out, const struct value *dict,
	const struct line_prefix *name, const struct key_set *columns)
{
	struct key_set own = {NULL, 0};
	const struct value *key, *v;
	size_t i;

	if (!columns) {
		if (!key_set_add(&own, dict, false))
			return false;
		key_set_sort(&own);
		columns = &own;
	}
	if (columns->count > 0 && name->text) {
		add_name(out, name);
		buf_addch(out, '\t');
	}
	for (i = 0; i < columns->count; i++) {
		key = columns->list[i];
		v = value_get_key(dict, key->key, key->key_len);
		buf_addstr(out, i > 0 ? "\t" : "");
		if (v)
			value_str(out, v);
	}
	if (columns->count > 0)
		buf_addch(out, '\n');
	free(own.list);
	return true;
}

static bool
is_column(const struct key_set *columns, const struct value *key)
{
	size_t i;

	for (i = 0; columns && i < columns->count; i++)
		if (compare_keys(&columns->list[i], &key) == 0)
			return true;
	return false;
}

static bool
add_dict(struct buf *out, const struct value *dict,
	const struct line_prefix *name, const struct key_set *columns)
{
	struct key_set nested = {NULL, 0};
	bool ok = add_scalars(out, dict, name, columns) &&
		  key_set_add(&nested, dict, true);
	struct line_prefix inner;
	size_t i;

	key_set_sort(&nested);
	for (i = 0; ok && i < nested.count; i++) {
		if (is_column(columns, nested.list[i]))
			continue;
		inner.text = nested.list[i]->key;
		inner.len = nested.list[i]->key_len;
		ok = add_value(out, nested.list[i], &inner, NULL);
	}
	free(nested.list);
	return ok;
}

static void
add_scalar_items(struct buf *out, const struct value *list,
	const struct line_prefix *name)
{
	const struct value *v;
	bool first = true;

	for (v = list->first; v; v = v->next) {
		if (value_is_container(v))
			continue;
		if (name->text)
			add_name(out, name);
		buf_addstr(out, name->text || !first ? "\t" : "");
		value_str(out, v);
		buf_addstr(out, name->text ? "\n" : "");
		first = false;
	}
	if (!name->text && !first)
		buf_addch(out, '\n');
}

static bool
add_list(struct buf *out, const struct value *list,
	const struct line_prefix *name)
{
	struct key_set columns = {NULL, 0};
	const struct value *v;
	bool dicts = false, ok = true;

	for (v = list->first; v; v = v->next)
		dicts |= value_is_dict(v);
	if (!dicts)
		add_scalar_items(out, list, name);
	for (v = list->first; dicts && ok && v; v = v->next)
		if (value_is_dict(v))
			ok = key_set_add(&columns, v, false);
	key_set_sort(&columns);
	for (v = list->first; ok && v; v = v->next)
		if (dicts || value_is_container(v))
			ok = add_value(out, v, name, dicts ? &columns : NULL);
	free(columns.list);
	return ok;
}

static bool
add_value(struct buf *out, const struct value *value,
	const struct line_prefix *name, const struct key_set *columns)
{
	if (value_is_dict(value))
		return add_dict(out, value, name, columns);
	if (value->type == VALUE_LIST)
		return add_list(out, value, name);
	value_str(out, value);
	buf_addch(out, '\n');
	return true;
}

bool
text_format(struct buf *out, const struct value *value)
{
	const struct line_prefix none = {NULL, 0};

	return add_value(out, value, &none, NULL);
}
