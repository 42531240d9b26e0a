/* Collects the sections of a table. */
#include "cmd/awscli/table.h"

#include <string.h>

#include "cmd/awscli/python_width.h"
#include "cmd/awscli/value_repr.h"

enum {
	NO_TITLE_WIDTH = 4, /* that of Python's None, which is not shown */
	CELL_MAX = 64 * 1024 * 1024, /* as long as a response */
};

void
table_init(struct table *table, struct arena *arena, struct fault *fault)
{
	*table = (struct table){.arena = arena, .fault = fault};
}

int
table_add_section(
	struct table *table, const char *title, size_t len, int indent)
{
	struct table_section *section =
		arena_alloc(table->arena, sizeof(*section));

	if (!section)
		return fault_no_memory(table->fault);
	*section = (struct table_section){.indent = indent};
	if (title)
		table_cell(&section->title, title, len);
	else
		section->title.width = NO_TITLE_WIDTH;
	if (table->last)
		table->last->next = section;
	else
		table->first = section;
	table->last = section;
	return 0;
}

struct table_cell *
table_new_cells(struct table *table, size_t count)
{
	struct table_cell *cells =
		arena_alloc(table->arena, (count + 1) * sizeof(*cells));

	if (!cells)
		fault_no_memory(table->fault);
	return cells;
}

void
table_cell(struct table_cell *cell, const char *text, size_t len)
{
	*cell = (struct table_cell){text, len, python_width(text, len)};
}

int
table_cell_of(
	struct table *table, struct table_cell *cell, const struct value *value)
{
	struct buf text;
	char *own = NULL;
	size_t len;

	if (value->type == VALUE_STRING) {
		table_cell(cell, value->text, value->len);
		return 0;
	}
	buf_init(&text, CELL_MAX);
	value_str(&text, value);
	len = text.len;
	if (!text.failed)
		own = arena_copy(table->arena, buf_str(&text), len);
	buf_release(&text);
	if (!own)
		return fault_no_memory(table->fault);
	table_cell(cell, own, len);
	return 0;
}

static int
update_widths(struct table *table, const struct table_cell *cells, size_t count)
{
	struct table_section *section = table->last;
	size_t i;

	if (section->width_count == 0) {
		section->widths = arena_alloc(
			table->arena, (count + 1) * sizeof(*section->widths));
		if (!section->widths)
			return fault_no_memory(table->fault);
		memset(section->widths, 0, (count + 1) * sizeof(long));
		section->width_count = count;
	}
	if (count > section->width_count)
		return fault_set(table->fault, AWSCLI_GENERAL_ERROR,
			"list index out of range");
	for (i = 0; i < count; i++)
		if (section->widths[i] < cells[i].width)
			section->widths[i] = cells[i].width;
	return 0;
}

int
table_add_headers(struct table *table, struct table_cell *cells, size_t count)
{
	struct table_section *section = table->last;

	section->headers = (struct table_row){cells, count, NULL};
	if (!section->has_columns)
		section->columns = count;
	section->has_columns = true;
	return update_widths(table, cells, count);
}

int
table_add_row(struct table *table, struct table_cell *cells, size_t count)
{
	struct table_section *section = table->last;
	struct table_row *row;

	if (!section->has_columns)
		section->columns = count;
	section->has_columns = true;
	if (section->columns != count)
		return fault_set(table->fault, AWSCLI_GENERAL_ERROR,
			"Row should have %zu elements, instead it has %zu",
			section->columns, count);
	row = arena_alloc(table->arena, sizeof(*row));
	if (!row)
		return fault_no_memory(table->fault);
	*row = (struct table_row){cells, count, NULL};
	if (section->last)
		section->last->next = row;
	else
		section->first = row;
	section->last = row;
	section->row_count++;
	return update_widths(table, cells, count);
}
