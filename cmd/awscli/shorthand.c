/* Reads shorthand: fits it to the model, or says what is wrong with it. */
#include "cmd/awscli/shorthand.h"

#include <string.h>

#include "base/utf8.h"
#include "cmd/awscli/python_text.h"
#include "cmd/awscli/shorthand_parser.h"
#include "cmd/awscli/value_repr.h"

/* The input, with a caret on a line of its own under the place. */
static void
add_place(struct buf *out, const struct shorthand_parser *r)
{
	const char *line = r->error_at, *rest;
	size_t blanks;

	while (line > r->text && line[-1] != '\n')
		line--;
	rest = memchr(r->error_at, '\n', (size_t)(r->end - r->error_at));
	rest = rest ? rest : r->end;
	buf_add(out, r->text, (size_t)(rest - r->text));
	buf_addch(out, '\n');
	blanks = python_text_length(line, (size_t)(r->error_at - line));
	for (; blanks > 0; blanks--)
		buf_addch(out, ' ');
	buf_addch(out, '^');
	buf_add(out, rest, (size_t)(r->end - rest));
}

static void
add_found(struct buf *out, const struct shorthand_parser *r)
{
	size_t left = (size_t)(r->end - r->error_at), n;

	if (r->found || left == 0) {
		buf_addstr(out, r->found ? r->found : "EOF");
		return;
	}
	n = utf8_length(r->error_at, left);
	buf_add(out, r->error_at, n ? n : 1);
}

static void
complain(const struct shorthand_parser *r, const char *option,
	struct fault *fault)
{
	struct buf *out = &fault->text;

	if (r->too_deep) {
		fault_set(fault, AWSCLI_GENERAL_ERROR,
			"maximum recursion depth exceeded while calling a "
			"Python object");
		return;
	}
	if (!r->expected && !r->duplicate_key) {
		fault_no_memory(fault);
		return;
	}
	fault_set(fault, AWSCLI_PARAM_ERROR,
		"Error parsing parameter '%s': ", option);
	if (r->duplicate_key) {
		buf_addf(out,
			"Second instance of key \"%s\" encountered for "
			"input:\n",
			r->duplicate_key);
		add_place(out, r);
		buf_addstr(out, "\nThis is often because there is a preceding "
				"\",\" instead of a space.");
		return;
	}
	buf_addf(out, "Expected: '%s', received: '", r->expected);
	add_found(out, r);
	buf_addstr(out, "' for input:\n");
	add_place(out, r);
}

/* Let the model decide, as the CLI's "back compat visitor" does. */
static struct value *
fit(struct arena *arena, struct value *value, const struct shape *shape,
	struct fault *fault)
{
	struct value *fitted = value, *v, *list;
	const struct shape_member *m;

	if (shape->type == SHAPE_LIST && value->type != VALUE_LIST) {
		list = value_new(arena, VALUE_LIST);
		return list && value_append(list, value_copy(arena, value))
			       ? list
			       : (fault_no_memory(fault), NULL);
	}
	if (shape->type == SHAPE_INTEGER) {
		if (value->type != VALUE_STRING) {
			fault_set(fault, AWSCLI_GENERAL_ERROR,
				"int() argument must be a string, a bytes-like "
				"object or a real number, not '%s'",
				value_type_name(value));
			return NULL;
		}
		fitted = value_parse_int(arena, value->text, value->len);
		if (!fitted) {
			fault_set(fault, AWSCLI_GENERAL_ERROR,
				"invalid literal for int() with base 10: ");
			value_repr(&fault->text, value);
		}
		return fitted;
	}
	if (shape->type != SHAPE_STRUCTURE || !value_is_dict(value))
		return value;
	for (m = shape->members; m->name; m++) {
		v = value_get(value, m->name);
		if (!v)
			continue;
		fitted = fit(arena, v, m->shape, fault);
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
	struct shorthand_parser r = {
		.arena = arena, .text = text, .end = text + len, .at = text};
	struct value *value = shorthand_parse(&r);

	if (value)
		return fit(arena, value, shape, fault);
	complain(&r, option, fault);
	return NULL;
}
