/*
 * A table as the AWS CLI draws it (awscli/table.py): sections below each other,
 * each with a title, headers and rows.
 *
 *   table_init(&table, arena)
 *   table_add_section() ... table_add_headers() ... table_add_row() ...
 *   table_render(&table, ...)                 (table_render.h)
 *
 * All that is added lives in the arena or longer. What returns an int returns
 * -1 if memory runs out, or with Python's message.
 */
#ifndef CMD_AWSCLI_TABLE_H
#define CMD_AWSCLI_TABLE_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/value.h"

struct table_cell {
	const char *text;
	size_t len;
	long width; /* in columns of the terminal; see python_width.h */
};

struct table_row {
	struct table_cell *cells;
	size_t count;
	struct table_row *next;
};

struct table_section {
	struct table_cell title;
	int indent; /* how many frames it stands in */
	struct table_row headers; /* no cells if it has none */
	struct table_row *first, *last;
	size_t row_count;
	bool has_columns; /* their number is known: */
	size_t columns;
	long *widths; /* of the widest cell of each column */
	size_t width_count;
	struct table_section *next;
};

struct table {
	struct arena *arena;
	struct fault *fault;
	struct table_section *first, *last;
};

void table_init(struct table *table, struct arena *arena, struct fault *fault);

/* The title may be NULL. */
int table_add_section(
	struct table *table, const char *title, size_t len, int indent);

/*
 * `cells` of the last section, an array in the arena; table_cell() fills one. A
 * row must have as many cells as the headers and the other rows.
 */
struct table_cell *table_new_cells(struct table *table, size_t count);
int table_add_headers(
	struct table *table, struct table_cell *cells, size_t count);
int table_add_row(struct table *table, struct table_cell *cells, size_t count);

/* Fill a cell with a text, or with str(value). */
void table_cell(struct table_cell *cell, const char *text, size_t len);
int table_cell_of(struct table *table, struct table_cell *cell,
	const struct value *value);

#endif
