/* Counts the steps of an evaluation, and makes its values. */
#include "cmd/awscli/jmespath_run.h"

const struct value jmespath_run_null = {.type = VALUE_NULL};

bool
jmespath_run_step(struct jmespath_run *run, size_t count)
{
	if (count <= (size_t)(JMESPATH_STEPS_MAX - run->steps)) {
		run->steps += (long)count;
		return true;
	}
	fault_set(run->fault, AWSCLI_GENERAL_ERROR,
		"--query takes more than %d steps", JMESPATH_STEPS_MAX);
	return false;
}

void *
jmespath_run_fail(struct jmespath_run *run, const char *message)
{
	fault_set(run->fault, AWSCLI_GENERAL_ERROR, "%s", message);
	return NULL;
}

/* Count a new value, and check that there was memory for it. */
static struct value *
count_value(struct jmespath_run *run, struct value *value)
{
	if (!value) {
		fault_no_memory(run->fault);
		return NULL;
	}
	if (run->values++ < JMESPATH_VALUES_MAX)
		return value;
	fault_set(run->fault, AWSCLI_GENERAL_ERROR,
		"--query makes more than %d values", JMESPATH_VALUES_MAX);
	return NULL;
}

struct value *
jmespath_run_new(struct jmespath_run *run, enum value_type type)
{
	return count_value(run, value_new(run->arena, type));
}

struct value *
jmespath_run_bool(struct jmespath_run *run, bool truth)
{
	return count_value(run, value_new_bool(run->arena, truth));
}

struct value *
jmespath_run_int(struct jmespath_run *run, long long number)
{
	return count_value(run, value_new_int(run->arena, number));
}

struct value *
jmespath_run_string(struct jmespath_run *run, const char *text, size_t len)
{
	return count_value(
		run, value_new_text(run->arena, VALUE_STRING, text, len));
}

struct value *
jmespath_run_append(
	struct jmespath_run *run, struct value *list, const struct value *value)
{
	struct value *copy;

	if (!list || !value)
		return NULL;
	copy = count_value(run, value_copy(run->arena, value));
	return copy && value_append(list, copy) ? list : NULL;
}

struct value *
jmespath_run_set(struct jmespath_run *run, struct value *dict, const char *key,
	size_t len, const struct value *value)
{
	struct value *copy;

	if (!dict || !value || !jmespath_run_step(run, dict->count))
		return NULL;
	copy = count_value(run, value_copy(run->arena, value));
	if (!copy || value_set_key(dict, key, len, copy))
		return copy ? dict : NULL;
	fault_set(run->fault, AWSCLI_GENERAL_ERROR,
		"--query makes an object of more than %d keys", VALUE_KEYS_MAX);
	return NULL;
}

const struct value **
jmespath_run_array(struct jmespath_run *run, const struct value *list)
{
	const struct value **array, *v;
	size_t count = 0;

	if (!jmespath_run_step(run, list->count))
		return NULL;
	array = arena_alloc(
		run->arena, (list->count + 1) * sizeof(const struct value *));
	if (!array) {
		fault_no_memory(run->fault);
		return NULL;
	}
	for (v = list->first; v; v = v->next)
		array[count++] = v;
	return array;
}

static bool
is_fit(struct jmespath_run *run, const struct value *value, bool printable,
	int depth)
{
	const struct value *v;

	if (!jmespath_run_step(run, 1))
		return false;
	if (value->type == VALUE_REFERENCE && printable)
		return jmespath_run_fail(run,
			       "--query: an expression, as in &name, is no "
			       "value: only functions take it") != NULL;
	if (!value_is_container(value))
		return true;
	if (depth > VALUE_DEPTH_MAX) {
		fault_set(run->fault, AWSCLI_GENERAL_ERROR,
			"--query makes a value of more than %d levels",
			VALUE_DEPTH_MAX);
		return false;
	}
	for (v = value->first; v; v = v->next)
		if (!is_fit(run, v, printable, depth + 1))
			return false;
	return true;
}

const struct value *
jmespath_run_check(struct jmespath_run *run, const struct value *value)
{
	return value && is_fit(run, value, false, 1) ? value : NULL;
}

const struct value *
jmespath_run_check_printable(
	struct jmespath_run *run, const struct value *value)
{
	return value && is_fit(run, value, true, 1) ? value : NULL;
}
