/* Compares values as Python's == does. */
#include "cmd/awscli/value_equal.h"

#include <string.h>

#include "cmd/awscli/python_number.h"

/* A bool counts as 0 or 1. */
static bool
to_number(struct value *out, const struct value *value)
{
	if (value->type == VALUE_BOOL)
		*out = (struct value){
			.type = VALUE_INT, .text = value->truth ? "1" : "0"};
	else
		*out = *value;
	return python_number_is(out);
}

static bool
equal_dicts(const struct value *left, const struct value *right)
{
	const struct value *v, *other;

	if (left->count != right->count)
		return false;
	for (v = left->first; v; v = v->next) {
		other = value_get_key(right, v->key, v->key_len);
		if (!other || !value_same(v, other))
			return false;
	}
	return true;
}

static bool
equal_lists(const struct value *left, const struct value *right)
{
	const struct value *a = left->first, *b = right->first;

	if (left->count != right->count)
		return false;
	for (; a && b; a = a->next, b = b->next)
		if (!value_same(a, b))
			return false;
	return true;
}

bool
value_equal(const struct value *left, const struct value *right)
{
	struct value a, b;

	if (to_number(&a, left))
		return to_number(&b, right) &&
		       python_number_compare(&a, &b) == PYTHON_EQUAL;
	if (value_is_dict(left))
		return value_is_dict(right) && equal_dicts(left, right);
	if (left->type != right->type)
		return false;
	switch (left->type) {
	case VALUE_NULL:
		return true;
	case VALUE_LIST:
		return equal_lists(left, right);
	case VALUE_REFERENCE:
		return left->expression == right->expression;
	default:
		return left->len == right->len &&
		       memcmp(left->text, right->text, left->len) == 0;
	}
}

bool
value_same(const struct value *left, const struct value *right)
{
	/* copies of a float share its text */
	if (left->type == VALUE_FLOAT && right->type == VALUE_FLOAT &&
		left->text == right->text)
		return true;
	return value_equal(left, right);
}
