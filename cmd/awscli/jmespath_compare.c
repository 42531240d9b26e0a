/* Compares values. */
#include "cmd/awscli/jmespath_compare.h"

#include "cmd/awscli/python_number.h"
#include "cmd/awscli/python_text.h"
#include "cmd/awscli/value_equal.h"
#include "cmd/awscli/value_repr.h"

static bool
is_zero_or_one(const struct value *value)
{
	static const struct value zero = {.type = VALUE_INT, .text = "0"};
	static const struct value one = {.type = VALUE_INT, .text = "1"};

	return python_number_is(value) &&
	       (python_number_compare(value, &zero) == PYTHON_EQUAL ||
		       python_number_compare(value, &one) == PYTHON_EQUAL);
}

bool
jmespath_compare_equal(struct jmespath_run *run, const struct value *left,
	const struct value *right, bool *equal)
{
	if (!jmespath_run_check(run, left) || !jmespath_run_check(run, right))
		return false;
	*equal = value_equal(left, right);
	if ((is_zero_or_one(left) && right->type == VALUE_BOOL) ||
		(is_zero_or_one(right) && left->type == VALUE_BOOL))
		*equal = false;
	return true;
}

bool
jmespath_compare_has_order(const struct value *left, const struct value *right)
{
	return (python_number_is(left) || left->type == VALUE_STRING) &&
	       (python_number_is(right) || right->type == VALUE_STRING);
}

static bool
fail_order(struct jmespath_run *run, enum jmespath_comparator comparator,
	const struct value *left, const struct value *right)
{
	static const char *const signs[] = {
		[JMESPATH_LT] = "<",
		[JMESPATH_LE] = "<=",
		[JMESPATH_GT] = ">",
		[JMESPATH_GE] = ">=",
	};

	fault_set(run->fault, AWSCLI_GENERAL_ERROR,
		"'%s' not supported between instances of '%s' and '%s'",
		signs[comparator], value_type_name(left),
		value_type_name(right));
	return false;
}

bool
jmespath_compare_order(struct jmespath_run *run,
	enum jmespath_comparator comparator, const struct value *left,
	const struct value *right, bool *result)
{
	enum python_order order;
	int text_order;

	if (python_number_is(left) != python_number_is(right))
		return fail_order(run, comparator, left, right);
	if (python_number_is(left)) {
		order = python_number_compare(left, right);
	} else {
		text_order = python_text_compare(
			left->text, left->len, right->text, right->len);
		order = text_order < 0   ? PYTHON_LESS
			: text_order > 0 ? PYTHON_GREATER
					 : PYTHON_EQUAL;
	}
	*result =
		(order == PYTHON_LESS && (comparator == JMESPATH_LT ||
						 comparator == JMESPATH_LE)) ||
		(order == PYTHON_GREATER &&
			(comparator == JMESPATH_GT ||
				comparator == JMESPATH_GE)) ||
		(order == PYTHON_EQUAL && (comparator == JMESPATH_LE ||
						  comparator == JMESPATH_GE));
	return true;
}
