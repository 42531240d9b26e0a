/* Evaluates a tree, node by node. */
#include "cmd/awscli/jmespath_evaluator.h"

#include <limits.h>

#include "cmd/awscli/jmespath_compare.h"
#include "cmd/awscli/jmespath_functions.h"
#include "cmd/awscli/python_number.h"

static const struct value *
visit(struct jmespath_run *run, const struct jmespath_node *node,
	const struct value *value)
{
	return run->visit(run, node, value);
}

/* Neither null nor false nor empty; a number is true, even 0. */
static bool
is_true(const struct value *value)
{
	return python_number_is(value) || value->type == VALUE_REFERENCE ||
	       value_is_true(value);
}

/* ------------------------------------------------------- parts of values */

static const struct value *
get_field(struct jmespath_run *run, const struct jmespath_node *node,
	const struct value *value)
{
	const struct value *v;

	if (!value_is_dict(value))
		return &jmespath_run_null;
	if (!jmespath_run_step(run, value->count))
		return NULL;
	v = value_get_key(value, node->text, node->len);
	return v ? v : &jmespath_run_null;
}

static const struct value *
get_index(struct jmespath_run *run, const struct jmespath_node *node,
	const struct value *value)
{
	const struct value *v = value->first;
	long long at = node->numbers[0];

	if (value->type != VALUE_LIST)
		return &jmespath_run_null;
	at = at < 0 ? at + (long long)value->count : at;
	if (at < 0 || at >= (long long)value->count)
		return &jmespath_run_null;
	if (!jmespath_run_step(run, (size_t)at))
		return NULL;
	while (at-- > 0)
		v = v->next;
	return v;
}

/* Where a slice starts or stops: between `low` and `high`. */
static long long
bound(long long given, long long count, long long low, long long high)
{
	given = given < 0 ? given + count : given;
	return given < low ? low : given > high ? high : given;
}

/* [start:stop:step], as Python slices a list. */
static const struct value *
get_slice(struct jmespath_run *run, const struct jmespath_node *node,
	const struct value *value)
{
	long long step = node->given[2] ? node->numbers[2] : 1, at, stop;
	long long count = (long long)value->count, low, high;
	const struct value **items;
	struct value *slice;

	if (value->type != VALUE_LIST)
		return &jmespath_run_null;
	if (step == 0)
		return jmespath_run_fail(run, "slice step cannot be zero");
	/* further than a list is long makes no difference */
	step = step > LLONG_MAX / 2   ? LLONG_MAX / 2
	       : step < LLONG_MIN / 2 ? LLONG_MIN / 2
				      : step;
	low = step < 0 ? -1 : 0;
	high = step < 0 ? count - 1 : count;
	at = node->given[0] ? bound(node->numbers[0], count, low, high)
			    : (step < 0 ? high : low);
	stop = node->given[1] ? bound(node->numbers[1], count, low, high)
			      : (step < 0 ? low : high);
	items = jmespath_run_array(run, value);
	slice = items ? jmespath_run_new(run, VALUE_LIST) : NULL;
	for (; slice && (step < 0 ? at > stop : at < stop); at += step)
		slice = jmespath_run_append(run, slice, items[at]);
	return slice;
}

/* ----------------------------------------------------------- projections */

/* Apply a node to an element, and append the result if it is not null. */
static struct value *
collect(struct jmespath_run *run, struct value *list,
	const struct jmespath_node *node, const struct value *element)
{
	const struct value *made = visit(run, node, element);

	if (!made || made->type != VALUE_NULL)
		return jmespath_run_append(run, list, made);
	return list;
}

/* [*] and *: apply a node to each element of a list or a dict. */
static const struct value *
project(struct jmespath_run *run, const struct jmespath_node *node,
	const struct value *value)
{
	const struct value *of = visit(run, node->first, value), *v;
	struct value *list;

	if (!of)
		return NULL;
	if (node->kind == JMESPATH_PROJECTION ? of->type != VALUE_LIST
					      : !value_is_dict(of))
		return &jmespath_run_null;
	list = jmespath_run_new(run, VALUE_LIST);
	for (v = of->first; v && list; v = v->next)
		list = collect(run, list, node->first->next, v);
	return list;
}

static const struct value *
filter(struct jmespath_run *run, const struct jmespath_node *node,
	const struct value *value)
{
	const struct value *of = visit(run, node->first, value), *v, *chosen;
	struct value *list;

	if (!of)
		return NULL;
	if (of->type != VALUE_LIST)
		return &jmespath_run_null;
	list = jmespath_run_new(run, VALUE_LIST);
	for (v = of->first; v && list; v = v->next) {
		chosen = visit(run, node->last, v);
		if (!chosen)
			return NULL;
		if (is_true(chosen))
			list = collect(run, list, node->first->next, v);
	}
	return list;
}

/* Replace each list among the elements by its own elements. */
static const struct value *
flatten(struct jmespath_run *run, const struct jmespath_node *node,
	const struct value *value)
{
	const struct value *of = visit(run, node->first, value), *v, *inner;
	struct value *flat;

	if (!of)
		return NULL;
	if (of->type != VALUE_LIST)
		return &jmespath_run_null;
	flat = jmespath_run_new(run, VALUE_LIST);
	for (v = of->first; v && flat; v = v->next) {
		if (v->type != VALUE_LIST) {
			flat = jmespath_run_append(run, flat, v);
			continue;
		}
		for (inner = v->first; inner && flat; inner = inner->next)
			flat = jmespath_run_append(run, flat, inner);
	}
	return flat;
}

