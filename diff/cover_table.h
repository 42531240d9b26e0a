/*
 * The table of the dynamic programme (diff/cover_dp.h), which moves from the
 * last target to the first.
 *
 * At each target, it holds the value of the best cover of the targets from
 * there on, for each number of wildcards (a row) and, if paths are limited, of
 * exact paths (a column). Decisions are bits that say, for a candidate and each
 * cell, whether the best cover takes the candidate.
 */
#ifndef DIFF_COVER_TABLE_H
#define DIFF_COVER_TABLE_H

#include "diff/candidates.h"
#include "diff/cover.h"

struct cover_table_copy;

struct cover_table {
	/* set by the caller before init */
	const struct candidates *candidates; /* borrowed */
	uint64_t collateral_cost;
	bool limited; /* count exact paths; otherwise columns is 1 */
	size_t rows, columns;

	/* the cells at `position`; cell (w, e) is at w * columns + e */
	uint32_t position;
	struct cover_value *values; /* unlimited */
	int32_t *weights; /* limited */
	size_t size; /* in bytes */

	/* copies to return to; the last is the nearest */
	struct cover_table_copy *copies;
	size_t copy_count, copy_capacity;
	uint32_t *ends; /* how many candidates end at each target */

	size_t row_words; /* for the decisions of one candidate in one row */
};

/* Fails only if memory runs out. Release the table even after a failure. */
int cover_table_init(struct cover_table *table, struct err *err);
void cover_table_release(struct cover_table *table);

/* Go to the end of the targets, where only the empty cover is possible. */
void cover_table_start(struct cover_table *table);

/* Move down to a target. */
int cover_table_move(
	struct cover_table *table, uint32_t position, struct err *err);

/*
 * Move down to the first target of a candidate and let covers take it. If
 * `decisions` is not NULL, set its bits there; the caller passes
 * cover_table_decision_words words, all zero. Every candidate must be taken,
 * from the last to the first.
 */
int cover_table_take(struct cover_table *table, size_t index,
	uint64_t *decisions, struct err *err);

/* How many words the decisions of one candidate need. */
size_t cover_table_decision_words(const struct cover_table *table);

/*
 * Is the candidate of these decisions taken with w wildcards and e exact paths?
 */
bool cover_table_is_taken(const struct cover_table *table,
	const uint64_t *decisions, size_t w, size_t e);

/*
 * Get the best cover from `position` on with w wildcards and e exact paths;
 * false if no cover has these.
 */
bool cover_table_get(const struct cover_table *table, size_t w, size_t e,
	struct cover *cover);

#endif
