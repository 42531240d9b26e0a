/* Formats values as a table. */
#include "cmd/awscli/table_formatter.h"

#include <string.h>

#include "cmd/awscli/key_set.h"
#include "cmd/awscli/table_render.h"
#include "cmd/awscli/value_repr.h"

/* A name above a section; NULL for none, which continues the last section. */
struct table_title {
	const char *text;
	size_t len;
	int indent;
};

static int build(struct table *table, const struct table_title *title,
	const struct value *value);

static int
build_named(struct table *table, const struct value *member, int indent)
{
	const struct table_title title = {member->key, member->key_len, indent};

	return build(table, &title, member);
}

static int
add_key_headers(struct table *table, const struct key_set *headers)
{
	struct table_cell *cells = table_new_cells(table, headers->count);
	size_t i;

	if (!cells)
		return -1;
	for (i = 0; i < headers->count; i++)
		table_cell(&cells[i], headers->list[i]->key,
			headers->list[i]->key_len);
	return table_add_headers(table, cells, headers->count);
}

/* The values of a dict below headers; what it lacks is empty. */
static int
add_values(struct table *table, const struct key_set *headers,
	const struct value *dict)
{
	struct table_cell *cells = table_new_cells(table, headers->count);
	const struct value *v;
	size_t i;

	for (i = 0; cells && i < headers->count; i++) {
		v = value_get_key(
			dict, headers->list[i]->key, headers->list[i]->key_len);
		if (!v)
			table_cell(&cells[i], "", 0);
		else if (table_cell_of(table, &cells[i], v) != 0)
			return -1;
	}
	return cells ? table_add_row(table, cells, headers->count) : -1;
}

/* A dict with a single scalar is a row of its key and value. */
static int
add_pair(struct table *table, const struct value *member)
{
	struct table_cell *cells = table_new_cells(table, 2);

	if (!cells || table_cell_of(table, &cells[1], member) != 0)
		return -1;
	table_cell(&cells[0], member->key, member->key_len);
	return table_add_row(table, cells, 2);
}

static int
build_dict(struct table *table, int indent, const struct value *dict)
{
	struct key_set headers = {NULL, 0}, more = {NULL, 0};
	size_t i;
	int rc = 0;

	if (!key_set_add(&headers, dict, KEY_SET_SCALARS) ||
		!key_set_add(&more, dict, KEY_SET_CONTAINERS))
		rc = fault_no_memory(table->fault);
	key_set_sort(&headers);
	key_set_sort(&more);
	if (rc == 0 && headers.count == 1)
		rc = add_pair(table, headers.list[0]);
	else if (rc == 0 && headers.count > 1)
		rc = add_key_headers(table, &headers) != 0 ||
				     add_values(table, &headers, dict) != 0
			     ? -1
			     : 0;
	for (i = 0; i < more.count && rc == 0; i++)
		rc = build_named(table, more.list[i], indent + 1);
	key_set_release(&headers);
	key_set_release(&more);
	return rc;
}

/* A dict of a list of dicts, below the headers of all of them. */
static int
build_element(struct table *table, const struct key_set *headers,
	const struct key_set *more, const struct table_title *title,
	const struct value *dict)
{
	const struct value *v;
	size_t i;

	if (add_values(table, headers, dict) != 0)
		return -1;
	for (i = 0; i < more->count; i++) {
		v = value_get_key(
			dict, more->list[i]->key, more->list[i]->key_len);
		if (v && build_named(table, v, title->indent + 1) != 0)
			return -1;
	}
	return 0;
}

/* Python takes an empty list or string among dicts for an empty dict. */
static bool
is_like_dict(const struct value *value)
{
	return value_is_dict(value) ||
	       (value->type == VALUE_LIST && !value->first) ||
	       (value->type == VALUE_STRING && value->len == 0);
}

