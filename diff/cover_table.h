/*
 * The table of the dynamic programme (diff/cover_dp.h) as it moves from the last
 * target to the first.
 *
 * At a target, it has the value of the best cover of the targets from there on
 * for each number of wildcards (a row) and, if the paths are limited, of exact
 * paths (a column). Decisions are bits that say, for a candidate and each cell,
 * whether the best cover takes the candidate.
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
	bool limited; /* count exact paths; else columns is 1 */
	size_t rows, columns;

	/* the cells at `position`: [w * columns + e], of one of two kinds */
	uint32_t position;
	struct cover_value *values; /* unlimited */
	int32_t *collaterals; /* limited */
	size_t size; /* in bytes */

	/* copies to come back to; the last is the nearest */
	struct cover_table_copy *copies;
	size_t copy_count, copy_capacity;
	uint32_t *ends; /* how many candidates end at each target */

	size_t row_words; /* of the decisions of one candidate and one row */
};

/* Release also after a failure, which can only be one of memory. */
int cover_table_init(struct cover_table *table, struct err *err);
void cover_table_release(struct cover_table *table);

/* Go to the end of the targets: only the empty cover is left to find there. */
void cover_table_start(struct cover_table *table);

/* Move down to a target. */
int cover_table_move(
	struct cover_table *table, uint32_t position, struct err *err);

/*
 * Move down to the first target of a candidate and let covers take it. If
 * `decisions` is not NULL, set its bits there: cover_table_decision_words words,
 * all zero before. Every candidate must be taken, from the last to the first.
 */
int cover_table_take(struct cover_table *table, size_t index,
	uint64_t *decisions, struct err *err);

/* How many words the decisions of one candidate need. */
size_t cover_table_decision_words(const struct cover_table *table);

/* Is the candidate of these decisions taken with w wildcards, e exact paths? */
bool cover_table_is_taken(const struct cover_table *table,
	const uint64_t *decisions, size_t w, size_t e);

/* The best cover from `position` on with w and e; false if there is none. */
bool cover_table_get(const struct cover_table *table, size_t w, size_t e,
	struct cover *cover);

#endif
