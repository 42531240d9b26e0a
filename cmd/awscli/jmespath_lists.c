/* Functions about arrays: maps, extremes and sorting. */
#include "cmd/awscli/jmespath_lists.h"

#include <stdlib.h>

#include "cmd/awscli/jmespath_compare.h"
#include "cmd/awscli/jmespath_types.h"
#include "cmd/awscli/python_number.h"
#include "cmd/awscli/python_text.h"

static const enum jmespath_type number_or_string[] = {
	JMESPATH_NUMBER, JMESPATH_STRING, JMESPATH_ANY};

static const struct value *
apply(struct jmespath_run *run, const struct value *reference,
	const struct value *value)
{
	return run->visit(run, reference->expression, value);
}

const struct value *
jmespath_map(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	struct value *list = jmespath_run_new(run, VALUE_LIST);
	const struct value *v;

	(void)count;
	for (v = args[1]->first; v && list; v = v->next)
		list = jmespath_run_append(run, list, apply(run, args[0], v));
	return list;
}

/* -------------------------------------------------------------- extremes */

/* The element that is first in the order of a comparator; null if none is. */
static const struct value *
find_extreme(struct jmespath_run *run, const struct value *list,
	enum jmespath_comparator comparator)
{
	const struct value *best = list->first, *v;
	bool better;

	for (v = list->first; v; v = v->next) {
		if (!jmespath_compare_order(run, comparator, v, best, &better))
			return NULL;
		best = better ? v : best;
	}
	return best ? best : &jmespath_run_null;
}

const struct value *
jmespath_max(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	(void)count;
	return find_extreme(run, args[0], JMESPATH_GT);
}

const struct value *
jmespath_min(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	(void)count;
	return find_extreme(run, args[0], JMESPATH_LT);
}

/* The key of an element, which has one of some types. */
static const struct value *
make_key(struct jmespath_run *run, const struct value *reference,
	const struct value *value, const char *function,
	const enum jmespath_type *types)
{
	const struct value *key = apply(run, reference, value);

	return key && jmespath_types_check(run, function, key, types) ? key
								      : NULL;
}

static const struct value *
find_extreme_by(struct jmespath_run *run, const struct value *const *args,
	const char *function, enum jmespath_comparator comparator)
{
	const struct value *best = NULL, *best_key = NULL, *key, *v;
	bool better = true;

	for (v = args[0]->first; v; v = v->next) {
		key = make_key(run, args[1], v, function, number_or_string);
		if (!key ||
			(best_key && !jmespath_compare_order(run, comparator,
					     key, best_key, &better)))
			return NULL;
		if (better) {
			best = v;
			best_key = key;
		}
	}
	return best ? best : &jmespath_run_null;
}

const struct value *
jmespath_max_by(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	(void)count;
	return find_extreme_by(run, args, "max_by", JMESPATH_GT);
}

const struct value *
jmespath_min_by(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	(void)count;
	return find_extreme_by(run, args, "min_by", JMESPATH_LT);
}

/* --------------------------------------------------------------- sorting */

struct jmespath_sorted {
	const struct value *item, *key;
	size_t place; /* keeps the order of what is equal */
};

/* NaN, which Python leaves anywhere, comes last. */
static int
compare_numbers(const struct value *a, const struct value *b)
{
	enum python_order order = python_number_compare(a, b);
	bool a_nan, b_nan;

	if (order != PYTHON_UNORDERED)
		return order;
	a_nan = python_number_compare(a, a) == PYTHON_UNORDERED;
	b_nan = python_number_compare(b, b) == PYTHON_UNORDERED;
	return a_nan - b_nan;
}

static int
compare_sorted(const void *left, const void *right)
{
	const struct jmespath_sorted *a = left, *b = right;
	int order = a->key->type == VALUE_STRING
			    ? python_text_compare(a->key->text, a->key->len,
				      b->key->text, b->key->len)
			    : compare_numbers(a->key, b->key);

	return order ? order : (a->place > b->place) - (a->place < b->place);
}

/* The items in the order of their keys. `sorted` has `count` of them. */
static const struct value *
sort(struct jmespath_run *run, struct jmespath_sorted *sorted, size_t count)
{
	struct value *list = jmespath_run_new(run, VALUE_LIST);
	size_t i;

	for (i = 0; i < count; i++)
		sorted[i].place = i;
	if (count > 0)
		qsort(sorted, count, sizeof(*sorted), compare_sorted);
	for (i = 0; i < count && list; i++)
		list = jmespath_run_append(run, list, sorted[i].item);
	return list;
}

static struct jmespath_sorted *
allocate_sorted(struct jmespath_run *run, size_t count)
{
	struct jmespath_sorted *sorted =
		arena_alloc(run->arena, (count + 1) * sizeof(*sorted));

	if (!sorted)
		fault_no_memory(run->fault);
	return sorted;
}

const struct value *
jmespath_sort(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	struct jmespath_sorted *sorted = allocate_sorted(run, args[0]->count);
	const struct value *v;
	size_t i = 0;

	(void)count;
	if (!sorted)
		return NULL;
	for (v = args[0]->first; v; v = v->next, i++)
		sorted[i].item = sorted[i].key = v;
	return sort(run, sorted, i);
}

/* The type that all keys must have: that of the first. */
static bool
choose_key_type(struct jmespath_run *run, const struct value *const *args,
	enum jmespath_type *types)
{
	static const enum jmespath_type string_or_number[] = {
		JMESPATH_STRING, JMESPATH_NUMBER, JMESPATH_ANY};
	const struct value *key = apply(run, args[1], args[0]->first);

	if (!key)
		return false;
	types[0] =
		key->type == VALUE_STRING ? JMESPATH_STRING : JMESPATH_NUMBER;
	types[1] = JMESPATH_ANY;
	return key->type == VALUE_STRING || python_number_is(key) ||
	       jmespath_types_fail(run, "sort_by", args[0]->first,
		       string_or_number, jmespath_type_name(key)) != NULL;
}

const struct value *
jmespath_sort_by(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	struct jmespath_sorted *sorted;
	enum jmespath_type types[2];
	const struct value *v;
	size_t i = 0;

	(void)count;
	if (!args[0]->first)
		return args[0];
	if (!choose_key_type(run, args, types))
		return NULL;
	sorted = allocate_sorted(run, args[0]->count);
	for (v = args[0]->first; v && sorted; v = v->next, i++) {
		sorted[i].item = v;
		sorted[i].key = make_key(run, args[1], v, "sort_by", types);
		if (!sorted[i].key)
			return NULL;
	}
	return sorted ? sort(run, sorted, i) : NULL;
}
