/* Sweeps over the targets from the last to the first, then reads the plan. */
#include "diff/cover_dp.h"

#include <stdlib.h>
#include <string.h>

enum {
	/* collateral of a state without a cover; plus any count fits int32 */
	NO_COVER = URLS_MAX + 1,

	/*
	 * Bytes of decisions kept at once. Where there are more, the sweep is
	 * repeated for each such part, in the order in which the plan is read.
	 */
	DECISIONS_MAX = 64 * 1024 * 1024,

	WORD = 64, /* bits of a word of decisions */
};

/* A copy of the table at a target where candidates end. */
struct saved_table {
	uint32_t position;
	uint32_t uses; /* candidates still to come that end here */
	void *cells;
};

struct cover_dp {
	const struct candidates *in;
	uint64_t collateral_cost; /* of the free sweep */
	bool full;
	size_t rows; /* wildcards: 0 to rows - 1 */
	size_t width; /* exact paths: 0 to width - 1; 1 in the free sweep */

	/* the table at `position`: cells[w * width + e], of one kind */
	uint32_t position;
	struct cover_dp_worth *worths; /* free */
	int32_t *losses; /* full: collateral */
	size_t table_size; /* bytes */

	/* tables to come back to; the last is the nearest */
	struct saved_table *saved;
	size_t saved_count, saved_capacity;
	uint32_t *ends; /* how many candidates end at a target */

	/* taken(c, w, e) for candidates low <= c < high */
	uint64_t *decisions;
	size_t low, high;
	size_t row_bits; /* of one candidate and one w */
};

static int
cover_dp_init(struct cover_dp *s, struct err *err)
{
	const struct candidates *in = s->in;
	size_t cells = s->rows * s->width, i;

	s->row_bits = s->full ? (s->width + WORD - 1) / WORD * WORD : 1;
	s->table_size =
		cells * (s->full ? sizeof(*s->losses) : sizeof(*s->worths));
	if (s->full)
		s->losses = malloc(s->table_size);
	else
		s->worths = malloc(s->table_size);
	s->ends = calloc(in->target_count + 1, sizeof(*s->ends));
	if ((!s->losses && !s->worths) || !s->ends)
		return err_memory(err);
	for (i = 0; i < in->count; i++)
		s->ends[in->list[i].end]++;
	return 0;
}

static void
cover_dp_release(struct cover_dp *s)
{
	while (s->saved_count > 0)
		free(s->saved[--s->saved_count].cells);
	free(s->saved);
	free(s->worths);
	free(s->losses);
	free(s->ends);
	free(s->decisions);
}

static void *
table_of(struct cover_dp *s)
{
	return s->full ? (void *)s->losses : (void *)s->worths;
}

/* Room to keep the decisions for [low, high). */
static int
keep_decisions(struct cover_dp *s, size_t low, struct err *err)
{
	size_t bits = s->rows * s->row_bits, most, words;

	most = (size_t)DECISIONS_MAX * 8 / bits + 1;
	s->low = low;
	s->high = s->in->count - low > most ? low + most : s->in->count;
	words = ((s->high - low) * bits + WORD - 1) / WORD;
	free(s->decisions);
	s->decisions = calloc(words + 1, sizeof(*s->decisions));
	return s->decisions ? 0 : err_memory(err);
}

static size_t
decision_bit(const struct cover_dp *s, size_t c, size_t w, size_t e)
{
	return ((c - s->low) * s->rows + w) * s->row_bits + (s->full ? e : 0);
}

static bool
is_taken(const struct cover_dp *s, size_t c, size_t w, size_t e)
{
	size_t bit = decision_bit(s, c, w, e);

	return s->decisions[bit / WORD] >> (bit % WORD) & 1;
}

/* The table behind the last target. */
static void
start_table(struct cover_dp *s)
{
	size_t i, cells = s->rows * s->width;

	while (s->saved_count > 0)
		free(s->saved[--s->saved_count].cells);
	s->position = (uint32_t)s->in->target_count;
	for (i = 0; i < cells; i++) {
		if (s->full)
			s->losses[i] = i == 0 ? 0 : NO_COVER;
		else
			s->worths[i] = (struct cover_dp_worth){
				i == 0 ? 0 : UINT64_MAX, 0};
	}
}

static int
save_table(struct cover_dp *s, struct err *err)
{
	struct saved_table *list = s->saved;
	size_t more = s->saved_capacity ? s->saved_capacity * 2 : 16;
	void *cells;

	if (s->saved_count == s->saved_capacity) {
		list = realloc(list, more * sizeof(*list));
		if (!list)
			return err_memory(err);
		s->saved = list;
		s->saved_capacity = more;
	}
	cells = malloc(s->table_size);
	if (!cells)
		return err_memory(err);
	memcpy(cells, table_of(s), s->table_size);
	list[s->saved_count++] =
		(struct saved_table){s->position, s->ends[s->position], cells};
	return 0;
}

