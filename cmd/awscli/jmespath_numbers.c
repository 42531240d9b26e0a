/* Functions about numbers. */
#include "cmd/awscli/jmespath_numbers.h"

#include "cmd/awscli/python_number.h"
#include "cmd/awscli/value_repr.h"

const struct value *
jmespath_abs(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	(void)count;
	return python_number_abs(run->arena, args[0], run->fault);
}

const struct value *
jmespath_ceil(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	(void)count;
	return python_number_round(run->arena, args[0], true, run->fault);
}

const struct value *
jmespath_floor(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	(void)count;
	return python_number_round(run->arena, args[0], false, run->fault);
}

const struct value *
jmespath_sum(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	const struct value *sum = jmespath_run_int(run, 0), *v;

	(void)count;
	for (v = args[0]->first; v && sum; v = v->next)
		sum = python_number_add(run->arena, sum, v, run->fault);
	return sum;
}

const struct value *
jmespath_avg(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	const struct value *sum;

	if (args[0]->count == 0)
		return &jmespath_run_null;
	sum = jmespath_sum(run, args, count);
	return sum ? python_number_divide(
			     run->arena, sum, args[0]->count, run->fault)
		   : NULL;
}

const struct value *
jmespath_to_number(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	struct value *number;

	(void)count;
	if (python_number_is(args[0]))
		return args[0];
	if (args[0]->type == VALUE_REFERENCE)
		return jmespath_run_fail(run,
			"int() argument must be a string, a bytes-like object "
			"or a real number, not '_Expression'");
	if (args[0]->type != VALUE_STRING)
		return &jmespath_run_null;
	if (python_number_parse(run->arena, args[0]->text, args[0]->len,
		    &number, run->fault) != 0)
		return NULL;
	return number ? number : &jmespath_run_null;
}
