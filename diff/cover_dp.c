/*
 * Sweeps over the targets from the last to the first, then reads off the cover.
 */
#include "diff/cover_dp.h"

#include <stdlib.h>

#include "diff/cover_table.h"

enum {
	/*
	 * Bytes of decisions kept at once. If there are more, the sweep is
	 * repeated for each part of this size, in the order in which the cover
	 * is read.
	 */
	DECISIONS_MAX = 64 * 1024 * 1024,
};

struct cover_sweep {
	struct cover_table table;

	/* for the candidates low <= c < high, `words` words each */
	uint64_t *decisions;
	size_t low, high;
	size_t words;
};

/* Make room to keep the decisions from candidate `low` on. */
static int
keep_decisions(struct cover_sweep *sweep, size_t low, struct err *err)
{
	size_t count = sweep->table.candidates->count, most;

	sweep->words = cover_table_decision_words(&sweep->table);
	most = DECISIONS_MAX / (sweep->words * sizeof(*sweep->decisions)) + 1;
	sweep->low = low;
	sweep->high = count - low > most ? low + most : count;
	free(sweep->decisions);
	sweep->decisions = calloc((sweep->high - low) * sweep->words + 1,
		sizeof(*sweep->decisions));
	return sweep->decisions ? 0 : err_memory(err);
}

/* The decisions of a candidate, or NULL if they are not kept. */
static uint64_t *
decisions_of(const struct cover_sweep *sweep, size_t c)
{
	if (!sweep->decisions || c < sweep->low || c >= sweep->high)
		return NULL;
	return sweep->decisions + (c - sweep->low) * sweep->words;
}

/*
 * Sweep to the first target, or only as far as the decisions to keep require.
 */
static int
sweep_targets(struct cover_sweep *sweep, struct err *err)
{
	struct cover_table *table = &sweep->table;
	size_t stop = sweep->decisions ? sweep->low : 0, c;

	cover_table_start(table);
	for (c = table->candidates->count; c-- > stop;)
		if (cover_table_take(table, c, decisions_of(sweep, c), err) !=
			0)
			return -1;
	return stop == 0 ? cover_table_move(table, 0, err) : 0;
}

static bool
is_better(const struct cover *a, const struct cover *b)
{
	if (a->value.cost != b->value.cost)
		return a->value.cost < b->value.cost;
	if (a->value.weight != b->value.weight)
		return a->value.weight < b->value.weight;
	if (a->items != b->items)
		return a->items < b->items;
	return a->wildcards < b->wildcards;
}

static struct cover
find_best(const struct cover_table *table, size_t paths_max)
{
	struct cover best = {{UINT64_MAX, 0}, 0, 0}, cover;
	size_t w, e;

	for (w = 0; w < table->rows; w++)
		for (e = 0; e < table->columns; e++)
			if (cover_table_get(table, w, e, &cover) &&
				cover.items <= paths_max &&
				is_better(&cover, &best))
				best = cover;
	return best;
}

/*
 * Follow the decisions from the first target on. At the end of those that are
 * kept, sweep again for the next part.
 */
static int
read_items(struct cover_sweep *sweep, const struct cover *cover,
	struct cover_item *items, struct err *err)
{
	const struct candidates *in = sweep->table.candidates;
	size_t c = 0, w = cover->wildcards, e = cover->items - w, n = 0;
	uint32_t position = 0;

	while (position < in->target_count) {
		if (c == in->count || in->list[c].first > position) {
			items[n++] = (struct cover_item){false, position++};
			e--;
			continue;
		}
		if (c >= sweep->high && (keep_decisions(sweep, c, err) != 0 ||
						sweep_targets(sweep, err) != 0))
			return -1;
		if (!cover_table_is_taken(
			    &sweep->table, decisions_of(sweep, c), w, e)) {
			c++;
			continue;
		}
		items[n++] = (struct cover_item){true, (uint32_t)c};
		position = in->list[c].end;
		w--;
		while (c < in->count && in->list[c].first < position)
			c++;
	}
	return 0;
}

static int
find_cover(struct cover_sweep *sweep, size_t paths_max, struct cover *cover,
	struct cover_item **items, struct err *err)
{
	int rc = cover_table_init(&sweep->table, err);

	if (rc == 0 && items)
		rc = keep_decisions(sweep, 0, err);
	if (rc == 0)
		rc = sweep_targets(sweep, err);
	if (rc == 0)
		*cover = find_best(&sweep->table, paths_max);
	if (rc == 0 && items && cover->value.cost != UINT64_MAX) {
		*items = malloc((cover->items + 1) * sizeof(**items));
		rc = *items ? read_items(sweep, cover, *items, err)
			    : err_memory(err);
	}
	cover_table_release(&sweep->table);
	free(sweep->decisions);
	return rc;
}

int
cover_dp_unlimited(const struct candidates *candidates, size_t wildcards_max,
	uint64_t collateral_cost, struct cover *cover,
	struct cover_item **items, struct err *err)
{
	struct cover_sweep sweep = {
		.table =
			{
				.candidates = candidates,
				.collateral_cost = collateral_cost,
				.rows = wildcards_max + 1,
				.columns = 1,
			},
	};

	return find_cover(&sweep, SIZE_MAX - 1, cover, items, err);
}

int
cover_dp_limited(const struct candidates *candidates,
	const struct plan_limits *limits, struct cover *cover,
	struct cover_item **items, struct err *err)
{
	size_t exact = limits->paths_max;
	struct cover_sweep sweep = {
		.table =
			{
				.candidates = candidates,
				.collateral_cost = limits->collateral_cost,
				.limited = true,
				.rows = limits->wildcards_max + 1,
			},
	};

	if (exact > candidates->target_count)
		exact = candidates->target_count;
	sweep.table.columns = exact + 1;
	return find_cover(&sweep, limits->paths_max, cover, items, err);
}
