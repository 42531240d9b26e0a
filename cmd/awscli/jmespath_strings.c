/* Functions about strings. */
#include "cmd/awscli/jmespath_strings.h"

#include <string.h>

#include "cmd/awscli/json_dump.h"
#include "cmd/awscli/python_text.h"
#include "cmd/awscli/value_equal.h"
#include "cmd/awscli/value_repr.h"

enum {
	STRING_MAX = 1024 * 1024 * 1024, /* as much as can be printed */
};

/* Make a string of what a buffer holds, and release it. */
static const struct value *
take_string(struct jmespath_run *run, struct buf *text)
{
	const struct value *string = NULL;

	if (text->failed == ERR_MEMORY)
		fault_no_memory(run->fault);
	else if (text->failed)
		fault_set(run->fault, AWSCLI_GENERAL_ERROR,
			"--query makes a string of more than %d bytes",
			STRING_MAX);
	else
		string = jmespath_run_string(run, buf_str(text), text->len);
	buf_release(text);
	return string;
}

static bool
has_part(const struct value *text, const struct value *part)
{
	size_t at;

	for (at = 0; at + part->len <= text->len; at++)
		if (memcmp(text->text + at, part->text, part->len) == 0)
			return true;
	return false;
}

const struct value *
jmespath_contains(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	const struct value *v, *wanted = args[1];

	(void)count;
	if (args[0]->type == VALUE_STRING && wanted->type == VALUE_STRING)
		return jmespath_run_bool(run, has_part(args[0], wanted));
	if (args[0]->type == VALUE_STRING) {
		fault_set(run->fault, AWSCLI_GENERAL_ERROR,
			"'in <string>' requires string as left operand, not %s",
			value_type_name(wanted));
		return NULL;
	}
	if (!jmespath_run_check(run, args[0]))
		return NULL;
	for (v = args[0]->first; v; v = v->next) {
		if (!jmespath_run_check(run, wanted))
			return NULL;
		if (value_same(v, wanted))
			return jmespath_run_bool(run, true);
	}
	return jmespath_run_bool(run, false);
}

const struct value *
jmespath_starts_with(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	(void)count;
	return jmespath_run_bool(run,
		args[1]->len <= args[0]->len &&
			memcmp(args[0]->text, args[1]->text, args[1]->len) ==
				0);
}

const struct value *
jmespath_ends_with(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	(void)count;
	return jmespath_run_bool(
		run, args[1]->len <= args[0]->len &&
			     memcmp(args[0]->text + args[0]->len - args[1]->len,
				     args[1]->text, args[1]->len) == 0);
}

const struct value *
jmespath_join(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	const struct value *v;
	struct buf text;

	(void)count;
	buf_init(&text, STRING_MAX);
	for (v = args[1]->first; v; v = v->next) {
		if (v != args[1]->first)
			buf_add(&text, args[0]->text, args[0]->len);
		buf_add(&text, v->text, v->len);
	}
	return take_string(run, &text);
}

const struct value *
jmespath_length(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	(void)count;
	return jmespath_run_int(
		run, (long long)(args[0]->type == VALUE_STRING
					 ? python_text_length(
						   args[0]->text, args[0]->len)
					 : args[0]->count));
}

static const struct value *
reverse_list(struct jmespath_run *run, const struct value *list)
{
	const struct value **items = jmespath_run_array(run, list);
	struct value *reversed =
		items ? jmespath_run_new(run, VALUE_LIST) : NULL;
	size_t i;

	for (i = list->count; i > 0 && reversed; i--)
		reversed = jmespath_run_append(run, reversed, items[i - 1]);
	return reversed;
}

const struct value *
jmespath_reverse(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	const struct value *text = args[0];
	struct value *reversed;
	size_t at, n;
	uint32_t c;
	char *to;

	(void)count;
	if (text->type == VALUE_LIST)
		return reverse_list(run, text);
	reversed = jmespath_run_string(run, text->text, text->len);
	to = reversed ? (char *)reversed->text + text->len : NULL;
	for (at = 0; to && at < text->len; at += n) {
		n = python_text_next(text->text + at, text->len - at, &c);
		to -= n;
		memcpy(to, text->text + at, n);
	}
	return reversed;
}

const struct value *
jmespath_to_string(
	struct jmespath_run *run, const struct value *const *args, size_t count)
{
	struct buf text;

	(void)count;
	if (args[0]->type == VALUE_STRING)
		return args[0];
	if (!jmespath_run_check(run, args[0]))
		return NULL;
	buf_init(&text, STRING_MAX);
	json_dump_compact(&text, args[0]);
	return take_string(run, &text);
}
