/* The table of functions, and their signatures. */
#include "cmd/awscli/jmespath_functions.h"

#include <string.h>

#include "cmd/awscli/jmespath_lists.h"
#include "cmd/awscli/jmespath_numbers.h"
#include "cmd/awscli/jmespath_objects.h"
#include "cmd/awscli/jmespath_strings.h"
#include "cmd/awscli/jmespath_types.h"

enum {
	ARGS_MAX = 2, /* of a signature */
};

static const struct jmespath_signature {
	const char *name;
	jmespath_function_fn *call;
	size_t count;
	bool variadic; /* the last argument may come more than once */
	/* in the order in which errors list them */
	enum jmespath_type types[ARGS_MAX][JMESPATH_TYPES_MAX];
} functions[] = {
	{"abs", jmespath_abs, 1, false, {{JMESPATH_NUMBER}}},
	{"avg", jmespath_avg, 1, false, {{JMESPATH_NUMBERS}}},
	{"ceil", jmespath_ceil, 1, false, {{JMESPATH_NUMBER}}},
	{"contains", jmespath_contains, 2, false,
		{{JMESPATH_ARRAY, JMESPATH_STRING}, {JMESPATH_ANY}}},
	{"ends_with", jmespath_ends_with, 2, false,
		{{JMESPATH_STRING}, {JMESPATH_STRING}}},
	{"floor", jmespath_floor, 1, false, {{JMESPATH_NUMBER}}},
	{"join", jmespath_join, 2, false,
		{{JMESPATH_STRING}, {JMESPATH_STRINGS}}},
	{"keys", jmespath_keys, 1, false, {{JMESPATH_OBJECT}}},
	{"length", jmespath_length, 1, false,
		{{JMESPATH_STRING, JMESPATH_ARRAY, JMESPATH_OBJECT}}},
	{"map", jmespath_map, 2, false,
		{{JMESPATH_EXPRESSION}, {JMESPATH_ARRAY}}},
	{"max", jmespath_max, 1, false, {{JMESPATH_NUMBERS, JMESPATH_STRINGS}}},
	{"max_by", jmespath_max_by, 2, false,
		{{JMESPATH_ARRAY}, {JMESPATH_EXPRESSION}}},
	{"merge", jmespath_merge, 1, true, {{JMESPATH_OBJECT}}},
	{"min", jmespath_min, 1, false, {{JMESPATH_NUMBERS, JMESPATH_STRINGS}}},
	{"min_by", jmespath_min_by, 2, false,
		{{JMESPATH_ARRAY}, {JMESPATH_EXPRESSION}}},
	{"not_null", jmespath_not_null, 1, true, {{JMESPATH_ANY}}},
	{"reverse", jmespath_reverse, 1, false,
		{{JMESPATH_ARRAY, JMESPATH_STRING}}},
	{"sort", jmespath_sort, 1, false,
		{{JMESPATH_STRINGS, JMESPATH_NUMBERS}}},
	{"sort_by", jmespath_sort_by, 2, false,
		{{JMESPATH_ARRAY}, {JMESPATH_EXPRESSION}}},
	{"starts_with", jmespath_starts_with, 2, false,
		{{JMESPATH_STRING}, {JMESPATH_STRING}}},
	{"sum", jmespath_sum, 1, false, {{JMESPATH_NUMBERS}}},
	{"to_array", jmespath_to_array, 1, false, {{JMESPATH_ANY}}},
	{"to_number", jmespath_to_number, 1, false, {{JMESPATH_ANY}}},
	{"to_string", jmespath_to_string, 1, false, {{JMESPATH_ANY}}},
	{"type", jmespath_type, 1, false, {{JMESPATH_ANY}}},
	{"values", jmespath_values, 1, false, {{JMESPATH_OBJECT}}},
};

static const struct jmespath_signature *
find(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < sizeof(functions) / sizeof(functions[0]); i++)
		if (strlen(functions[i].name) == len &&
			memcmp(functions[i].name, name, len) == 0)
			return &functions[i];
	return NULL;
}

static bool
check_count(struct jmespath_run *run, const struct jmespath_signature *f,
	size_t count)
{
	if (f->variadic ? count >= f->count : count == f->count)
		return true;
	fault_set(run->fault, AWSCLI_GENERAL_ERROR,
		"Expected %s%zu argument%s for function %s(), received %zu",
		f->variadic ? "at least " : "", f->count,
		f->count == 1 ? "" : "s", f->name, count);
	return false;
}

const struct value *
jmespath_functions_call(struct jmespath_run *run, const char *name, size_t len,
	const struct value *const *args, size_t count)
{
	const struct jmespath_signature *f = find(name, len);
	size_t i;

	if (!f) {
		fault_set(run->fault, AWSCLI_GENERAL_ERROR,
			"Unknown function: %s()", name);
		return NULL;
	}
	if (!check_count(run, f, count))
		return NULL;
	for (i = 0; i < f->count; i++)
		if (!jmespath_types_check(run, f->name, args[i], f->types[i]))
			return NULL;
	return f->call(run, args, count);
}
