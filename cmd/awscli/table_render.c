/* Draws the sections of a table. */
#include "cmd/awscli/table_render.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
	CELL_PADDING = 4, /* what the width of a column has beyond its text */
	BORDERS = 2,
	LEFT_PADDING = 2,
};

#define RESET "\x1b[0m"
#define CELL_STYLE "\x1b[1m\x1b[34m" /* bright blue */
#define FRAME_STYLE "\x1b[2m\x1b[33m" /* dim yellow */

struct table_renderer {
	struct buf *out;
	struct buf line; /* without its indentation and newline */
	bool coloured;
	const struct table_section *section;
	long width; /* of the section */
};

/* ---------------------------------------------------------------- widths */

static long
total_width(const struct table_section *section)
{
	long total = BORDERS, title = section->title.width + BORDERS;
	size_t i;

	for (i = 0; i < section->width_count; i++)
		total += section->widths[i] + CELL_PADDING;
	return (total > title ? total : title) + 2 * section->indent;
}

static long
max_width(const struct table *table)
{
	const struct table_section *s;
	long max = 0, width;

	for (s = table->first; s; s = s->next) {
		width = total_width(s);
		max = width > max ? width : max;
	}
	return max;
}

/* Widths in proportion, whose sum is `width`. The caller frees them. */
static long *
scale_widths(const struct table_section *section, long width)
{
	size_t count = section->width_count, i;
	long sum = 0, off_by = -width, *scaled;
	double factor;

	scaled = malloc((count + 1) * sizeof(*scaled));
	if (!scaled)
		return NULL;
	for (i = 0; i < count; i++)
		sum += section->widths[i] + CELL_PADDING;
	factor = (double)width / (double)sum;
	for (i = 0; i < count; i++) {
		/* rint() rounds halves to even, as Python does */
		scaled[i] = (long)rint(
			factor * (double)(section->widths[i] + CELL_PADDING));
		off_by += scaled[i];
	}
	while (count > 0 && off_by != 0) {
		for (i = 0; i < count && off_by > 0; i++, off_by--)
			scaled[i]--;
		for (i = count; i > 0 && off_by < 0; i--, off_by++)
			scaled[i - 1]++;
	}
	return scaled;
}

/* ----------------------------------------------------------------- lines */

static void
add_repeated(struct buf *out, char c, long count)
{
	for (; count > 0; count--)
		buf_addch(out, c);
}

/* End a write. The CLI resets the style after each, also after an empty one. */
static void
end_write(struct table_renderer *r)
{
	buf_addstr(r->out, r->coloured ? RESET : "");
}

static void
add_indent(struct table_renderer *r)
{
	int i;

	for (i = 0; i < r->section->indent; i++)
		buf_addstr(r->out, r->coloured ? FRAME_STYLE "|" RESET : "|");
	end_write(r);
}

/* Write the gathered line, between the frames it stands in. */
static void
end_line(struct table_renderer *r)
{
	add_indent(r);
	buf_append(r->out, &r->line);
	end_write(r);
	add_indent(r);
	buf_addch(r->out, '\n');
	end_write(r);
	buf_clear(&r->line);
}

static void
add_centered(struct table_renderer *r, const struct table_cell *cell,
	long width, bool left_edge)
{
	long start = width / 2 - cell->width / 2 - 1;

	buf_addstr(&r->line, left_edge ? "|" : "");
	add_repeated(&r->line, ' ', start);
	buf_add(&r->line, cell->text, cell->len);
	add_repeated(
		&r->line, ' ', width - 1 - left_edge - start - cell->width);
	buf_addch(&r->line, '|');
}

