/* Reads shorthand: fits it to the model, or says what is wrong with it. */
#include "cmd/awscli/shorthand.h"

#include <string.h>

#include "base/utf8.h"
#include "cmd/awscli/shorthand_parse.h"

/* The input, with a caret on a line of its own under the place. */
static void
add_place(struct buf *out, const struct shorthand_reader *r)
{
	const char *line = r->where, *rest;
	size_t blanks;

	while (line > r->text && line[-1] != '\n')
		line--;
	rest = memchr(r->where, '\n', (size_t)(r->end - r->where));
	rest = rest ? rest : r->end;
	buf_add(out, r->text, (size_t)(rest - r->text));
	buf_addch(out, '\n');
	blanks = value_length(line, (size_t)(r->where - line));
	for (; blanks > 0; blanks--)
		buf_addch(out, ' ');
	buf_addch(out, '^');
	buf_add(out, rest, (size_t)(r->end - rest));
}

static void
add_found(struct buf *out, const struct shorthand_reader *r)
{
	size_t left = (size_t)(r->end - r->where), n;

	if (r->found || left == 0) {
		buf_addstr(out, r->found ? r->found : "EOF");
		return;
	}
	n = utf8_length(r->where, left);
	buf_add(out, r->where, n ? n : 1);
}

static void
complain(const struct shorthand_reader *r, const char *option,
	struct fault *fault)
{
	struct buf *out = &fault->text;

	if (r->too_deep) {
		fault_set(fault, AWS_FAILED,
			"maximum recursion depth exceeded while calling a "
			"Python object");
		return;
	}
	if (!r->expected && !r->twice) {
		fault_memory(fault);
		return;
	}
	fault_set(fault, AWS_WRONG, "Error parsing parameter '%s': ", option);
	if (r->twice) {
		buf_addf(out,
			"Second instance of key \"%s\" encountered for "
			"input:\n",
			r->twice);
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
		list = value_make(arena, VALUE_LIST);
		return list && value_add(list, value_again(arena, value))
			       ? list
			       : (fault_memory(fault), NULL);
	}
	if (shape->type == SHAPE_INTEGER) {
		if (value->type != VALUE_STRING) {
			fault_set(fault, AWS_FAILED,
				"int() argument must be a string, a bytes-like "
				"object or a real number, not '%s'",
				value_type_name(value));
			return NULL;
		}
		fitted = value_read_int(arena, value->text, value->len);
		if (!fitted) {
			fault_set(fault, AWS_FAILED,
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
			value_put(value, m->name, fitted);
	}
	return value;
}

struct value *
shorthand_read(struct arena *arena, const char *text, size_t len,
	const struct shape *shape, const char *option, struct fault *fault)
{
	struct shorthand_reader r = {
		.arena = arena, .text = text, .end = text + len, .at = text};
	struct value *value = shorthand_parse(&r);

	if (value)
		return fit(arena, value, shape, fault);
	complain(&r, option, fault);
	return NULL;
}
