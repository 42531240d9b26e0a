/* Functions about objects, and about any value. */
#include "cmd/awscli/jmespath_objects.h"

#include <string.h>

#include "cmd/awscli/jmespath_types.h"
#include "cmd/awscli/python_text.h"
#include "cmd/awscli/value_repr.h"

const struct value *
jmespath_keys(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	struct value *keys = jmespath_run_new(run, VALUE_LIST);
	const struct value *v;

	(void)count;
	for (v = args[0]->first; v && keys; v = v->next)
		keys = jmespath_run_append(run, keys,
			jmespath_run_string(run, v->key, v->key_len));
	return keys;
}

const struct value *
jmespath_values(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	struct value *values = jmespath_run_new(run, VALUE_LIST);
	const struct value *v;

	(void)count;
	for (v = args[0]->first; v && values; v = v->next)
		values = jmespath_run_append(run, values, v);
	return values;
}

/* The elements of a string are its characters, those of a dict its keys. */
static const struct value *
elements_of(struct jmespath_run *run, const struct value *value)
{
	struct value *list;
	size_t at, n;
	uint32_t c;

	if (value->type == VALUE_LIST)
		return value;
	if (value_is_dict(value))
		return jmespath_keys(run, &value, 1);
	list = jmespath_run_new(run, VALUE_LIST);
	for (at = 0; list && at < value->len; at += n) {
		n = python_text_next(value->text + at, value->len - at, &c);
		list = jmespath_run_append(run, list,
			jmespath_run_string(run, value->text + at, n));
	}
	return list;
}

static bool
has_elements(const struct value *value)
{
	return value_is_container(value) || value->type == VALUE_STRING;
}

/* Set a key from a pair, element `number` of what is merged. */
static struct value *
merge_pair(struct jmespath_run *run, struct value *merged,
	const struct value *pair, size_t number)
{
	const struct value *elements;

	if (!has_elements(pair)) {
		fault_set(run->fault, AWSCLI_GENERAL_ERROR,
			"cannot convert dictionary update sequence element "
			"#%zu to a sequence",
			number);
		return NULL;
	}
	elements = elements_of(run, pair);
	if (!elements)
		return NULL;
	if (elements->count != 2) {
		fault_set(run->fault, AWSCLI_GENERAL_ERROR,
			"dictionary update sequence element #%zu has length "
			"%zu; 2 is required",
			number, elements->count);
		return NULL;
	}
	if (value_is_container(elements->first)) {
		fault_set(run->fault, AWSCLI_GENERAL_ERROR,
			"unhashable type: '%s'",
			value_type_name(elements->first));
		return NULL;
	}
	if (elements->first->type != VALUE_STRING)
		return jmespath_run_fail(
			run, "In function merge(): a key is no string");
	return jmespath_run_set(run, merged, elements->first->text,
		elements->first->len, elements->last);
}

/*
 * Arguments but the first need not be objects. Python then takes their elements
 * for pairs of a key and a value.
 */
static struct value *
merge_sequence(struct jmespath_run *run, struct value *merged,
	const struct value *sequence)
{
	const struct value *v;
	size_t number = 0;

	if (!has_elements(sequence)) {
		fault_set(run->fault, AWSCLI_GENERAL_ERROR,
			"'%s' object is not iterable",
			value_type_name(sequence));
		return NULL;
	}
	sequence = elements_of(run, sequence);
	for (v = sequence ? sequence->first : NULL; v && merged; v = v->next)
		merged = merge_pair(run, merged, v, number++);
	return sequence ? merged : NULL;
}

const struct value *
jmespath_merge(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	struct value *merged = jmespath_run_new(run, VALUE_DICT);
	const struct value *v;
	size_t i;

	for (i = 0; i < count && merged; i++) {
		if (!value_is_dict(args[i])) {
			merged = merge_sequence(run, merged, args[i]);
			continue;
		}
		for (v = args[i]->first; v && merged; v = v->next)
			merged = jmespath_run_set(
				run, merged, v->key, v->key_len, v);
	}
	return merged;
}

const struct value *
jmespath_not_null(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	size_t i;

	(void)run;
	for (i = 0; i < count; i++)
		if (args[i]->type != VALUE_NULL)
			return args[i];
	return &jmespath_run_null;
}

const struct value *
jmespath_to_array(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	(void)count;
	if (args[0]->type == VALUE_LIST)
		return args[0];
	return jmespath_run_append(
		run, jmespath_run_new(run, VALUE_LIST), args[0]);
}

const struct value *
jmespath_type(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	const char *name = jmespath_type_name(args[0]);

	(void)count;
	if (args[0]->type == VALUE_REFERENCE)
		return &jmespath_run_null;
	return jmespath_run_string(run, name, strlen(name));
}