/* Collect the keys of a list of dicts. */
static int
collect_keys(struct table *table, const struct value *list,
	struct key_set *headers, struct key_set *more)
{
	const struct value *v, *odd = NULL;

	for (v = list->first; v; v = v->next) {
		if (!value_is_dict(v) && (!odd || !is_like_dict(v)))
			odd = v;
		if (value_is_dict(v) &&
			(!key_set_add(headers, v, KEY_SET_SCALARS) ||
				!key_set_add(more, v, KEY_SET_CONTAINERS)))
			return fault_no_memory(table->fault);
	}
	key_set_sort(headers);
	key_set_sort(more);
	if (!odd || (headers->count == 0 && is_like_dict(odd)))
		return 0;
	return fault_set(table->fault, AWSCLI_GENERAL_ERROR,
		"a list of objects and of other values, such as '%s', is no "
		"table",
		value_type_name(odd));
}

static int
build_dicts(struct table *table, const struct table_title *title,
	const struct value *list)
{
	struct key_set headers = {NULL, 0}, more = {NULL, 0};
	const struct value *v;
	int rc = collect_keys(table, list, &headers, &more);

	if (rc == 0)
		rc = add_key_headers(table, &headers);
	for (v = list->first; v && rc == 0; v = v->next) {
		if (v != list->first && more.count > 0 &&
			(table_add_section(table, title->text, title->len,
				 title->indent) != 0 ||
				add_key_headers(table, &headers) != 0))
			rc = -1;
		else
			rc = build_element(table, &headers, &more, title, v);
	}
	key_set_release(&headers);
	key_set_release(&more);
	return rc;
}

static bool
is_flat(const struct value *container)
{
	const struct value *v;

	/* what a dict iterates over are its keys */
	for (v = container->first; v; v = v->next)
		if (container->type == VALUE_LIST && value_is_container(v))
			return false;
	return true;
}

/* A list as a row, or the keys of a dict. */
static int
add_flat_row(struct table *table, const struct value *container)
{
	struct table_cell *cells = table_new_cells(table, container->count);
	const struct value *v;
	size_t i = 0;

	for (v = container->first; v && cells; v = v->next, i++) {
		if (container->type != VALUE_LIST)
			table_cell(&cells[i], v->key, v->key_len);
		else if (table_cell_of(table, &cells[i], v) != 0)
			return -1;
	}
	return cells ? table_add_row(table, cells, container->count) : -1;
}

static int
build_list(struct table *table, const struct value *list)
{
	const struct table_title none = {NULL, 0, 0};
	const struct value *v;
	struct table_cell *cells;
	int rc = 0;

	for (v = list->first; v && rc == 0; v = v->next) {
		if (!value_is_container(v)) {
			cells = table_new_cells(table, 1);
			rc = cells && table_cell_of(table, cells, v) == 0
				     ? table_add_row(table, cells, 1)
				     : -1;
		} else if (is_flat(v)) {
			rc = add_flat_row(table, v);
		} else {
			rc = build(table, &none, v);
		}
	}
	return rc;
}

static int
build(struct table *table, const struct table_title *title,
	const struct value *value)
{
	if (!value_is_true(value))
		return 0;
	if (title->text && table_add_section(table, title->text, title->len,
				   title->indent) != 0)
		return -1;
	if (value_is_dict(value))
		return build_dict(table, title->indent, value);
	if (value->type != VALUE_LIST)
		return 0; /* the CLI prints the title only */
	return value_is_dict(value->first) ? build_dicts(table, title, value)
					   : build_list(table, value);
}

int
table_format(struct buf *out, struct arena *arena, const char *title,
	const struct value *value, long columns, bool coloured,
	struct fault *fault)
{
	const struct table_title top = {title, strlen(title), 0};
	struct table table;

	table_init(&table, arena, fault);
	if (build(&table, &top, value) != 0)
		return -1;
	return table.first ? table_render(&table, out, columns, coloured) : 0;
}
