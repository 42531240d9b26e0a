/* Formats values as text. */
#include "cmd/awscli/text_formatter.h"

#include "cmd/awscli/key_set.h"
#include "cmd/awscli/python_upper.h"
#include "cmd/awscli/value_repr.h"

/* The name at the beginning of a line; NULL for none. */
struct line_prefix {
	const char *text;
	size_t len;
};

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
		if (!key_set_add(&own, dict, KEY_SET_SCALARS))
			return false;
		key_set_sort(&own);
		columns = &own;
	}
	if (columns->count > 0 && name->text) {
		python_upper(out, name->text, name->len);
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
	key_set_release(&own);
	return true;
}

static bool
add_dict(struct buf *out, const struct value *dict,
	const struct line_prefix *name, const struct key_set *columns)
{
	struct key_set nested = {NULL, 0};
	bool ok = add_scalars(out, dict, name, columns) &&
		  key_set_add(&nested, dict, KEY_SET_CONTAINERS);
	struct line_prefix inner;
	size_t i;

	key_set_sort(&nested);
	for (i = 0; ok && i < nested.count; i++) {
		if (columns && key_set_has(columns, nested.list[i]))
			continue;
		inner.text = nested.list[i]->key;
		inner.len = nested.list[i]->key_len;
		ok = add_value(out, nested.list[i], &inner, NULL);
	}
	key_set_release(&nested);
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
			python_upper(out, name->text, name->len);
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
			ok = key_set_add(&columns, v, KEY_SET_SCALARS);
	key_set_sort(&columns);
	for (v = list->first; ok && v; v = v->next)
		if (dicts || value_is_container(v))
			ok = add_value(out, v, name, dicts ? &columns : NULL);
	key_set_release(&columns);
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
