/* Moves the table of the dynamic programme from target to target. */
#include "diff/cover_table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "diff/plan_limits.h"
#include "diff/url_set.h"

enum {
	/*
	 * the weight if no cover exists; with that of a candidate added, it
	 * fits an int32_t
	 */
	NO_COVER = WEIGHT_MAX + 1,

	WORD_BITS = 64,
};

/* A copy of the cells at a target where candidates end. */
struct cover_table_copy {
	uint32_t position;
	uint32_t uses; /* candidates that end here and are still to be taken */
	void *cells;
};

int
cover_table_init(struct cover_table *table, struct err *err)
{
	const struct candidates *candidates = table->candidates;
	size_t cells = table->rows * table->columns, i;

	assert(table->rows <= WORD_BITS);
	assert(table->limited || table->columns == 1);
	if (table->limited) {
		table->row_words = (table->columns + WORD_BITS - 1) / WORD_BITS;
		table->size = cells * sizeof(*table->weights);
		table->weights = malloc(table->size);
	} else {
		table->size = cells * sizeof(*table->values);
		table->values = malloc(table->size);
	}
	table->ends =
		calloc(candidates->target_count + 1, sizeof(*table->ends));
	if ((!table->weights && !table->values) || !table->ends)
		return err_memory(err);
	for (i = 0; i < candidates->count; i++)
		table->ends[candidates->list[i].end]++;
	return 0;
}

static void
drop_copy(struct cover_table *table)
{
	free(table->copies[--table->copy_count].cells);
}

void
cover_table_release(struct cover_table *table)
{
	while (table->copy_count > 0)
		drop_copy(table);
	free(table->copies);
	free(table->values);
	free(table->weights);
	free(table->ends);
}

void
cover_table_start(struct cover_table *table)
{
	size_t i, cells = table->rows * table->columns;

	while (table->copy_count > 0)
		drop_copy(table);
	table->position = (uint32_t)table->candidates->target_count;
	for (i = 0; i < cells; i++) {
		if (table->limited)
			table->weights[i] = i == 0 ? 0 : NO_COVER;
		else
			table->values[i] = (struct cover_value){
				i == 0 ? 0 : UINT64_MAX, 0};
	}
}

static int
save_copy(struct cover_table *table, struct err *err)
{
	struct cover_table_copy *copies = table->copies;
	size_t more = table->copy_capacity ? table->copy_capacity * 2 : 16;
	void *cells;

	if (table->copy_count == table->copy_capacity) {
		copies = realloc(copies, more * sizeof(*copies));
		if (!copies)
			return err_memory(err);
		table->copies = copies;
		table->copy_capacity = more;
	}
	cells = malloc(table->size);
	if (!cells)
		return err_memory(err);
	memcpy(cells,
		table->limited ? (void *)table->weights : (void *)table->values,
		table->size);
	copies[table->copy_count++] = (struct cover_table_copy){
		table->position, table->ends[table->position], cells};
	return 0;
}

/*
 * Cover `count` more targets with exact paths; no cover exists if one is
 * forced.
 */
static void
add_exact_unlimited(struct cover_table *table, size_t count, bool forced)
{
	size_t w;

	for (w = 0; w < table->rows; w++) {
		struct cover_value *value = &table->values[w];

		if (forced)
			value->cost = UINT64_MAX;
		else if (value->cost != UINT64_MAX)
			value->cost += count * COST_UNIT;
	}
}

static void
add_exact_limited(struct cover_table *table, size_t count, bool forced)
{
	size_t columns = table->columns, w, e;

	if (forced || count > columns)
		count = columns;
	for (w = 0; w < table->rows; w++) {
		int32_t *row = table->weights + w * columns;

		memmove(row + count, row, (columns - count) * sizeof(*row));
		for (e = 0; e < count; e++)
			row[e] = NO_COVER;
	}
}

int
cover_table_move(struct cover_table *table, uint32_t position, struct err *err)
{
	const struct target *targets = table->candidates->targets;

	while (table->position > position) {
		uint32_t at = table->position;
		bool forced = false;

		if (table->ends[at] > 0 && save_copy(table, err) != 0)
			return -1;
		do {
			at--;
			forced |= targets[at].forced;
		} while (at > position && table->ends[at] == 0);
		if (table->limited)
			add_exact_limited(table, table->position - at, forced);
		else
			add_exact_unlimited(
				table, table->position - at, forced);
		table->position = at;
	}
	return 0;
}

