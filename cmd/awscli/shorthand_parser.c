/* Parses shorthand. */
#include "cmd/awscli/shorthand_parser.h"

#include <string.h>

#include "base/utf8.h"
#include "cmd/awscli/python_text.h"

enum {
	DEEPEST = 300, /* lists and hashes in each other */
};

static void *
unexpected(struct shorthand_parser *r, const char *expected, const char *found)
{
	r->expected = expected;
	r->found = found;
	r->error_at = r->at;
	return NULL;
}

static bool
is_next(const struct shorthand_parser *r, char c)
{
	return r->at < r->end && *r->at == c;
}

static void
skip_blanks(struct shorthand_parser *r)
{
	while (r->at < r->end && *r->at && strchr(" \t\n\r\v\f", *r->at))
		r->at++;
}

static bool
expect(struct shorthand_parser *r, const char *c)
{
	if (!is_next(r, *c)) {
		unexpected(r, c, NULL);
		return false;
	}
	r->at++;
	return true;
}

static bool
expect_amid_blanks(struct shorthand_parser *r, const char *c)
{
	skip_blanks(r);
	if (!expect(r, c))
		return false;
	skip_blanks(r);
	return true;
}

/* Characters beyond U+FFFF end a bare value, as the CLI has it. */
static size_t
wide_length(const struct shorthand_parser *r)
{
	size_t n = utf8_length(r->at, (size_t)(r->end - r->at));

	return n == 4 ? 0 : n ? n : 1;
}

enum bare_position {
	START, /* of a bare value */
	FIRST, /* inside the first one behind a key, or in a list or hash */
	SECOND, /* inside those after it */
};

static bool
is_in(char c, enum bare_position class)
{
	if (python_is_space(c))
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
step(const struct shorthand_parser *r, enum bare_position class)
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
bare(struct shorthand_parser *r, enum bare_position inside)
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
		if (python_space_length(r->at, n) == 0)
			kept = text.len; /* blanks at the end don't count */
		r->at += n;
	}
	if (!text.failed)
		value = value_new_text(
			r->arena, VALUE_STRING, buf_str(&text), kept);
	buf_release(&text);
	return value;
}

/*
 * The closing quote of the text that begins at `at`, or NULL. Where none is
 * left, the last one behind a backslash closes it after all.
 */
static const char *
closing_quote(const struct shorthand_parser *r, char quote)
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
quoted(struct shorthand_parser *r)
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
		value = value_new_text(
			r->arena, VALUE_STRING, buf_str(&text), text.len);
	buf_release(&first);
	buf_release(&text);
	return value;
}

static struct value *
first_value(struct shorthand_parser *r)
{
	if (is_next(r, '\'') || is_next(r, '"'))
		return quoted(r);
	if (step(r, START) == 0)
		return value_new_string(r->arena, "");
	return bare(r, FIRST);
}

static struct value *
second_value(struct shorthand_parser *r)
{
	if (is_next(r, '\'') || is_next(r, '"'))
		return quoted(r);
	if (step(r, START) == 0)
		return unexpected(r, "<second>", "<none>");
	return bare(r, SECOND);
}

static struct value *
key(struct shorthand_parser *r)
{
	static const char valid[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789"
				    "-_.#/:";
	const char *start = r->at;

	while (r->at < r->end && *r->at && strchr(valid, *r->at))
		r->at++;
	return value_new_text(
		r->arena, VALUE_STRING, start, (size_t)(r->at - start));
}

static struct value *container(struct shorthand_parser *r);

static struct value *
entry(struct shorthand_parser *r)
{
	if (is_next(r, '[') || is_next(r, '{'))
		return container(r);
	return first_value(r);
}

static bool
member(struct shorthand_parser *r, struct value *hash)
{
	struct value *name = key(r), *value;

	if (!name || !expect_amid_blanks(r, "="))
		return false;
	value = entry(r);
	return value && value_set_key(hash, name->text, name->len, value);
}

/* At the [ or {. */
static struct value *
container(struct shorthand_parser *r)
{
	bool list = *r->at == '[';
	char close = list ? ']' : '}';
	struct value *all = value_new(r->arena, list ? VALUE_LIST : VALUE_DICT);

	if (++r->depth > DEEPEST) {
		r->too_deep = true;
		return NULL;
	}
	r->at++;
	skip_blanks(r);
	while (all && !is_next(r, close)) {
		if (list ? !value_append(all, entry(r)) : !member(r, all))
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
comma_separated(struct shorthand_parser *r)
{
	struct value *first = first_value(r), *list, *next;

	if (!first)
		return NULL;
	skip_blanks(r);
	if (!is_next(r, ','))
		return first;
	expect_amid_blanks(r, ",");
	list = value_new(r->arena, VALUE_LIST);
	if (!list || !value_append(list, value_copy(r->arena, first)))
		return NULL;
	for (;;) {
		next = second_value(r);
		skip_blanks(r);
		if (next && r->at == r->end) {
			value_append(list, next);
			break;
		}
		if (next && expect_amid_blanks(r, ",")) {
			value_append(list, next);
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
values(struct shorthand_parser *r)
{
	if (r->at == r->end)
		return value_new_string(r->arena, "");
	if (*r->at == '[' || *r->at == '{')
		return container(r);
	return comma_separated(r);
}

struct value *
shorthand_parse(struct shorthand_parser *r)
{
	struct value *all = value_new(r->arena, VALUE_DICT), *name, *value;
	const char *last = r->at;

	while (all) {
		name = key(r);
		if (!name || !expect_amid_blanks(r, "="))
			return NULL;
		value = values(r);
		if (!value)
			return NULL;
		if (value_get(all, name->text)) {
			r->duplicate_key = name->text;
			r->error_at = last + 1;
			return NULL;
		}
		if (!value_set_key(all, name->text, name->len, value))
			return NULL;
		last = r->at;
		if (r->at == r->end)
			break;
		if (!expect_amid_blanks(r, ","))
			return NULL;
	}
	return all;
}