/* Cover `count` more targets by exact paths; not if one is forced. */
static void
shift_table(struct cover_dp *s, size_t count, bool forced)
{
	size_t w, e, gone;

	for (w = 0; w < s->rows && !s->full; w++) {
		if (forced)
			s->worths[w].cost = UINT64_MAX;
		else if (s->worths[w].cost != UINT64_MAX)
			s->worths[w].cost += count * COST_UNIT;
	}
	gone = forced || count > s->width ? s->width : count;
	for (w = 0; w < s->rows && s->full; w++) {
		int32_t *row = s->losses + w * s->width;

		memmove(row + gone, row, (s->width - gone) * sizeof(*row));
		for (e = 0; e < gone; e++)
			row[e] = NO_COVER;
	}
}

/* Move down to a target, saving the tables on the way that are asked for. */
static int
move_to(struct cover_dp *s, uint32_t position, struct err *err)
{
	const struct target *targets = s->in->targets;

	while (s->position > position) {
		uint32_t at = s->position;
		bool forced = false;

		if (s->ends[at] > 0 && save_table(s, err) != 0)
			return -1;
		do {
			at--;
			forced |= targets[at].forced;
		} while (at > position && s->ends[at] == 0);
		shift_table(s, s->position - at, forced);
		s->position = at;
	}
	return 0;
}

static void
take_free(struct cover_dp *s, size_t c, const struct cover_dp_worth *behind)
{
	const struct candidate *candidate = &s->in->list[c];
	uint64_t cost = COST_UNIT + s->collateral_cost * candidate->collateral;
	size_t w, bit;

	for (w = s->rows - 1; w > 0; w--) {
		struct cover_dp_worth *old = &s->worths[w],
				      with = behind[w - 1];
		bool take;

		if (with.cost == UINT64_MAX)
			continue;
		with.cost += cost;
		with.collateral += candidate->collateral;
		if (with.cost != old->cost)
			take = with.cost < old->cost;
		else if (with.collateral != old->collateral)
			take = with.collateral < old->collateral;
		else
			take = candidate->sorts_first;
		if (!take)
			continue;
		*old = with;
		if (!s->decisions || c < s->low || c >= s->high)
			continue;
		bit = decision_bit(s, c, w, 0);
		s->decisions[bit / WORD] |= (uint64_t)1 << (bit % WORD);
	}
}

/* One row of take_full, with its decisions if they are kept. */
static void
take_row(int32_t *row, const int32_t *behind, size_t width, int32_t collateral,
	int32_t tie, uint64_t *decisions)
{
	unsigned char takes[WORD];
	size_t from, e, count;
	uint64_t word;

	for (from = 0; from < width; from += WORD) {
		count = width - from < WORD ? width - from : WORD;
		for (e = 0; e < count; e++) {
			int32_t with = behind[from + e] + collateral;
			int32_t without = row[from + e];

			takes[e] = with < without + tie;
			row[from + e] = with < without ? with : without;
		}
		if (!decisions)
			continue;
		word = 0;
		for (e = 0; e < count; e++)
			word |= (uint64_t)takes[e] << e;
		decisions[from / WORD] = word;
	}
}

static void
take_full(struct cover_dp *s, size_t c, const int32_t *behind)
{
	const struct candidate *candidate = &s->in->list[c];
	bool keep = s->decisions && c >= s->low && c < s->high;
	size_t w;

	for (w = s->rows - 1; w > 0; w--)
		take_row(s->losses + w * s->width, behind + (w - 1) * s->width,
			s->width, (int32_t)candidate->collateral,
			candidate->sorts_first,
			keep ? s->decisions + decision_bit(s, c, w, 0) / WORD
			     : NULL);
}

/* Sweep down to the first target, or no further than kept decisions need. */
static int
cover_dp_run(struct cover_dp *s, struct err *err)
{
	size_t stop = s->decisions ? s->low : 0, c;

	start_table(s);
	for (c = s->in->count; c > stop; c--) {
		const struct candidate *candidate = &s->in->list[c - 1];
		struct saved_table *behind;

		if (move_to(s, candidate->first, err) != 0)
			return -1;
		behind = &s->saved[s->saved_count - 1];
		if (s->full)
			take_full(s, c - 1, behind->cells);
		else
			take_free(s, c - 1, behind->cells);
		if (--behind->uses == 0)
			free(s->saved[--s->saved_count].cells);
	}
	return stop == 0 ? move_to(s, 0, err) : 0;
}

