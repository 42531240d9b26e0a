/* Reads shorthand. */
#include "cmd/awscli/shorthand.h"

#include <string.h>

#include "base/name.h"

enum {
	DEEPEST = 300, /* lists and hashes in each other */
};

struct reader {
	struct arena *arena;
	const char *text, *end;
	const char *at;
	int depth;

	/* What was expected and found in its place, and where that is. */
	const char *expected;
	const char *found; /* NULL: what stands there, or EOF */
	const char *where;
	const char *twice; /* a key that stands twice */
	size_t twice_len;
	bool too_deep;
};

static void *
unexpected(struct reader *r, const char *expected, const char *found)
{
	r->expected = expected;
	r->found = found;
	r->where = r->at;
	return NULL;
}

static bool
is_next(const struct reader *r, char c)
{
	return r->at < r->end && *r->at == c;
}

static void
skip_blanks(struct reader *r)
{
	while (r->at < r->end && memchr(" \t\n\r\v\f", *r->at, 6))
		r->at++;
}

static bool
expect(struct reader *r, const char *c)
{
	if (!is_next(r, *c)) {
		unexpected(r, c, NULL);
		return false;
	}
	r->at++;
	return true;
}

static bool
expect_amid_blanks(struct reader *r, const char *c)
{
	skip_blanks(r);
	if (!expect(r, c))
		return false;
	skip_blanks(r);
	return true;
}

/* Characters beyond U+FFFF end a bare value, as the CLI has it. */
static size_t
wide_length(const struct reader *r)
{
	size_t n = utf8_length(r->at, (size_t)(r->end - r->at));

	return n == 4 ? 0 : n ? n : 1;
}

enum class {
	START, /* of a bare value */
	FIRST, /* inside the first one behind a key, or in a list or hash */
	SECOND, /* inside those after it */
};

static bool
is_in(char c, enum class class)
{
	if (value_is_blank(c))
		return class != START;
	if ((unsigned char)c < 0x20 || c == '"' || c == '\'' || c == ',')
		return false;
	switch (class) {
	case START:
		return c != '=' && c != '[' && c != '{';
	case FIRST:
		return c != ']' && c != '}';
	default:
		return c != '=';
	}
}

/* The bytes of one character that may stand here; 0 for none. */
static size_t
step(const struct reader *r, enum class class)
{
	if (r->at == r->end)
		return 0;
	if (r->end - r->at > 1 && r->at[0] == '\\' && r->at[1] == ',')
		return 2;
	if ((unsigned char)*r->at >= 0x80)
		return wide_length(r);
	return is_in(*r->at, class);
}

/* NULL, with nothing said, where none begins here. */
static struct value *
bare(struct reader *r, enum class inside)
{
	struct value *value = NULL;
	struct buf text;
	size_t n = step(r, START), kept = 0;

	if (n == 0)
		return NULL;
	buf_init(&text, (size_t)(r->end - r->at));
	for (; n > 0; n = step(r, inside)) {
		if (n == 2 && r->at[0] == '\\' && r->at[1] == ',')
			buf_addch(&text, ',');
		else
			buf_add(&text, r->at, n);
		if (value_blank(r->at, n) == 0)
			kept = text.len; /* blanks at the end don't count */
		r->at += n;
	}
	if (!text.failed)
		value = value_text(
			r->arena, VALUE_STRING, buf_str(&text), kept);
	buf_release(&text);
	return value;
}

/*
 * The closing quote of the text that begins at `at`, or NULL. Where none is
 * left, the last one behind a backslash closes it after all.
 */
static const char *
closing_quote(const struct reader *r, char quote)
{
	const char *at, *escaped = NULL;

	for (at = r->at + 1; at < r->end && *at != quote; at++) {
		if (*at != '\\' || at + 1 == r->end)
			continue;
		if (at[1] == quote)
			escaped = at + 1;
		at += at[1] == quote || at[1] == '\\';
	}
	return at < r->end ? at : escaped;
}

static struct value *
quoted(struct reader *r)
{
	char quote = *r->at;
	const char *close = closing_quote(r, quote), *p;
	struct value *value = NULL;
	struct buf first, text;
	size_t i;

	if (!close)
		return unexpected(r,
			quote == '"' ? "<double quoted>" : "<singled quoted>",
			"<none>");
	buf_init(&first, (size_t)(r->end - r->text));
	buf_init(&text, (size_t)(r->end - r->text));
	/* in two passes, as the CLI does it: \\" has two meanings otherwise */
	for (p = r->at + 1; p < close; p++)
		if (!(*p == '\\' && p + 1 < close && p[1] == quote))
			buf_addch(&first, *p);
	for (i = 0; i < first.len; i++) {
		if (first.data[i] == '\\' && i + 1 < first.len &&
			first.data[i + 1] == '\\')
			i++;
		buf_addch(&text, first.data[i]);
	}
	r->at = close + 1;
	if (!first.failed && !text.failed)
		value = value_text(
			r->arena, VALUE_STRING, buf_str(&text), text.len);
	buf_release(&first);
	buf_release(&text);
	return value;
}

