/* Parses shorthand. */
#include "cmd/awscli/shorthand_parser.h"

#include <string.h>

#include "base/utf8.h"
#include "cmd/awscli/python_text.h"

enum {
	DEPTH_MAX = 300, /* nested lists and hashes */
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
expect_between_blanks(struct shorthand_parser *r, const char *c)
{
	skip_blanks(r);
	if (!expect(r, c))
		return false;
	skip_blanks(r);
	return true;
}

/* The bytes of a character; one beyond U+FFFF ends a bare value: 0. */
static size_t
wide_length(const struct shorthand_parser *r)
{
	size_t n = utf8_length(r->at, (size_t)(r->end - r->at));

	return n == 4 ? 0 : n ? n : 1;
}

enum bare_position {
	BARE_START, /* its first character */
	BARE_FIRST, /* inside the first value of a key, or in a list or hash */
	BARE_SECOND, /* inside the values after that */
};

static bool
is_bare(char c, enum bare_position position)
{
	if (python_is_space(c))
		return position != BARE_START;
	if ((unsigned char)c < 0x20 || c == '"' || c == '\'' || c == ',')
		return false;
	switch (position) {
	case BARE_START:
		return c != '=' && c != '[' && c != '{';
	case BARE_FIRST:
		return c != ']' && c != '}';
	default:
		return c != '=';
	}
}

/* The bytes of the next character of a bare value; 0 at its end. */
static size_t
bare_length(const struct shorthand_parser *r, enum bare_position position)
{
	if (r->at == r->end)
		return 0;
	if (r->end - r->at > 1 && r->at[0] == '\\' && r->at[1] == ',')
		return 2;
	if ((unsigned char)*r->at >= 0x80)
		return wide_length(r);
	return is_bare(*r->at, position);
}

/* Returns NULL, without an error, if none begins here. */
static struct value *
bare(struct shorthand_parser *r, enum bare_position inside)
{
	struct value *value = NULL;
	struct buf text;
	size_t n = bare_length(r, BARE_START), kept = 0;

	if (n == 0)
		return NULL;
	buf_init(&text, (size_t)(r->end - r->at));
	for (; n > 0; n = bare_length(r, inside)) {
		if (n == 2 && r->at[0] == '\\' && r->at[1] == ',')
			buf_addch(&text, ',');
		else
			buf_add(&text, r->at, n);
		if (python_space_length(r->at, n) == 0)
			kept = text.len; /* without the white space at the end */
		r->at += n;
	}
	if (!text.failed)
		value = value_new_text(
			r->arena, VALUE_STRING, buf_str(&text), kept);
	buf_release(&text);
	return value;
}

/*
 * The closing quote of the text at the parser's position, or NULL. If every
 * other quote is escaped, the last escaped one closes the text.
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
	/* in two passes like the CLI, otherwise \\" would be ambiguous */
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
	if (bare_length(r, BARE_START) == 0)
		return value_new_string(r->arena, "");
	return bare(r, BARE_FIRST);
}

static struct value *
second_value(struct shorthand_parser *r)
{
	if (is_next(r, '\'') || is_next(r, '"'))
		return quoted(r);
	if (bare_length(r, BARE_START) == 0)
		return unexpected(r, "<second>", "<none>");
	return bare(r, BARE_SECOND);
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

	if (!name || !expect_between_blanks(r, "="))
		return false;
	value = entry(r);
	return value && value_set_key(hash, name->text, name->len, value);
}

/* At the opening bracket. */
static struct value *
container(struct shorthand_parser *r)
{
	bool list = *r->at == '[';
	char close = list ? ']' : '}';
	struct value *all = value_new(r->arena, list ? VALUE_LIST : VALUE_DICT);

	if (++r->depth > DEPTH_MAX) {
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
 * Read a,b,c. If the last of them turns out to be the next key, the list ends
 * before the comma that precedes it.
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
	expect_between_blanks(r, ",");
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
		if (next && expect_between_blanks(r, ",")) {
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
		if (!name || !expect_between_blanks(r, "="))
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
		if (!expect_between_blanks(r, ","))
			return NULL;
	}
	return all;
}