/* Is a choice better than the best so far? */
static bool
is_better(const struct cover_dp_choice *a, const struct cover_dp_choice *b)
{
	if (a->worth.cost != b->worth.cost)
		return a->worth.cost < b->worth.cost;
	if (a->worth.collateral != b->worth.collateral)
		return a->worth.collateral < b->worth.collateral;
	if (a->items != b->items)
		return a->items < b->items;
	return a->wildcards < b->wildcards;
}

/* What one state of the first target comes to; false where it is no cover. */
static bool
state_choice(const struct cover_dp *s, size_t w, size_t e,
	struct cover_dp_choice *out)
{
	struct cover_dp_worth worth;
	size_t items = w + e;

	if (s->full) {
		int32_t loss = s->losses[w * s->width + e];

		if (loss >= NO_COVER)
			return false;
		worth.collateral = (uint64_t)loss;
		worth.cost = items * COST_UNIT +
			     s->collateral_cost * worth.collateral;
	} else {
		worth = s->worths[w];
		if (worth.cost == UINT64_MAX)
			return false;
		items = (size_t)((worth.cost - s->collateral_cost *
						       worth.collateral) /
				 COST_UNIT);
	}
	*out = (struct cover_dp_choice){worth, items, w};
	return true;
}

static struct cover_dp_choice
best_choice(const struct cover_dp *s, size_t paths_max)
{
	struct cover_dp_choice best = {{UINT64_MAX, 0}, 0, 0}, one;
	size_t w, e;

	for (w = 0; w < s->rows; w++)
		for (e = 0; e < s->width; e++)
			if (state_choice(s, w, e, &one) &&
				one.items <= paths_max &&
				is_better(&one, &best))
				best = one;
	return best;
}

/*
 * Follow the decisions from the first target; where they end, sweep again for
 * the next part of them.
 */
static int
read_items(struct cover_dp *s, const struct cover_dp_choice *choice,
	struct cover_dp_item *items, struct err *err)
{
	const struct candidates *in = s->in;
	size_t c = 0, w = choice->wildcards, e = choice->items - w, n = 0;
	uint32_t position = 0;

	while (position < in->target_count) {
		if (c == in->count || in->list[c].first > position) {
			items[n++] = (struct cover_dp_item){false, position++};
			e--;
			continue;
		}
		if (c >= s->high && (keep_decisions(s, c, err) != 0 ||
					    cover_dp_run(s, err) != 0))
			return -1;
		if (!is_taken(s, c, w, e)) {
			c++;
			continue;
		}
		items[n++] = (struct cover_dp_item){true, (uint32_t)c};
		position = in->list[c].end;
		w--;
		while (c < in->count && in->list[c].first < position)
			c++;
	}
	return 0;
}

static int
run(struct cover_dp *s, size_t paths_max, struct cover_dp_choice *choice,
	struct cover_dp_item **items, struct err *err)
{
	int rc = cover_dp_init(s, err);

	if (rc == 0 && items)
		rc = keep_decisions(s, 0, err);
	if (rc == 0)
		rc = cover_dp_run(s, err);
	if (rc == 0)
		*choice = best_choice(s, paths_max);
	if (rc == 0 && items && choice->worth.cost != UINT64_MAX) {
		*items = malloc((choice->items + 1) * sizeof(**items));
		rc = *items ? read_items(s, choice, *items, err)
			    : err_memory(err);
	}
	cover_dp_release(s);
	return rc;
}

int
cover_dp_unlimited(const struct candidates *candidates, size_t wildcards_max,
	uint64_t collateral_cost, struct cover_dp_choice *choice,
	struct cover_dp_item **items, struct err *err)
{
	struct cover_dp s = {
		.in = candidates,
		.collateral_cost = collateral_cost,
		.rows = wildcards_max + 1,
		.width = 1,
	};

	return run(&s, SIZE_MAX - 1, choice, items, err);
}

int
cover_dp_limited(const struct candidates *candidates,
	const struct plan_limits *limits, struct cover_dp_choice *choice,
	struct cover_dp_item **items, struct err *err)
{
	size_t exact = limits->paths_max;
	struct cover_dp s = {
		.in = candidates,
		.collateral_cost = limits->collateral_cost,
		.full = true,
		.rows = limits->wildcards_max + 1,
	};

	if (exact > candidates->target_count)
		exact = candidates->target_count;
	s.width = exact + 1;
	return run(&s, limits->paths_max, choice, items, err);
}
