/* Checks the types of arguments. */
#include "cmd/awscli/jmespath_types.h"

#include "cmd/awscli/python_number.h"
#include "cmd/awscli/value_repr.h"

const char *
jmespath_type_name(const struct value *value)
{
	static const char *const names[] = {
		[VALUE_NULL] = "null",
		[VALUE_BOOL] = "boolean",
		[VALUE_INT] = "number",
		[VALUE_FLOAT] = "number",
		[VALUE_STRING] = "string",
		[VALUE_BYTES] = "unknown",
		[VALUE_LIST] = "array",
		[VALUE_DICT] = "object",
		[VALUE_ORDERED] = "object",
		[VALUE_REFERENCE] = "expref",
	};

	return names[value->type];
}

void *
jmespath_types_fail(struct jmespath_run *run, const char *function,
	const struct value *value, const enum jmespath_type *types,
	const char *received)
{
	static const char *const names[] = {
		[JMESPATH_STRING] = "string",
		[JMESPATH_NUMBER] = "number",
		[JMESPATH_ARRAY] = "array",
		[JMESPATH_OBJECT] = "object",
		[JMESPATH_EXPRESSION] = "expref",
		[JMESPATH_STRINGS] = "array-string",
		[JMESPATH_NUMBERS] = "array-number",
	};
	struct buf *out = &run->fault->text;
	size_t i;

	if (!jmespath_run_check(run, value))
		return NULL;
	fault_set(run->fault, AWSCLI_GENERAL_ERROR,
		"In function %s(), invalid type for value: ", function);
	value_str(out, value);
	buf_addstr(out, ", expected one of: [");
	for (i = 0; types[i] != JMESPATH_ANY; i++)
		buf_addf(out, "%s'%s'", i > 0 ? ", " : "", names[types[i]]);
	buf_addf(out, "], received: \"%s\"", received);
	return NULL;
}

/* Python's __name__ of the type, which the errors about elements show. */
static const char *
python_name(const struct value *value)
{
	return value->type == VALUE_ORDERED ? "OrderedDict"
					    : value_type_name(value);
}

static bool
is_kind(const struct value *value, enum jmespath_type elements)
{
	return elements == JMESPATH_STRINGS ? value->type == VALUE_STRING
					    : python_number_is(value);
}

/* Are all elements of one of the kinds of arrays that are listed? */
static bool
check_elements(struct jmespath_run *run, const char *function,
	const struct value *list, const enum jmespath_type *types)
{
	const struct value *v = list->first;
	size_t kind = 0;

	if (!jmespath_run_step(run, list->count))
		return false;
	while (v && types[kind + 1] != JMESPATH_ANY && !is_kind(v, types[kind]))
		kind++;
	for (; v; v = v->next)
		if (!is_kind(v, types[kind]))
			return jmespath_types_fail(run, function, v, types,
				       python_name(v)) != NULL;
	return true;
}

static bool
is_type(const struct value *value, enum jmespath_type type)
{
	switch (type) {
	case JMESPATH_STRING:
		return value->type == VALUE_STRING;
	case JMESPATH_NUMBER:
		return python_number_is(value);
	case JMESPATH_OBJECT:
		return value_is_dict(value);
	case JMESPATH_EXPRESSION:
		return value->type == VALUE_REFERENCE;
	case JMESPATH_ARRAY:
	case JMESPATH_STRINGS:
	case JMESPATH_NUMBERS:
		return value->type == VALUE_LIST;
	default:
		return true;
	}
}

bool
jmespath_types_check(struct jmespath_run *run, const char *function,
	const struct value *value, const enum jmespath_type *types)
{
	size_t i;

	for (i = 0; types[i] != JMESPATH_ANY; i++)
		if (is_type(value, types[i]))
			return types[i] < JMESPATH_STRINGS ||
			       check_elements(run, function, value, types);
	return i == 0 || jmespath_types_fail(run, function, value, types,
				 jmespath_type_name(value)) != NULL;
}