/* `after` is the table at the candidate's end. */
static void
take_unlimited(struct cover_table *table, const struct candidate *candidate,
	const struct cover_value *after, uint64_t *decisions)
{
	uint64_t cost = COST_UNIT + table->collateral_cost * candidate->weight;
	size_t w;

	assert(table->rows > 0 && table->rows <= WORD_BITS);
	for (w = table->rows - 1; w > 0; w--) {
		struct cover_value *without = &table->values[w],
				   with = after[w - 1];
		bool take;

		if (with.cost == UINT64_MAX)
			continue;
		with.cost += cost;
		with.weight += candidate->weight;
		if (with.cost != without->cost)
			take = with.cost < without->cost;
		else if (with.weight != without->weight)
			take = with.weight < without->weight;
		else
			take = candidate->sorts_first;
		if (!take)
			continue;
		*without = with;
		if (decisions)
			*decisions |= (uint64_t)1 << w;
	}
}

/* Do one row of take_limited, in plain loops that the compiler vectorises. */
static void
take_row(int32_t *row, const int32_t *after, size_t columns, int32_t weight,
	int32_t tie, uint64_t *decisions)
{
	unsigned char takes[WORD_BITS];
	size_t from, e, count;
	uint64_t word;

	for (from = 0; from < columns; from += WORD_BITS) {
		count = columns - from < WORD_BITS ? columns - from : WORD_BITS;
		for (e = 0; e < count; e++) {
			int32_t with = after[from + e] + weight;
			int32_t without = row[from + e];

			takes[e] = with < without + tie;
			row[from + e] = with < without ? with : without;
		}
		if (!decisions)
			continue;
		word = 0;
		for (e = 0; e < count; e++)
			word |= (uint64_t)takes[e] << e;
		decisions[from / WORD_BITS] = word;
	}
}

static void
take_limited(struct cover_table *table, const struct candidate *candidate,
	const int32_t *after, uint64_t *decisions)
{
	size_t columns = table->columns, w;

	for (w = table->rows - 1; w > 0; w--)
		take_row(table->weights + w * columns,
			after + (w - 1) * columns, columns,
			(int32_t)candidate->weight, candidate->sorts_first,
			decisions ? decisions + w * table->row_words : NULL);
}

int
cover_table_take(struct cover_table *table, size_t index, uint64_t *decisions,
	struct err *err)
{
	const struct candidate *candidate = &table->candidates->list[index];
	struct cover_table_copy *after;

	if (cover_table_move(table, candidate->first, err) != 0)
		return -1;
	assert(table->copy_count > 0);
	after = &table->copies[table->copy_count - 1];
	assert(after->position == candidate->end);
	if (table->limited)
		take_limited(table, candidate, after->cells, decisions);
	else
		take_unlimited(table, candidate, after->cells, decisions);
	if (--after->uses == 0)
		drop_copy(table);
	return 0;
}

size_t
cover_table_decision_words(const struct cover_table *table)
{
	return table->limited ? table->rows * table->row_words : 1;
}

bool
cover_table_is_taken(const struct cover_table *table, const uint64_t *decisions,
	size_t w, size_t e)
{
	if (!table->limited)
		return decisions[0] >> w & 1;
	return decisions[w * table->row_words + e / WORD_BITS] >>
		       (e % WORD_BITS) &
	       1;
}

bool
cover_table_get(const struct cover_table *table, size_t w, size_t e,
	struct cover *cover)
{
	struct cover_value value;
	size_t items = w + e;

	if (table->limited) {
		int32_t weight = table->weights[w * table->columns + e];

		if (weight >= NO_COVER)
			return false;
		value.weight = (uint64_t)weight;
		value.cost = items * COST_UNIT +
			     table->collateral_cost * value.weight;
	} else {
		value = table->values[w];
		if (value.cost == UINT64_MAX)
			return false;
		items = (size_t)((value.cost - table->collateral_cost *
						       value.weight) /
				 COST_UNIT);
	}
	*cover = (struct cover){value, items, w};
	return true;
}