static void
add_left_aligned(struct table_renderer *r, const struct table_cell *cell,
	long width, bool left_edge)
{
	long used = left_edge + cell->width, padding = LEFT_PADDING;

	if (width - used - padding - 1 < 0)
		padding = 0;
	buf_addstr(&r->line, left_edge ? "|" : "");
	add_repeated(&r->line, ' ', padding);
	buf_addstr(&r->line, r->coloured ? CELL_STYLE : "");
	buf_add(&r->line, cell->text, cell->len);
	buf_addstr(&r->line, r->coloured ? RESET : "");
	add_repeated(&r->line, ' ', width - used - padding - 1);
	buf_addch(&r->line, '|');
}

/* +-------+---------+ */
static void
add_rule(struct table_renderer *r, const long *widths, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		buf_addstr(&r->line, i == 0 ? "+" : "");
		add_repeated(&r->line, '-', widths[i] - 1 - (i == 0));
		buf_addch(&r->line, '+');
	}
	end_line(r);
}

/* -------------------------------------------------------------- sections */

static void
render_title(struct table_renderer *r)
{
	const struct table_section *section = r->section;

	if (section->title.len == 0)
		return;
	add_centered(r, &section->title, r->width, true);
	end_line(r);
	if (section->headers.count == 0 && !section->first)
		add_rule(r, &r->width, 1);
}

static void
render_rows(struct table_renderer *r, const long *widths, size_t count)
{
	const struct table_row *row;
	size_t i;

	add_rule(r, widths, count);
	for (row = r->section->first; row; row = row->next) {
		for (i = 0; i < row->count && i < count; i++)
			add_left_aligned(r, &row->cells[i], widths[i], i == 0);
		end_line(r);
	}
	add_rule(r, widths, count);
}

static int
render_section(struct table_renderer *r)
{
	const struct table_section *section = r->section;
	size_t count = section->width_count, i;
	long *widths = scale_widths(section, r->width);

	if (!widths)
		return -1;
	render_title(r);
	if (section->headers.count > 0) {
		add_rule(r, widths, count);
		for (i = 0; i < section->headers.count && i < count; i++)
			add_centered(r, &section->headers.cells[i], widths[i],
				i == 0);
		end_line(r);
	}
	if (section->first && count > 0)
		render_rows(r, widths, count);
	free(widths);
	return 0;
}

/* Make a row of each header and its cell, if the section has one row. */
static int
turn_section(struct table *table, const struct table_section *section,
	struct table *turned)
{
	struct table_cell *cells;
	size_t i;

	if (table_add_section(turned, section->title.text, section->title.len,
		    section->indent) != 0)
		return -1;
	if (section->row_count != 1 || section->headers.count == 0) {
		struct table_section *last = turned->last;

		*last = *section;
		last->next = NULL;
		return 0;
	}
	for (i = 0; i < section->headers.count && i < section->first->count;
		i++) {
		cells = table_new_cells(table, 2);
		if (!cells)
			return -1;
		cells[0] = section->headers.cells[i];
		cells[1] = section->first->cells[i];
		if (table_add_row(turned, cells, 2) != 0)
			return -1;
	}
	return 0;
}

static int
turn(struct table *table)
{
	const struct table_section *s;
	struct table turned;

	table_init(&turned, table->arena, table->fault);
	for (s = table->first; s; s = s->next)
		if (turn_section(table, s, &turned) != 0)
			return -1;
	*table = turned;
	return 0;
}

int
table_render(struct table *table, struct buf *out, long columns, bool coloured)
{
	struct table_renderer r = {.out = out, .coloured = coloured};
	const struct table_section *s;
	long width = max_width(table);
	int rc = 0;

	if (width > columns) {
		if (turn(table) != 0)
			return -1;
		width = max_width(table);
	}
	buf_init(&r.line, out->max);
	add_repeated(out, '-', width);
	buf_addch(out, '\n');
	end_write(&r);
	for (s = table->first; s && rc == 0; s = s->next) {
		r.section = s;
		r.width = width - 2 * s->indent;
		rc = render_section(&r);
	}
	if (rc != 0)
		fault_no_memory(table->fault);
	buf_release(&r.line);
	return rc;
}