static struct value *
first_value(struct reader *r)
{
	if (is_next(r, '\'') || is_next(r, '"'))
		return quoted(r);
	if (step(r, START) == 0)
		return value_string(r->arena, "");
	return bare(r, FIRST);
}

static struct value *
second_value(struct reader *r)
{
	if (is_next(r, '\'') || is_next(r, '"'))
		return quoted(r);
	if (step(r, START) == 0)
		return unexpected(r, "<second>", "<none>");
	return bare(r, SECOND);
}

static struct value *
key(struct reader *r)
{
	static const char valid[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789"
				    "-_.#/:";
	const char *start = r->at;

	while (r->at < r->end && *r->at && strchr(valid, *r->at))
		r->at++;
	return value_text(
		r->arena, VALUE_STRING, start, (size_t)(r->at - start));
}

static struct value *container(struct reader *r);

static struct value *
entry(struct reader *r)
{
	if (is_next(r, '[') || is_next(r, '{'))
		return container(r);
	return first_value(r);
}

static bool
member(struct reader *r, struct value *hash)
{
	struct value *name = key(r), *value;

	if (!name || !expect_amid_blanks(r, "="))
		return false;
	value = entry(r);
	return value && value_put_key(hash, name->text, name->len, value);
}

/* At the [ or {. */
static struct value *
container(struct reader *r)
{
	bool list = *r->at == '[';
	char close = list ? ']' : '}';
	struct value *all =
		value_make(r->arena, list ? VALUE_LIST : VALUE_DICT);

	if (++r->depth > DEEPEST) {
		r->too_deep = true;
		return NULL;
	}
	r->at++;
	skip_blanks(r);
	while (all && !is_next(r, close)) {
		if (list ? !value_add(all, entry(r)) : !member(r, all))
			return NULL;
		skip_blanks(r);
		if (is_next(r, close))
			break;
		if (!expect(r, ","))
			return NULL;
		skip_blanks(r);
	}
	r->at++;
	r->depth--;
	return all;
}

/*
 * a,b,c: the last of them may turn out to be the next key, and then it ends
 * before the comma in front of that.
 */
static struct value *
comma_separated(struct reader *r)
{
	struct value *first = first_value(r), *list, *next;

	if (!first)
		return NULL;
	skip_blanks(r);
	if (!is_next(r, ','))
		return first;
	expect_amid_blanks(r, ",");
	list = value_make(r->arena, VALUE_LIST);
	if (!list || !value_add(list, value_again(r->arena, first)))
		return NULL;
	for (;;) {
		next = second_value(r);
		skip_blanks(r);
		if (next && r->at == r->end) {
			value_add(list, next);
			break;
		}
		if (next && expect_amid_blanks(r, ",")) {
			value_add(list, next);
			continue;
		}
		if (r->at == r->end)
			return NULL;
		while (*r->at != ',')
			r->at--;
		r->expected = NULL;
		break;
	}
	return list->count == 1 ? first : list;
}

static struct value *
values(struct reader *r)
{
	if (r->at == r->end)
		return value_string(r->arena, "");
	if (*r->at == '[' || *r->at == '{')
		return container(r);
	return comma_separated(r);
}

static struct value *
parameter(struct reader *r)
{
	struct value *all = value_make(r->arena, VALUE_DICT), *name, *value;
	const char *last = r->at;

	while (all) {
		name = key(r);
		if (!name || !expect_amid_blanks(r, "="))
			return NULL;
		value = values(r);
		if (!value)
			return NULL;
		if (value_get(all, name->text)) {
			r->twice = name->text;
			r->twice_len = name->len;
			r->where = last + 1;
			return NULL;
		}
		if (!value_put_key(all, name->text, name->len, value))
			return NULL;
		last = r->at;
		if (r->at == r->end)
			break;
		if (!expect_amid_blanks(r, ","))
			return NULL;
	}
	return all;
}

/* The input, with a caret on a line of its own under the place. */
static void
add_place(struct buf *out, const struct reader *r)
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
add_found(struct buf *out, const struct reader *r)
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
complain(const struct reader *r, const char *option, struct fault *fault)
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
	const struct member *m;

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
	struct reader r = {
		.arena = arena, .text = text, .end = text + len, .at = text};
	struct value *value = parameter(&r);

	if (value)
		return fit(arena, value, shape, fault);
	complain(&r, option, fault);
	return NULL;
}