/* ----------------------------------------------------- lists and objects */

static const struct value *
make_list(struct jmespath_run *run, const struct jmespath_node *node,
	const struct value *value)
{
	const struct jmespath_node *n;
	struct value *list;

	if (value->type == VALUE_NULL)
		return value;
	list = jmespath_run_new(run, VALUE_LIST);
	for (n = node->first; n && list; n = n->next)
		list = jmespath_run_append(run, list, visit(run, n, value));
	return list;
}

static const struct value *
make_hash(struct jmespath_run *run, const struct jmespath_node *node,
	const struct value *value)
{
	const struct jmespath_node *n;
	struct value *dict;

	if (value->type == VALUE_NULL)
		return value;
	dict = jmespath_run_new(run, VALUE_DICT);
	for (n = node->first; n && dict; n = n->next)
		dict = jmespath_run_set(run, dict, n->text, n->len,
			visit(run, n->first, value));
	return dict;
}

/* ------------------------------------------------------------- operators */

static const struct value *
chain(struct jmespath_run *run, const struct jmespath_node *node,
	const struct value *value)
{
	const struct jmespath_node *n;

	for (n = node->first; n && value; n = n->next)
		value = visit(run, n, value);
	return value;
}

/* || and &&: the right side if the left one doesn't decide. */
static const struct value *
choose(struct jmespath_run *run, const struct jmespath_node *node,
	const struct value *value)
{
	const struct value *left = visit(run, node->first, value);

	if (!left || is_true(left) == (node->kind == JMESPATH_OR))
		return left;
	return visit(run, node->last, value);
}

static const struct value *
negate(struct jmespath_run *run, const struct jmespath_node *node,
	const struct value *value)
{
	const struct value *of = visit(run, node->first, value);

	return of ? jmespath_run_bool(run, !is_true(of)) : NULL;
}

static const struct value *
compare(struct jmespath_run *run, const struct jmespath_node *node,
	const struct value *value)
{
	const struct value *left = visit(run, node->first, value), *right;
	bool result;

	right = left ? visit(run, node->last, value) : NULL;
	if (!right)
		return NULL;
	if (node->comparator == JMESPATH_EQ ||
		node->comparator == JMESPATH_NE) {
		if (!jmespath_compare_equal(run, left, right, &result))
			return NULL;
		return jmespath_run_bool(
			run, result == (node->comparator == JMESPATH_EQ));
	}
	if (!jmespath_compare_has_order(left, right))
		return &jmespath_run_null;
	return jmespath_compare_order(
		       run, node->comparator, left, right, &result)
		       ? jmespath_run_bool(run, result)
		       : NULL;
}

static const struct value *
call(struct jmespath_run *run, const struct jmespath_node *node,
	const struct value *value)
{
	const struct jmespath_node *n;
	struct value *args = jmespath_run_new(run, VALUE_LIST);
	const struct value **array;

	for (n = node->first; n && args; n = n->next)
		args = jmespath_run_append(run, args, visit(run, n, value));
	array = args ? jmespath_run_array(run, args) : NULL;
	return array ? jmespath_functions_call(
			       run, node->text, node->len, array, args->count)
		     : NULL;
}

static const struct value *
refer(struct jmespath_run *run, const struct jmespath_node *node)
{
	struct value *reference = jmespath_run_new(run, VALUE_REFERENCE);

	if (reference)
		reference->expression = node->first;
	return reference;
}

static const struct value *
visit_kind(struct jmespath_run *run, const struct jmespath_node *node,
	const struct value *value)
{
	switch (node->kind) {
	case JMESPATH_CURRENT:
		return value;
	case JMESPATH_FIELD:
		return get_field(run, node, value);
	case JMESPATH_LITERAL:
		return node->literal;
	case JMESPATH_INDEX:
		return get_index(run, node, value);
	case JMESPATH_SLICE:
		return get_slice(run, node, value);
	case JMESPATH_CHAIN:
	case JMESPATH_INDEX_CHAIN:
		return chain(run, node, value);
	case JMESPATH_PROJECTION:
	case JMESPATH_VALUE_PROJECTION:
		return project(run, node, value);
	case JMESPATH_FILTER:
		return filter(run, node, value);
	case JMESPATH_FLATTEN:
		return flatten(run, node, value);
	case JMESPATH_LIST:
		return make_list(run, node, value);
	case JMESPATH_HASH:
		return make_hash(run, node, value);
	case JMESPATH_MEMBER:
		return visit(run, node->first, value);
	case JMESPATH_COMPARISON:
		return compare(run, node, value);
	case JMESPATH_OR:
	case JMESPATH_AND:
		return choose(run, node, value);
	case JMESPATH_NOT:
		return negate(run, node, value);
	case JMESPATH_CALL:
		return call(run, node, value);
	case JMESPATH_REFERENCE:
		return refer(run, node);
	}
	return NULL;
}

const struct value *
jmespath_evaluator_visit(struct jmespath_run *run,
	const struct jmespath_node *node, const struct value *value)
{
	const struct value *result;

	if (!jmespath_run_step(run, 1))
		return NULL;
	if (run->depth == JMESPATH_DEPTH_MAX) {
		fault_set(run->fault, AWSCLI_GENERAL_ERROR,
			"--query calls itself more than %d levels deep",
			JMESPATH_DEPTH_MAX);
		return NULL;
	}
	run->depth++;
	result = visit_kind(run, node, value);
	run->depth--;
	return result;
}
