/* Reads shorthand, fits it to a shape, and words its errors. */
#include "cmd/awscli/shorthand.h"

#include <string.h>

#include "base/utf8.h"
#include "cmd/awscli/python_int.h"
#include "cmd/awscli/python_text.h"
#include "cmd/awscli/shorthand_parser.h"
#include "cmd/awscli/value_repr.h"

/* Add the input, with a caret below the position of the error. */
static void
add_marked_input(struct buf *out, const struct shorthand_parser *p)
{
	const char *line = p->error_at, *rest;
	size_t blanks;

	while (line > p->text && line[-1] != '\n')
		line--;
	rest = memchr(p->error_at, '\n', (size_t)(p->end - p->error_at));
	rest = rest ? rest : p->end;
	buf_add(out, p->text, (size_t)(rest - p->text));
	buf_addch(out, '\n');
	blanks = python_text_length(line, (size_t)(p->error_at - line));
	for (; blanks > 0; blanks--)
		buf_addch(out, ' ');
	buf_addch(out, '^');
	buf_add(out, rest, (size_t)(p->end - rest));
}

static void
add_found(struct buf *out, const struct shorthand_parser *p)
{
	size_t left = (size_t)(p->end - p->error_at), n;

	if (p->found || left == 0) {
		buf_addstr(out, p->found ? p->found : "EOF");
		return;
	}
	n = utf8_length(p->error_at, left);
	buf_add(out, p->error_at, n ? n : 1);
}

static void
fail_syntax(const struct shorthand_parser *p, const char *option,
	struct fault *fault)
{
	struct buf *out = &fault->text;

	if (p->too_deep) {
		fault_set(fault, AWSCLI_GENERAL_ERROR,
			"maximum recursion depth exceeded while calling a "
			"Python object");
		return;
	}
	if (!p->expected && !p->duplicate_key) {
		fault_no_memory(fault);
		return;
	}
	fault_set(fault, AWSCLI_PARAM_ERROR,
		"Error parsing parameter '%s': ", option);
	if (p->duplicate_key) {
		buf_addf(out,
			"Second instance of key \"%s\" encountered for "
			"input:\n",
			p->duplicate_key);
		add_marked_input(out, p);
		buf_addstr(out, "\nThis is often because there is a preceding "
				"\",\" instead of a space.");
		return;
	}
	buf_addf(out, "Expected: '%s', received: '", p->expected);
	add_found(out, p);
	buf_addstr(out, "' for input:\n ");
	add_marked_input(out, p);
}

static struct value *
fit_list(struct arena *arena, struct value *single, struct fault *fault)
{
	struct value *list = value_new(arena, VALUE_LIST);

	if (list && value_append(list, value_copy(arena, single)))
		return list;
	fault_no_memory(fault);
	return NULL;
}

static struct value *
fit_integer(struct arena *arena, struct value *value, struct fault *fault)
{
	if (value->type != VALUE_STRING) {
		fault_set(fault, AWSCLI_GENERAL_ERROR,
			"int() argument must be a string, a bytes-like object "
			"or a real number, not '%s'",
			value_type_name(value));
		return NULL;
	}
	return python_int(arena, value, fault);
}

/* Fit a value to its shape, as the CLI's BackCompatVisitor does. */
static struct value *
fit_shape(struct arena *arena, struct value *value, const struct shape *shape,
	struct fault *fault)
{
	const struct shape_member *m;
	struct value *fitted, *v;

	if (shape->type == SHAPE_LIST && value->type != VALUE_LIST)
		return fit_list(arena, value, fault);
	if (shape->type == SHAPE_INTEGER)
		return fit_integer(arena, value, fault);
	if (shape->type != SHAPE_STRUCTURE || !value_is_dict(value))
		return value;
	for (m = shape->members; m->name; m++) {
		v = value_get(value, m->name);
		if (!v)
			continue;
		fitted = fit_shape(arena, v, m->shape, fault);
		if (!fitted)
			return NULL;
		if (fitted != v)
			value_set(value, m->name, fitted);
	}
	return value;
}

struct value *
shorthand_read(struct arena *arena, const char *text, size_t len,
	const struct shape *shape, const char *option, struct fault *fault)
{
	struct shorthand_parser p = {
		.arena = arena,
		.text = text,
		.end = text + len,
		.at = text,
		.fault = fault,
	};
	struct value *value = shorthand_parse(&p);

	if (value)
		return fit_shape(arena, value, shape, fault);
	if (!p.unreadable)
		fail_syntax(&p, option, fault);
	return NULL;
}
